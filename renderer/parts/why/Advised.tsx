import type { Market } from '#shared/domain/decision/market.ts'
import { VERDICTS } from '#shared/domain/decision/words.ts'
import type { Verdict as Word } from '#shared/domain/decision/words.ts'
import type { MachineFigures } from '#shared/domain/margins/fleet-margins.ts'
import { adviceMoney, adviceWords, scheduleWords } from '#shared/format/advice-words.ts'
import type { Money } from '#shared/format/money.ts'
import { energyUnit } from '#shared/format/money.ts'
import { count, counted, percent, probability } from '#shared/format/numbers.ts'
import { days } from '#shared/format/times.ts'
import { isPartTime } from '#shared/domain/decision/part-time.ts'
import type { Explained } from '../../engine/protocol.ts'
import { lookedAtMs } from '#shared/format/answer-words.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { Verdict } from '../../ui/Verdict.tsx'
import { Step } from './Step.tsx'

type Props = { readonly machine: Explained; readonly figures: MachineFigures; readonly market: Market }
type Decision = NonNullable<Explained['decision']>

/** What each plan is called where its worth is told. */
const PLAN_NAMES: Readonly<Record<Word, string>> = {
  run: 'Run on',
  'run-until': 'Run until the next change, then power down',
  pause: 'Power down until the next change',
  off: 'Power down',
  'stay-off': 'Stay off',
  'start-later': 'Start at the next change',
  'start-until': 'Start, and power down at the next change',
  start: 'Start',
  hold: 'Leave as it is',
  profile: 'Another profile',
}

/** What to do with a row, what each plan that was weighed is worth, and what that rests on. */
export function Advised({ machine, figures, market }: Props) {
  const money = useStore(selectMoney)
  const { decision } = machine
  const verdict = decision?.verdict ?? null
  if (decision === null || verdict === null) return null
  const { valueUsd } = decision
  const { isPerDay } = market
  const chosen = verdict === 'hold' ? (machine.status === 'running' ? 'run' : 'stay-off') : verdict
  return (
    <>
      <section>
        <p className="why-verdict">
          <Verdict verdict={verdict} />{' '}
          {adviceMoney(money, verdict, {
            ...decision,
            isPerDay,
            isPartTime: isPartTime(decision.shareOfHours),
          })}
        </p>
        <p className="why-plan">{adviceWords(verdict, decision, undefined, lookedAtMs(market))}</p>
        <Splits decision={decision} quantity={figures.quantity} />
        <h3>{isPerDay ? 'Worth a day' : `Worth over ${days(market.outlook?.horizonDays ?? Number.NaN)}`}</h3>
        <dl className="steps">
          {VERDICTS.filter((word) => valueUsd[word] !== undefined).map((word) => (
            <Step
              key={word}
              name={word === 'profile' ? `Run at ${decision.mode ?? 'another profile'}` : PLAN_NAMES[word]}
              value={money.cents(valueUsd[word]!)}
              strong={word === chosen}
              {...how(word, machine, decision, figures, market, money)}
            />
          ))}
          <Chances decision={decision} market={market} money={money} />
        </dl>
      </section>
      <Prices machine={machine} decision={decision} market={market} money={money} />
    </>
  )
}

/** Of a lot that is split, how many machines do what. */
function Splits({
  decision: { machines },
  quantity,
}: {
  readonly decision: Decision
  readonly quantity: number
}) {
  const { run, pause, off } = machines
  if ([run, pause, off].filter((each) => each > 0).length < 2) return null
  const parts = [
    ...(run > 0 ? [`${count(run)} of ${count(quantity)} run`] : []),
    ...(pause > 0 ? [`${count(pause)} pause`] : []),
    ...(off > 0 ? [`${counted(off, 'is', 'are')} off`] : []),
  ]
  return <p className="why-plan">{parts.join(', ')}.</p>
}

/** A term added in a sum: a loss is taken off instead of adding a minus. */
const plus = (term: string) => (term.startsWith('−') ? `− ${term.slice(1)}` : `+ ${term}`)

