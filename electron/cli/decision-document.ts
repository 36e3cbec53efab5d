import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import type { Advice, RowAdvice } from '#shared/domain/decision/advice.ts'
import type { Market } from '#shared/domain/decision/market.ts'
import type { Prepared } from '#shared/domain/decision/prepare.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import type { Money } from '#shared/format/money.ts'
import { count, number, probability } from '#shared/format/numbers.ts'
import type { LeftOut } from '#shared/format/advice-words.ts'
import { adviceWords } from '#shared/format/advice-words.ts'
import type { Basis } from './case.ts'
import { identity } from './commands/margins.ts'
import { existing, existingFields, isoTime } from './json.ts'
import type { ListDocument } from './json.ts'
import { siteDocuments } from './site-document.ts'
import { textTable } from './text-table.ts'

/** What `decide` has found out. */
export type Decided = {
  readonly prepared: Prepared
  readonly market: Market
  /** null where the hashprice is not known */
  readonly advice: Advice | null
  readonly leftOut: LeftOut
  readonly restsOn: Basis
  readonly withProbability: boolean
}

/** Moments as text: a document names the same few again and again. */
function timeTeller(): (ms: number) => string | null {
  const told = new Map<number, string>()
  return (ms) => {
    if (!Number.isFinite(ms)) return null
    const known = told.get(ms) ?? isoTime(ms)
    told.set(ms, known)
    return known
  }
}
type TimeTeller = ReturnType<typeof timeTeller>

/** What `decide --json` prints. Without a date money is per day: then there are no totals over a horizon. */
export function decisionDocument(decided: Decided): ListDocument {
  const { prepared, market, advice, leftOut, restsOn } = decided
  const { isPerDay, applied, mayHavePassedSinceMs } = market
  const time = timeTeller()
  const head = {
    change: existing(market.change),
    daysToAdjustment: isPerDay ? null : existing(market.daysToAdjustment),
    horizonDays: isPerDay ? null : existing(market.outlook?.horizonDays ?? NaN),
    hashpriceUsdPerPhDay: existing(market.hashpriceUsdPerPhDay),
    volatilityPerYear: market.volatilityPerYear,
    reviewDays: market.reviewDays,
    adjustmentPassed: applied.length === 0 ? null : isoTime(applied.at(-1)!.dueMs),
    applied: applied.map(({ dueMs, change, change95 }) => ({ expectedAt: isoTime(dueMs), change, change95 })),
    mayHavePassedSince: mayHavePassedSinceMs === null ? null : isoTime(mayHavePassedSinceMs),
    stages: market.stages.map((stage) => ({
      opensWith: stage.opensWith,
      from: time(stage.fromMs),
      days: isPerDay ? null : stage.days,
      subsidyBtc: existing(stage.subsidyBtc),
      hashpriceUsdPerPhDay: stage.hashpriceUsdPerPhDay,
    })),
    notWeighed: leftOut,
    ...(market.hashpriceIsTyped ? { leftOut: market.leftOut } : {}),
    ...restsOn,
  }
  const { basis } = prepared
  return {
    head,
    list: 'machines',
    rows: basis.length,
    row: (i) => rowDocument(decided, time, i),
    tail:
      advice === null
        ? { fleet: null }
        : { fleet: fleetDocument(decided, advice), sites: siteDocuments(prepared, advice) },
  }
}

function fleetDocument({ prepared, market }: Decided, { totals, flips }: Advice) {
  const { basis } = prepared
  const flip = ({ above, below } = flips()) =>
    Object.fromEntries(
      Object.entries({ above, below }).map(([name, each]) => [
        name,
        each === null
          ? null
          : {
              hashpriceUsdPerPhDay: each.hashpriceUsdPerPhDay,
              id: textAt(basis.fleet.machines.id, each.row),
              verdict: each.verdict,
            },
      ]),
    )
  const overHorizon = (value: number) => (market.isPerDay ? null : existing(value))
  return {
    verdicts: totals.machines,
    actions: totals.actions,
    gainUsd: overHorizon(totals.gainUsd),
    gainUsdPerDay: market.isPerDay ? existing(totals.gainUsd) : null,
    valueUsd: market.isPerDay ? null : existingFields(totals.valueUsd),
    marginNowUsdPerDay: existing(totals.marginNowUsdPerDay.asIs),
    marginAfterUsdPerDay: existing(totals.marginAfterUsdPerDay.asIs),
    advisedMarginNowUsdPerDay: existing(totals.marginNowUsdPerDay.advised),
    advisedMarginAfterUsdPerDay: existing(totals.marginAfterUsdPerDay.advised),
    allInMarginNowUsdPerDay: existing(totals.allInNowUsdPerDay.asIs),
    advisedAllInMarginNowUsdPerDay: existing(totals.allInNowUsdPerDay.advised),
    powerKw: existing(totals.powerKw.asIs),
    advisedPowerKw: existing(totals.powerKw.advised),
    flips: flip(),
  }
}

