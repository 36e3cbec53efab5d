import type { Market } from '#shared/domain/decision/market.ts'
import type { SiteBill } from '#shared/domain/power/site-bill.ts'
import { W_PER_KW } from '#shared/domain/units.ts'
import { VERDICT_WORDS } from '#shared/format/advice-words.ts'
import { counted, percent } from '#shared/format/numbers.ts'
import { energyUnit, tariffPrice } from '#shared/format/money.ts'
import { days } from '#shared/format/times.ts'
import { energy, hashrateOfThs, power } from '#shared/format/units.ts'
import type { ExplainedSite } from '../../engine/protocol.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { tariffAt } from '../tariff.ts'
import { NetworkInputs } from './NetworkInputs.tsx'
import { goesOnWords } from './goes-on.ts'
import { Step } from './Step.tsx'

type Props = { readonly site: ExplainedSite; readonly market: Market | null }

/** How the megawatts, the money and the price of energy of a site came about. */
export function SiteWhy({ site, market }: Props) {
  if (market === null) return <p className="muted">No network data yet, so no margins to explain.</p>
  return (
    <>
      <Advised site={site} market={market} />
      <Day site={site} />
      {site.contract === null ? <PlainEnergy site={site} /> : <ContractEnergy contract={site.contract} />}
      <NetworkInputs market={market} />
    </>
  )
}

const kw = (value: number) => power(value * W_PER_KW)

function Advised({ site: { verdicts }, market }: { readonly site: ExplainedSite; readonly market: Market }) {
  const money = useStore(selectMoney)
  if (verdicts.length === 0) return null
  const gain = verdicts.reduce((sum, { gainUsd }) => sum + gainUsd, 0)
  const over = market.isPerDay ? 'a day' : `over ${days(market.outlook?.horizonDays ?? Number.NaN)}`
  return (
    <section>
      <h3>What to do, and what it is worth {over}</h3>
      <dl className="steps">
        {verdicts.map(({ verdict, lots, machines, stopping, powerKw, marginUsdPerDay, gainUsd }) => (
          <Step
            key={verdict}
            name={`${VERDICT_WORDS[verdict]}: ${counted(machines, 'machine')}`}
            value={money.cents(gainUsd)}
            how={`${counted(lots, 'lot')}${stopping === 0 ? '' : `, of which ${counted(stopping, 'machine')} of split lots are off`}, ${kw(powerKw)} at the meter while on; running now would ${marginUsdPerDay < 0 ? 'lose' : 'earn'} ${money.amount(Math.abs(marginUsdPerDay))} a day`}
          />
        ))}
        <Step
          strong
          name="The advice together"
          value={money.cents(gain)}
          how="against all machines going on as they are"
        />
      </dl>
    </section>
  )
}

function Day({ site }: { readonly site: ExplainedSite }) {
  const money = useStore(selectMoney)
  const { totals, breakevenHashpriceUsdPerPhDay: breakeven } = site
  if (totals === null || Number.isNaN(breakeven)) return null
  return (
    <section>
      <h3>A day, as it runs</h3>
      <dl className="steps">
        <Step
          name="Revenue"
          value={money.cents(totals.revenueUsdPerDay)}
          how={`${counted(totals.running, 'machine')} with ${hashrateOfThs(totals.hashrateThs)}, each less its uptime and fees`}
        />
        <Step
          name="Cost that stops with the machines"
          value={money.cents(totals.avoidableCostUsdPerDay)}
          how={`the machines draw ${power(totals.powerW)}, overhead of ${percent(site.overhead)} on top`}
        />
        <Step
          strong
          name="Cash margin"
          value={`${money.cents(totals.marginUsdPerDay)} · ${percent(totals.marginShare)}`}
          how="revenue − cost that stops with the machines"
        />
        <Step
          name="All-in margin"
          value={money.cents(totals.allInMarginUsdPerDay)}
          how={goesOnWords(money, totals)}
        />
        <Step
          name="Breaks even at a hashprice of"
          value={money.perPh(breakeven, 'up')}
          how="cost that stops ÷ hashrate that is paid, of all that runs together"
        />
      </dl>
    </section>
  )
}

