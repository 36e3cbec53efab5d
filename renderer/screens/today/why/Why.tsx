import { labelAt, ownElseSite, textAt } from '#shared/domain/fleet/columns.ts'
import type { Decisions } from '#shared/domain/decision/decide.ts'
import {
  daysAfterAdjustment,
  daysBeforeAdjustment,
  optionValuesUsd,
  verdictProbability,
  VERDICTS,
} from '#shared/domain/decision/decide.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import type { MachineFigures } from '#shared/domain/margins/fleet-margins.ts'
import { machineFigures } from '#shared/domain/margins/fleet-margins.ts'
import { counted, percent, probability } from '#shared/format/numbers.ts'
import { tariffPrice } from '#shared/format/money.ts'
import { days } from '#shared/format/times.ts'
import { difficulty, energy, jPerTh, power, ths } from '#shared/format/units.ts'
import { adviceMoney } from '#shared/format/words.ts'
import type { Picture } from '../../../lib/picture.ts'
import { selectBasis, selectMoney, selectPicture, selectWhatIfActive } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'
import { Verdict } from '../../../ui/Verdict.tsx'
import { tariffAt } from '../../../parts/tariff.ts'
import { NetworkInputs } from './NetworkInputs.tsx'
import { Step } from './Step.tsx'

/** Every figure of one row, the inputs it rests on, and what each option is worth. */
export function Why({ machineKey }: { readonly machineKey: number }) {
  const basis = useStore(selectBasis)
  const picture = useStore(selectPicture)
  const trying = useStore(selectWhatIfActive)
  const explain = useStore((state) => state.explain)
  if (basis === null) return null
  const row = basis.fleet.machines.key.indexOf(machineKey)
  if (row < 0) return null
  const { machines, sites } = basis.fleet
  return (
    <aside className="panel why" aria-label={`Why ${textAt(machines.id, row)}`}>
      <header className="panel-head">
        <h2>
          {textAt(machines.id, row)}{' '}
          <small>
            {labelAt(machines.model, row) || 'no model'} · {sites.name[machines.site[row]!]}
          </small>
        </h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Close explanation"
          onClick={() => explain(null)}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4 4l8 8M12 4l-8 8" />
          </svg>
        </button>
      </header>
      {trying ? (
        <p>
          <span className="what-if-mark">what if: with the values being tried</span>
        </p>
      ) : null}
      <div className="why-body" tabIndex={0} role="group" aria-label="Figures">
        {picture === null ? (
          <p className="muted">The network is not known yet, so there are no margins to explain.</p>
        ) : (
          <Explanation picture={picture} row={row} />
        )}
      </div>
    </aside>
  )
}

function Explanation({ picture, row }: { readonly picture: Picture; readonly row: number }) {
  const { basis, market, decisions } = picture
  const figures = machineFigures(basis, row, market.conditions)
  const missing = Number.isNaN(figures.marginUsdPerDay)
  const siteKey = basis.fleet.sites.key[basis.fleet.machines.site[row]!]!
  const tariff = useStore((state) => tariffAt(state.fleet?.tariffs ?? [], siteKey))
  const priceName =
    (tariff?.powerPricePerKwh ?? null) === null ? 'power price' : `a rate for ${tariff!.currency}`
  return (
    <>
      {decisions === null ? null : <Options picture={picture} decisions={decisions} row={row} />}
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
      <MarginSteps picture={picture} figures={figures} row={row} />
      <NetworkInputs picture={picture} />
    </>
  )
}

/** A term added in a sum: a loss is taken off instead of adding a minus. */
const plus = (term: string) => (term.startsWith('−') ? `− ${term.slice(1)}` : `+ ${term}`)

const OPTION_NAMES = { run: 'Run on', pause: 'Pause until the adjustment', off: 'Power down' } as const

