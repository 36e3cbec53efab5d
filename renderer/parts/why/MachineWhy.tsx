import { counted, percent } from '#shared/format/numbers.ts'
import type { Market } from '#shared/domain/decision/market.ts'
import { MACHINE_FIELDS, PLACE_NAMES } from '#shared/domain/fleet/fields.ts'
import type { MachineFigures } from '#shared/domain/margins/fleet-margins.ts'
import { energyUnit, tariffPrice } from '#shared/format/money.ts'
import { difficulty, energy, jPerTh, power, ths } from '#shared/format/units.ts'
import type { Explained } from '../../engine/protocol.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { tariffAt } from '../tariff.ts'
import { Advised } from './Advised.tsx'
import { NetworkInputs } from './NetworkInputs.tsx'
import { Step } from './Step.tsx'

/** Every figure of one row, the inputs it rests on, and what each option is worth. */
export function MachineWhy({
  machine,
  market,
}: {
  readonly machine: Explained
  readonly market: Market | null
}) {
  return (
    <>
      <Places machine={machine} />
      {market === null || machine.figures === null ? (
        <p className="muted">No network data yet, so no margins to explain.</p>
      ) : (
        <Explanation machine={machine} figures={machine.figures} market={market} />
      )}
    </>
  )
}

/** Which machine it is and where it stands, as far as that is known. */
function Places({ machine }: { readonly machine: Explained }) {
  const known = PLACE_NAMES.filter((name) => machine[name] !== '')
  if (known.length === 0) return null
  return (
    <dl className="why-places">
      {known.map((name) => (
        <div key={name}>
          <dt>{MACHINE_FIELDS[name].name}</dt>
          <dd>{machine[name]}</dd>
        </div>
      ))}
    </dl>
  )
}

type Props = { readonly machine: Explained; readonly figures: MachineFigures; readonly market: Market }

function Explanation({ machine, figures, market }: Props) {
  const missing = Number.isNaN(figures.marginUsdPerDay)
  const tariff = useStore((state) => tariffAt(state.fleet?.tariffs ?? [], machine.siteKey))
  const priceName =
    (tariff?.powerPricePerKwh ?? null) === null ? 'power price' : `a rate for ${tariff!.currency}`
  return (
    <>
      <Advised machine={machine} figures={figures} market={market} />
      {missing ? (
        <p className="fault-text">
          A figure is missing:{' '}
          {[
            Number.isNaN(figures.hashrateThs) ? 'hashrate' : null,
            Number.isNaN(figures.powerW) ? 'power' : null,
            Number.isNaN(figures.powerPriceUsdPerKwh) ? priceName : null,
          ]
            .filter((name) => name !== null)
            .join(', ')}
          . Edit the machine or its site to give it.
        </p>
      ) : null}
      <MarginSteps machine={machine} figures={figures} market={market} />
      <NetworkInputs market={market} />
    </>
  )
}

function MarginSteps({ machine, figures, market }: Props) {
  const money = useStore(selectMoney)
  const {
    siteKey,
    site,
    ownPrice,
    underContract,
    otherUsdPerKwh: other,
    overhead,
    uptime,
    poolFee,
    hostShare,
  } = machine
  const tariff = useStore((state) => tariffAt(state.fleet?.tariffs ?? [], siteKey))
  const isTried = useStore((state) => state.whatIf.sitePowerPrices.has(siteKey))
  const paid = tariff?.powerPricePerKwh ?? null
  const priceOrigin = ownPrice
    ? 'the machine’s own'
    : `price of ${site}${tariff === null || paid === null || isTried ? '' : `, paid as ${tariffPrice(tariff.currency, paid)}`}`
  const perEnergy = (usdPerKwh: number) => `${money.perKwh(usdPerKwh)} per ${energyUnit()}`
  const average = `${perEnergy(figures.avoidableCostUsdPerDay / figures.energyKwhPerDay)} on average`
  const cuts = [
    `uptime ${percent(uptime)}`,
    ...(poolFee > 0 ? [`pool fee ${percent(poolFee)}`] : []),
    ...(hostShare > 0 ? [`host’s share ${percent(hostShare)}`] : []),
  ].join(', ')
  return (
    <section>
      <h3>A day, for {counted(figures.quantity, 'machine')}</h3>
      <dl className="steps">
        <Step
          name="Revenue"
          value={money.cents(figures.revenueUsdPerDay)}
          how={`${ths(figures.hashrateThs)} TH/s each × ${money.perPh(market.hashpriceUsdPerPhDay)} ${money.hashprice.per}, ${cuts}`}
        />
        <Step
          name="Energy"
          value={energy(figures.energyKwhPerDay)}
          how={`${power(figures.powerW)} each (${jPerTh(figures.efficiencyJPerTh)} J/TH) × 24 h${overhead > 0 ? `, overhead ${percent(overhead)}` : ''}`}
        />
        <Step
          name="Cost that stops with the machine"
          value={money.cents(figures.avoidableCostUsdPerDay)}
          how={
            underContract
              ? `${average}, under the contract of ${site} as it runs now`
              : `${perEnergy(figures.powerPriceUsdPerKwh)} (${priceOrigin})${other === 0 ? '' : ` + ${money.perKwh(other)} other cost`}`
          }
        />
        <Step
          name="Cash margin"
          value={`${money.cents(figures.marginUsdPerDay)} · ${percent(figures.marginShare)}`}
          how="revenue − cost that stops with the machine"
          strong
        />
        <Step
          name="All-in margin"
          value={money.cents(figures.allInMarginUsdPerDay)}
          how="after cost that goes on; it never decides"
        />
        <Step name="Cash cost of one BTC" value={money.cost(figures.costPerBtcUsd)} />
      </dl>
      <h3>It breaks even at</h3>
      <dl className="steps">
        <Step
          name="Hashprice"
          value={money.perPh(figures.breakevenHashpriceUsdPerPhDay, 'up')}
          how={`now ${money.perPh(market.hashpriceUsdPerPhDay)}: headroom ${percent(figures.headroom)}`}
        />
        <Step
          name="Power price"
          value={money.perKwh(figures.breakevenPowerPriceUsdPerKwh, 'down')}
          how={underContract ? `now ${average}` : `now ${perEnergy(figures.powerPriceUsdPerKwh)}`}
        />
        <Step
          name="BTC price"
          value={money.whole(figures.breakevenBtcPriceUsd, 'up')}
          how={`now ${money.whole(market.conditions.priceUsdPerBtc)}`}
        />
        <Step
          name="Difficulty"
          value={difficulty(figures.breakevenDifficulty, 'down')}
          how={`now ${difficulty(market.conditions.difficulty)}`}
        />
      </dl>
    </section>
  )
}