// All rows have one shape, in which what is undefined is left out of the text: that is written fastest.
function rowDocument({ prepared, market, advice, withProbability }: Decided, time: TimeTeller, i: number) {
  const { machines } = prepared.basis.fleet
  const id = textAt(machines.id, i)
  const state = MACHINE_STATUSES[machines.status[i]!]!
  if (advice === null) return { id, state, verdict: null }
  const row = advice.row(i)
  const { isPerDay } = market
  return {
    id,
    state,
    verdict: row.verdict,
    mode: row.mode,
    until: isPerDay ? null : time(row.untilMs),
    then: isPerDay ? null : row.then,
    plan: row.plan.map(({ fromMs, mode }) => ({ from: time(fromMs), mode })),
    schedule:
      row.schedule.length === 0
        ? undefined
        : row.schedule.map(({ fromMs, toMs, mode }) => ({ from: time(fromMs), to: time(toMs), mode })),
    gainUsd: isPerDay ? null : row.gainUsd,
    gainUsdPerDay: isPerDay ? row.gainUsd : undefined,
    probabilityOfAdjustment: row.probabilityOfAdjustment,
    probability: withProbability ? advice.probability(i) : undefined,
    valueUsd: isPerDay || row.verdict === null ? null : row.valueUsd,
    marginNowUsdPerDay: row.marginNowUsdPerDay,
    marginAfterUsdPerDay: row.marginAfterUsdPerDay,
    strikes: advice.strikes(i),
    marginalEnergyUsdPerKwh: row.marginalEnergyUsdPerKwh,
    shareOfHours: row.shareOfHours,
    machines: row.machines,
    possible: row.possible.length === 0 ? undefined : row.possible,
  }
}

/** What `decide` prints for a person. */
export function* decisionLines(
  { prepared, market, advice, withProbability }: Decided,
  money: Money,
): Generator<string> {
  if (advice === null) {
    yield 'No verdict: the hashprice is not known.'
    return
  }
  const { totals } = advice
  const { runOn, powerDown, start, stayOff } = totals.actions
  const span = market.isPerDay ? 'a day' : `over ${number(market.outlook?.horizonDays ?? NaN, 1)} days`
  const parts = [
    `Run ${count(runOn)}`,
    `power down ${count(powerDown)}`,
    ...(start > 0 ? [`start ${count(start)}`] : []),
    ...(stayOff > 0 ? [`leave ${count(stayOff)} off`] : []),
  ]
  yield `${parts.join(', ')} machines: saves ${money.amount(totals.gainUsd)} ${span}.`
  const { basis } = prepared
  const rows = Array.from({ length: basis.length }, (_, i) => {
    const row = advice.row(i)
    return [
      ...identity(basis, i),
      wordsOf(row, market),
      money.amount(row.gainUsd),
      probability(withProbability ? advice.probability(i) : row.probabilityOfAdjustment),
    ]
  })
  const columns = [
    { title: 'id' },
    { title: 'model' },
    { title: 'site' },
    { title: 'advice' },
    { title: `saves ${money.currency}`, right: true },
    { title: 'probability', right: true },
  ]
  yield* textTable(columns, rows)
}

function wordsOf({ verdict, mode, untilMs }: RowAdvice, { stages }: Market): string {
  if (verdict === null) return '–'
  const changesWith =
    stages.find(({ fromMs }) => fromMs === untilMs)?.opensWith === 'halving' ? 'halving' : 'adjustment'
  return adviceWords(verdict, { mode, untilMs, changesWith }, undefined, stages[0]?.fromMs)
}