function Options({
  picture,
  decisions,
  row,
}: {
  readonly picture: Picture
  readonly decisions: Decisions
  readonly row: number
}) {
  const money = useStore(selectMoney)
  const { market, basis } = picture
  const outlook = market.outlook
  const verdict = VERDICTS[decisions.verdict[row]!]
  if (outlook === null || verdict === undefined) return null
  const status = MACHINE_STATUSES[basis.fleet.machines.status[row]!]!
  const before = daysBeforeAdjustment(outlook)
  const after = daysAfterAdjustment(outlook)
  const now = money.amount(decisions.marginNowUsdPerDay[row]!)
  const then = money.amount(decisions.marginAfterUsdPerDay[row]!)
  const standby = money.amount(basis.standbyCostUsdPerDay[row]!)
  const how = {
    run: `${now} × ${days(before)} ${plus(`${then} × ${days(after)}`)}`,
    pause: `−${standby} standby × ${days(before)} − ${money.amount(basis.restartUsd[row]!)} restart ${plus(`${then} × ${days(after)}`)}`,
    off: `−${standby} standby × ${days(outlook.horizonDays)}`,
  }
  const value = optionValuesUsd(basis, outlook, row)
  const sure = verdictProbability(basis, decisions, outlook, row)
  return (
    <section>
      <p className="why-verdict">
        <Verdict verdict={verdict} status={status} />{' '}
        {adviceMoney(money, verdict, status, decisions.gainUsd[row]!, market.adjustmentAtMs)}
      </p>
      <h3>Worth over {days(outlook.horizonDays)}</h3>
      <dl className="steps">
        {(['run', 'pause', 'off'] as const).map((option) => (
          <Step
            key={option}
            name={OPTION_NAMES[option]}
            value={money.amount(value[option])}
            how={how[option]}
            strong={option === verdict}
          />
        ))}
        {Number.isNaN(sure) ? null : (
          <Step
            name="Best option with probability"
            value={probability(sure)}
            how={`over the range of the adjustment, at ${money.whole(market.conditions.priceUsdPerBtc)} per BTC`}
          />
        )}
      </dl>
    </section>
  )
}

function MarginSteps({
  picture,
  figures,
  row,
}: {
  readonly picture: Picture
  readonly figures: MachineFigures
  readonly row: number
}) {
  const money = useStore(selectMoney)
  const { basis, market } = picture
  const { machines, sites } = basis.fleet
  const site = machines.site[row]!
  const siteKey = sites.key[site]!
  const tariff = useStore((state) => tariffAt(state.fleet?.tariffs ?? [], siteKey))
  const isTried = useStore((state) => state.whatIf.sitePowerPrices.has(siteKey))
  const own = !Number.isNaN(machines.powerPriceUsdPerKwh[row]!)
  const other = ownElseSite(machines.otherUsdPerKwh[row]!, sites.otherUsdPerKwh[site]!)
  const overhead = ownElseSite(machines.overhead[row]!, sites.overhead[site]!)
  const paid = tariff?.powerPricePerKwh ?? null
  const priceOrigin = own
    ? 'the machine’s own'
    : `price of ${sites.name[site]!}${tariff === null || paid === null || isTried ? '' : `, paid as ${tariffPrice(tariff.currency, paid)}`}`
  const cuts = [
    `uptime ${percent(machines.uptime[row]!)}`,
    ...(machines.poolFee[row]! > 0 ? [`pool fee ${percent(machines.poolFee[row]!)}`] : []),
    ...(machines.hostShare[row]! > 0 ? [`host’s share ${percent(machines.hostShare[row]!)}`] : []),
  ].join(', ')
  return (
    <section>
      <h3>A day, for {counted(figures.quantity, 'machine')}</h3>
      <dl className="steps">
        <Step
          name="Revenue"
          value={money.cents(figures.revenueUsdPerDay)}
          how={`${ths(figures.hashrateThs)} TH/s each × ${money.perPh(market.hashpriceUsdPerPhDay)} per PH/s, ${cuts}`}
        />
        <Step
          name="Energy"
          value={energy(figures.energyKwhPerDay)}
          how={`${power(figures.powerW)} each (${jPerTh(figures.efficiencyJPerTh)} J/TH) × 24 h${overhead > 0 ? `, overhead ${percent(overhead)}` : ''}`}
        />
        <Step
          name="Cost that stops with the machine"
          value={money.cents(figures.avoidableCostUsdPerDay)}
          how={`${money.perKwh(figures.powerPriceUsdPerKwh)} per kWh (${priceOrigin})${other === 0 ? '' : ` + ${money.perKwh(other)} other cost`}`}
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
          how={`now ${money.perKwh(figures.powerPriceUsdPerKwh)} per kWh`}
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