function PlainEnergy({ site }: { readonly site: ExplainedSite }) {
  const money = useStore(selectMoney)
  const tariff = useStore((state) => tariffAt(state.fleet?.tariffs ?? [], site.key))
  const paid = tariff?.powerPricePerKwh ?? null
  const { powerPriceUsdPerKwh: price, otherUsdPerKwh: other } = site
  return (
    <section>
      <h3>What energy costs, per {energyUnit()}</h3>
      <dl className="steps">
        <Step
          name="Power price"
          value={money.perKwh(price)}
          how={
            paid === null
              ? 'of the site; a machine with a price of its own pays that'
              : `paid as ${tariffPrice(tariff!.currency, paid)}; a machine with a price of its own pays that`
          }
        />
        <Step name="Other cost" value={money.perKwh(other)} />
        <Step
          strong
          name={`Price of the next ${energyUnit()}`}
          value={money.perKwh(price + other)}
          how="the same at every hour: the site has no contract"
        />
      </dl>
    </section>
  )
}

/** Parts of a bill in the order in which it is written; those of 0 are not agreed. */
const BILL: readonly (readonly [keyof SiteBill, string])[] = [
  ['committedUsdPerDay', 'Committed energy'],
  ['boughtUsdPerDay', 'Energy bought beyond it'],
  ['handedBackUsdPerDay', 'Energy handed back'],
  ['demandChargeUsdPerDay', 'Demand charge'],
  ['coincidentPeakUsdPerDay', 'Coincident peak'],
  ['eventsUsdPerDay', 'Events'],
  ['demandResponseCreditUsdPerDay', 'Demand response'],
  ['hostingFeeUsdPerDay', 'Host’s fee'],
]

function ContractEnergy({ contract }: { readonly contract: NonNullable<ExplainedSite['contract']> }) {
  const money = useStore(selectMoney)
  const { marginalEnergyUsdPerKwh: marginal, bill, prices, committed, proven, gapUsd } = contract
  const range =
    prices.now === null || prices.now.minUsdPerKwh === prices.now.maxUsdPerKwh
      ? ''
      : `; energy from ${money.perKwh(prices.now.minUsdPerKwh)} to ${money.perKwh(prices.now.maxUsdPerKwh)} until the next change`
  return (
    <section>
      <h3>Under its contract, as advised</h3>
      <dl className="steps">
        <Step
          strong
          name={`Price of the next ${energyUnit()}`}
          value={money.perKwh(marginal.now)}
          how={`what one more ${energyUnit()} costs now, with the others as advised${range}`}
        />
        {Number.isNaN(marginal.after) ? null : (
          <Step name="The same after the adjustment" value={money.perKwh(marginal.after)} />
        )}
        <Step
          name="At the meter"
          value={kw(contract.powerKw)}
          how={`${energy(contract.energyKwhPerDay)} a day, overhead and standby of idle machines included; at most ${kw(contract.peakKw)}`}
        />
        {committed === null ? null : (
          <Step
            name="Committed energy used"
            value={energy(committed.usedKwhPerDay.now)}
            how={`of ${energy(committed.kwhPerDay)} a day`}
          />
        )}
        {BILL.filter(([part]) => bill[part] !== 0).map(([part, name]) => (
          <Step key={part} name={name} value={money.cents(bill[part])} />
        ))}
        <Step strong name="The bill of a day" value={money.cents(bill.totalUsdPerDay)} />
        <Step
          name="Is it the best choice?"
          value={proven ? 'proven' : `within ${money.amount(gapUsd)}`}
          how={
            proven
              ? 'no other choice of whole machines earns more'
              : 'the most that any other choice of whole machines could earn more over the horizon'
          }
        />
      </dl>
      {contract.notes.map((note) => (
        <p key={note} className="note">
          {note}
        </p>
      ))}
    </section>
  )
}