/** How a plan's worth comes about; where energy has several prices there is no short formula, so it is told what it is made of. */
function how(
  word: Word,
  { underContract }: Explained,
  decision: Decision,
  figures: MachineFigures,
  { stages, isPerDay }: Market,
  money: Money,
): { readonly how?: string } {
  if (isPerDay) return {}
  if (underContract)
    return word === 'off' || word === 'stay-off'
      ? { how: 'standby at the prices of the contract' }
      : { how: 'by its schedule, at what one more kWh costs under the contract' }
  const [first, second] = stages
  if (first === undefined || stages.length > 2) return {}
  const now = money.cents(decision.marginNowUsdPerDay)
  const then = money.cents(decision.marginAfterUsdPerDay)
  const standby = money.cents(figures.standbyCostUsdPerDay)
  const restart = `${money.cents(decision.restartUsd)} restart`
  const before = days(first.days)
  const after = second === undefined ? '' : days(second.days)
  const both =
    second === undefined ? `${now} × ${before}` : `${now} × ${before} ${plus(`${then} × ${after}`)}`
  const nowAlone = `${now} × ${before} − ${standby} standby × ${after}`
  const laterAlone = `−${standby} standby × ${before} − ${restart} ${plus(`${then} × ${after}`)}`
  const none = `−${standby} standby × ${days(first.days + (second?.days ?? 0))}`
  switch (word) {
    case 'run':
      return { how: both }
    case 'start':
      return { how: `${both} − ${restart}` }
    case 'run-until':
      return { how: nowAlone }
    case 'start-until':
      return { how: `${nowAlone} − ${restart}` }
    case 'pause':
    case 'start-later':
      return { how: laterAlone }
    case 'off':
    case 'stay-off':
      return { how: none }
    case 'hold':
    case 'profile':
      return {}
  }
}

function Chances({
  decision,
  market,
  money,
}: {
  readonly decision: Decision
  readonly market: Market
  readonly money: Money
}) {
  const { probability: chance, probabilityOfAdjustment } = decision
  return (
    <>
      {Number.isNaN(chance) ? null : (
        <Step
          name="Proves right"
          value={`${probability(chance)} chance`}
          how={`share of 2 000 drawn futures of price (σ ${percent(market.volatilityPerYear, 0)} a year) and adjustment in which this action is the best one`}
        />
      )}
      {Number.isNaN(probabilityOfAdjustment) ? null : (
        <Step
          name="Best plan over the adjustment alone"
          value={probability(probabilityOfAdjustment)}
          how={`over the range of the adjustment, at ${money.whole(market.conditions.priceUsdPerBtc)} per BTC`}
        />
      )}
    </>
  )
}

/** Where it switches, what the next kWh costs, when it is off, and what else it could run at. */
function Prices({
  machine,
  decision,
  market,
  money,
}: {
  readonly machine: Explained
  readonly decision: Decision
  readonly market: Market
  readonly money: Money
}) {
  const { stopBelowUsdPerPhDay: stop, startAboveUsdPerPhDay: start } = decision.strikes
  const { marginalEnergyUsdPerKwh: marginal, shareOfHours, possible } = decision
  const off = scheduleWords(decision.schedule, market.stages[0]?.fromMs ?? Number.NaN, decision.timeZone)
  const waits = `review every ${days(market.reviewDays)}, σ ${percent(market.volatilityPerYear, 0)} a year, restart ${money.cents(decision.restartUsd)}`
  return (
    <section>
      <h3>It switches at</h3>
      <dl className="steps">
        {Number.isNaN(stop) ? null : (
          <Step name="Stop below a hashprice of" value={money.perPh(stop, 'down')} how={waits} />
        )}
        {Number.isNaN(start) ? null : (
          <Step name="Start above a hashprice of" value={money.perPh(start, 'up')} how={waits} />
        )}
        {Number.isNaN(marginal) ? null : (
          <Step
            name={`Price of the next ${energyUnit()}`}
            value={money.perKwh(marginal)}
            how={
              machine.underContract
                ? `what one more kWh costs at ${machine.site} now, under its contract and with the others as advised`
                : `price of energy at ${machine.site}`
            }
          />
        )}
        {off === null ? null : (
          <Step
            name="In the next 48 hours"
            value={off}
            how={`it runs in ${percent(shareOfHours.now, 0)} of the hours until the next change`}
          />
        )}
        {decision.mode === null ? null : (
          <Step name="Operating point" value={decision.mode} how="of the ladder that is stored for it" />
        )}
        {possible.map((name) => (
          <Step key={name} name="Possible" value={name} how={`other profiles, if it runs ${name}`} />
        ))}
      </dl>
    </section>
  )
}
