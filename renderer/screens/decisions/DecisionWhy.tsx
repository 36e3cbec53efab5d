import { machinesCalled } from '#shared/domain/decision/acts/called.ts'
import type { RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import type { DecisionOutcome, LoggedDecision, OutcomeEnd } from '#shared/domain/decision/acts/outcome.ts'
import { stakeTotals } from '#shared/domain/decision/acts/stake.ts'
import type { Stake } from '#shared/domain/decision/acts/stake.ts'
import { MS_PER_DAY, W_PER_KW } from '#shared/domain/units.ts'
import { actCountWords } from '#shared/format/act-words.ts'
import { daySpanWords, decisionWords } from '#shared/format/decision-log-words.ts'
import type { Money } from '#shared/format/money.ts'
import { count, number, signedPercent } from '#shared/format/numbers.ts'
import { dateTime, days, moment } from '#shared/format/times.ts'
import { difficulty, power } from '#shared/format/units.ts'
import { Step } from '../../parts/why/Step.tsx'
import { useDecisionLog } from '../../state/decision-log.ts'
import { useNow } from '../../ui/use-now.ts'
import { usePlainMoney } from '../../state/use-plain-money.ts'

/** How what a decision saved comes about: what was at stake, the days that counted, and what is missing. */
export function DecisionWhy({ row }: { readonly row: LoggedDecision }) {
  const money = usePlainMoney()
  const { decision, outcome } = row
  return (
    <>
      <Advised decision={decision} money={money} />
      {decision.stake === undefined ? (
        <p className="why-plan">
          What was at stake was not kept then, so that nobody can say what it saved: an older version recorded
          it.
        </p>
      ) : (
        <AtStake decision={decision} stake={decision.stake} money={money} />
      )}
      {outcome === null || decision.stake === undefined ? null : (
        <Came decision={decision} stake={decision.stake} outcome={outcome} money={money} />
      )}
      <TakeBack decision={decision} />
    </>
  )
}

type OfDecision = { readonly decision: RecordedDecision; readonly money: Money }

function Advised({ decision, money }: OfDecision) {
  const { untilMs, gainUsd, advised, machinesDone, freedKw, change } = decision
  return (
    <section>
      <p className="why-verdict">
        <b>{decisionWords(decision)}</b>
        {decision.byWhom === undefined ? '' : `, by ${decision.byWhom}`}
        {decision.isTakenBack
          ? `; taken back${decision.takenBackAtMs === undefined ? '' : ` ${moment(decision.takenBackAtMs, Number.NaN)}`}`
          : ''}
      </p>
      <p className="why-plan">{dateTime(decision.atMs)}</p>
      <h3>What was advised</h3>
      <dl className="steps">
        <Step
          name={actCountWords(advised) || 'Nothing'}
          value={`${count(machinesDone)} of ${count(machinesCalled(advised))} done`}
        />
        <Step
          name="Worth, as advised"
          value={`${money.cents(gainUsd)}${untilMs === null ? ' a day' : ''}`}
          how={untilMs === null ? 'no date was known then' : `until ${moment(untilMs, Number.NaN)}`}
        />
        <Step name="Frees at the meter" value={power(freedKw * W_PER_KW)} />
        <Step
          name="Hashprice then"
          value={money.perPh(decision.hashpriceUsdPerPhDay)}
          how={restedOn(decision, money)}
        />
        {change === null ? null : (
          <Step name="Next adjustment, as expected then" value={signedPercent(change)} />
        )}
      </dl>
    </section>
  )
}

function restedOn({ priceUsdPerBtc, difficulty: value }: RecordedDecision, money: Money): string {
  const parts = [
    money.hashprice.words,
    ...(priceUsdPerBtc === null ? [] : [`${money.whole(priceUsdPerBtc)} per BTC`]),
    ...(value === null ? [] : [`difficulty ${difficulty(value)}`]),
  ]
  return parts.join(', ')
}

/** With a sign only where it is a loss: `8.20 PH/s`. */
const phs = (value: number) =>
  `${number(value, Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2)} PH/s`

function AtStake({ decision, stake, money }: OfDecision & { readonly stake: Stake }) {
  const { acceptedPhs, costUsdPerDay, restartUsd, restartAtEndUsd } = stakeTotals(stake)
  const starts = acceptedPhs < 0
  const breakEven = acceptedPhs === 0 ? Number.NaN : costUsdPerDay / acceptedPhs
  const sign = starts ? -1 : 1
  return (
    <section>
      <h3>What was at stake{decision.kind === 'done' ? '' : ', had it been done'}</h3>
      <dl className="steps">
        <Step
          name={starts ? 'Hashrate that starts' : 'Hashrate that stops'}
          value={phs(sign * acceptedPhs)}
          how="that is paid: after uptime and fees"
        />
        <Step
          name={starts ? 'Cost that comes with it, a day' : 'Cost that stops with it, a day'}
          value={money.cents(sign * costUsdPerDay)}
          how="energy and what else stops with the machines, less standby"
        />
        {Number.isFinite(breakEven) && breakEven > 0 ? (
          <Step
            name={starts ? 'Saves above a hashprice of' : 'Saves below a hashprice of'}
            value={money.perPh(breakEven)}
            how="cost ÷ hashrate"
          />
        ) : null}
        {restartUsd === 0 ? null : <Step name="Restart, at once" value={money.cents(restartUsd)} />}
        {restartAtEndUsd === 0 ? null : (
          <Step
            name="Restart, at its end"
            value={money.cents(restartAtEndUsd)}
            how="what was paused runs again"
          />
        )}
      </dl>
    </section>
  )
}

const ENDS: Readonly<Record<OutcomeEnd, string>> = {
  over: 'the end of the advice',
  again: 'a later decision about the same machines',
  now: 'the last midnight, UTC: a day counts once it is over',
}

type CameProps = OfDecision & { readonly stake: Stake; readonly outcome: DecisionOutcome }

function Came({ decision, stake, outcome, money }: CameProps) {
  const missing = useDecisionLog((state) => state.log?.history.missing)
  const { fromMs, toMs, endsWith, daysCovered, daysMissing, meanHashpriceUsdPerPhDay: mean } = outcome
  const lacks = (missing ?? []).filter((day) => day + MS_PER_DAY > fromMs && day < toMs)
  const wasDone = decision.kind === 'done'
  const saved =
    outcome.savedUsd < 0 ? (wasDone ? 'Cost' : 'Would have cost') : wasDone ? 'Saved' : 'Would have saved'
  return (
    <section>
      <h3>What came</h3>
      <dl className="steps">
        <Step
          name="Days that count"
          value={days(daysCovered)}
          how={`from ${moment(fromMs, Number.NaN)} to ${moment(toMs, Number.NaN)}: ${ENDS[endsWith]}`}
        />
        {daysMissing === 0 ? null : (
          <Step
            name="Days without a hashprice"
            value={days(daysMissing)}
            how={`in no figure here${lacks.length === 0 ? '' : `: ${daySpanWords(lacks)}`}`}
          />
        )}
        <Step name="Mean hashprice of these days" value={money.perPh(mean)} how={money.hashprice.words} />
        <Step
          name="Expected over these days"
          value={money.cents(outcome.expectedUsd)}
          how="at the hashprices that were foreseen"
        />
        {outcome.restartUsd === 0 ? null : (
          <Step name="Restarts in both" value={money.cents(outcome.restartUsd)} />
        )}
        <Step
          strong
          name={saved}
          value={money.cents(Math.abs(outcome.savedUsd))}
          how={formula(stake, outcome, money)}
        />
      </dl>
    </section>
  )
}

/** How it is reckoned, with the figures where one stretch of time makes all of it. */
function formula(stake: Stake, outcome: DecisionOutcome, money: Money): string {
  const { daysCovered, meanHashpriceUsdPerPhDay: mean, restartUsd } = outcome
  if (daysCovered === 0) return 'no day of it is over and has a hashprice'
  const { acceptedPhs, costUsdPerDay } = stakeTotals(stake)
  const restart = restartUsd === 0 ? '' : ` − ${money.cents(restartUsd)} restart`
  const isOne = new Set(stake.parts.map(({ untilMs, againMs }) => `${untilMs} ${againMs}`)).size === 1
  const [cost, revenue] = [
    money.cents(Math.abs(costUsdPerDay)),
    `${phs(Math.abs(acceptedPhs))} × ${money.perPh(mean)}`,
  ]
  if (isOne && costUsdPerDay >= 0 && acceptedPhs >= 0)
    return `(${cost} − ${revenue}) × ${days(daysCovered)}${restart}`
  if (isOne && costUsdPerDay <= 0 && acceptedPhs <= 0)
    return `(${revenue} − ${cost}) × ${days(daysCovered)}${restart}`
  return isOne
    ? `(${money.cents(costUsdPerDay)} − ${phs(acceptedPhs)} × ${money.perPh(mean)}) × ${days(daysCovered)}${restart}`
    : `(cost that stops − hashrate that stops × hashprice) of each day, for as long as each machine counts${restart}`
}

/** Of today's "not now": the site is called again. Everything else stays as it is recorded. */
function TakeBack({ decision }: { readonly decision: RecordedDecision }) {
  const nowMs = useNow()
  const isToday = new Date(decision.atMs).toDateString() === new Date(nowMs).toDateString()
  if (decision.kind !== 'not-now' || decision.isTakenBack || !isToday) return null
  return (
    <div className="actions why-actions">
      <button
        type="button"
        className="button"
        onClick={() =>
          void import('../../state/act-actions.ts').then(({ takeBack }) => takeBack(decision.key))
        }
      >
        Take back: call {decision.site} again
      </button>
    </div>
  )
}
