import { NO_VERDICT, VERDICTS } from '#shared/domain/decision/decide.ts'
import type { Outlook } from '#shared/domain/decision/decide.ts'
import { profileVerdict } from '#shared/domain/decision/profile-option.ts'
import { marginsUsdPerDay } from '#shared/domain/margins/fleet-margins.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { fleetTotals } from '#shared/domain/margins/totals.ts'
import { usd } from '#shared/format/money.ts'
import { count, probability } from '#shared/format/numbers.ts'
import type { Unweighed } from '#shared/format/words.ts'
import { VERDICT_WORDS } from '#shared/format/words.ts'
import type { Basis } from './case.ts'
import type { Advice } from './contract-advice.ts'
import { identity } from './commands/margins.ts'
import { existing, existingFields, isoTime } from './json.ts'
import type { ListDocument } from './json.ts'
import { textTable } from './text-table.ts'

/** What `decide` has found out. */
export type Decided = {
  readonly basis: MarginBasis
  readonly network: NetworkConditions
  /** null where the adjustment has passed: then nothing can be weighed */
  readonly weighed: { readonly outlook: Outlook; readonly advice: Advice } | null
  /** when the adjustment was due that has passed, unix ms; null while it is ahead */
  readonly passedMs: number | null
  readonly notWeighed: Unweighed
  readonly restsOn: Basis
}

/** What `decide --json` prints. */
export function decisionDocument({
  basis,
  network,
  weighed,
  passedMs,
  notWeighed,
  restsOn,
}: Decided): ListDocument {
  const head = {
    change: weighed?.outlook.change ?? null,
    daysToAdjustment: weighed?.outlook.daysToAdjustment ?? null,
    horizonDays: weighed?.outlook.horizonDays ?? null,
    hashpriceUsdPerPhDay: existing(hashpriceUsdPerPhDay(network)),
    adjustmentPassed: passedMs === null ? null : isoTime(passedMs),
    notWeighed,
    ...restsOn,
  }
  const list = { list: 'machines', rows: basis.length } as const
  if (weighed === null) {
    const marginNow = marginsUsdPerDay(basis, hashpriceUsdPerPhDay(network))
    return {
      head,
      ...list,
      row: (i) => ({
        ...NOTHING_WEIGHED,
        id: identity(basis, i)[0],
        marginNowUsdPerDay: existing(marginNow[i]!),
      }),
      tail: {
        fleet: {
          verdicts: null,
          gainUsd: null,
          valueUsd: null,
          marginNowUsdPerDay: existing(fleetTotals(basis, network).marginUsdPerDay),
          marginAfterUsdPerDay: null,
          advisedMarginNowUsdPerDay: null,
          advisedMarginAfterUsdPerDay: null,
        },
      },
    }
  }
  const { totals, sites } = weighed.advice
  return {
    head,
    ...list,
    row: (i) => decisionRow(basis, weighed.advice, i),
    tail: {
      fleet: {
        verdicts: totals.machines,
        gainUsd: existing(totals.gainUsd),
        valueUsd: existingFields(totals.valueUsd),
        marginNowUsdPerDay: existing(totals.marginNowUsdPerDay.asIs),
        marginAfterUsdPerDay: existing(totals.marginAfterUsdPerDay.asIs),
        advisedMarginNowUsdPerDay: existing(totals.marginNowUsdPerDay.advised),
        advisedMarginAfterUsdPerDay: existing(totals.marginAfterUsdPerDay.advised),
      },
      ...(sites === null ? {} : { sites }),
    },
  }
}

const NOTHING_WEIGHED = {
  id: '',
  verdict: null,
  gainUsd: null,
  probability: null,
  valueUsd: null,
  marginNowUsdPerDay: null,
  marginAfterUsdPerDay: null,
}

/** What `decide` prints for a person. */
export function* decisionLines({ basis, network, weighed }: Decided): Generator<string> {
  if (weighed === null) {
    yield `No verdict: the next adjustment is not known. As it runs, the fleet earns ${usd(fleetTotals(basis, network).marginUsdPerDay)} a day by these values.`
    return
  }
  const { advice, outlook } = weighed
  const { totals } = advice
  const { run, pause, off, profile = 0 } = totals.machines
  yield `Run ${count(run)}, ${profile > 0 ? `run ${count(profile)} at another profile, ` : ''}pause ${count(pause)}, power down ${count(off)} machines: saves ${usd(totals.gainUsd)} over ${outlook.horizonDays.toFixed(1)} days.`
  const rows = Array.from({ length: basis.length }, (_, i) => [
    ...identity(basis, i),
    verdictWords(advice, i),
    usd(gainOf(advice, i)),
    probability(advice.probability(i)),
  ])
  const columns = [
    { title: 'id' },
    { title: 'model' },
    { title: 'site' },
    { title: 'advice' },
    { title: 'saves USD', right: true },
    { title: 'probability', right: true },
  ]
  yield* textTable(columns, rows)
}

/** Gain of the advice against running on as it is. */
function gainOf(advice: Advice, i: number): number {
  const option = advice.profiles?.get(i)
  return option === undefined ? advice.decisions.gainUsd[i]! : option.valueUsd - advice.valueUsd(i).run
}

function verdictWords(advice: Advice, i: number): string {
  const option = advice.profiles?.get(i)
  if (option !== undefined) return `Run at ${option.profile.name}`
  const verdict = advice.decisions.verdict[i]!
  return verdict === NO_VERDICT ? '–' : VERDICT_WORDS[VERDICTS[verdict]!]
}

function decisionRow(basis: MarginBasis, advice: Advice, i: number) {
  const { decisions } = advice
  const [id] = identity(basis, i)
  const option = advice.profiles?.get(i)
  const verdict = decisions.verdict[i]!
  const margin = advice.marginUsdPerDay(i)
  return {
    id,
    verdict:
      option !== undefined
        ? profileVerdict(option.profile)
        : verdict === NO_VERDICT
          ? null
          : VERDICTS[verdict],
    gainUsd: gainOf(advice, i),
    probability: advice.probability(i),
    valueUsd: option === undefined ? advice.valueUsd(i) : { ...advice.valueUsd(i), profile: option.valueUsd },
    marginNowUsdPerDay: margin.now,
    marginAfterUsdPerDay: margin.after,
  }
}
