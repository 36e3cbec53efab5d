import { groupAt } from '#shared/domain/decision/prepare.ts'
import { labelAt, textAt } from '#shared/domain/fleet/columns.ts'
import type { Picture } from '#shared/domain/decision/picture.ts'
import { firstChange } from '#shared/domain/decision/decisions.ts'
import { isPartTime } from '#shared/domain/decision/part-time.ts'
import type { Verdict } from '#shared/domain/decision/words.ts'
import { cashMarginUsdPerDay, revenuePerDay } from '#shared/domain/margins/margin.ts'
import { HOLD, NO_VERDICT, RUN, STAY_OFF, VERDICTS } from '#shared/domain/decision/words.ts'

/** Lots of one model at one site with the same advice: one line of the list. */
export type ListLine = {
  readonly verdict: Verdict
  /** the operating point to change to; null: as it is */
  readonly mode: string | null
  /** the first change of what it does, unix ms; NaN: none, or no date is known */
  readonly untilMs: number
  readonly changesWith: 'adjustment' | 'halving'
  readonly site: string
  readonly model: string
  /** id of the lot where the line is a single one */
  readonly id: string | null
  readonly lots: number
  readonly machines: number
  /** it stands still in some hours of the time in which it is on */
  readonly isPartTime: boolean
  /** of the machines, those that run from now on; NaN: all do the same */
  readonly runs: number
  readonly marginNowUsdPerDay: number
  readonly gainUsd: number
}
type OpenLine = { -readonly [K in keyof ListLine]: ListLine[K] }

/** Everything that changes, now or within the horizon, most money first. Also lots of which only some machines change. */
export function changeList({ prepared, basis, market, advice }: Picture): readonly ListLine[] {
  if (advice === null) return []
  const { machines, sites } = basis.fleet
  const { decisions } = advice
  const lines = new Map<string, OpenLine>()
  for (let row = 0; row < basis.length; row++) {
    const code = decisions.verdict[row]!
    if (code === NO_VERDICT || code === HOLD) continue
    const isAlone = groupAt(prepared, row) === -1
    if (isAlone && (code === RUN || code === STAY_OFF)) continue
    const quantity = machines.quantity[row]!
    const detail = isAlone ? null : advice.row(row)
    const isSplit = detail !== null && detail.machines.run > 0 && detail.machines.run < quantity
    const partTime = detail !== null && isPartTime(detail.shareOfHours)
    if (code === STAY_OFF && !isSplit) continue
    if (code === RUN && !isSplit && !(partTime && decisions.gainUsd[row] !== 0)) continue
    const margin = detail?.marginNowUsdPerDay ?? marginNowUsdPerDay(row)
    const mode = detail?.mode ?? null
    const runs = isSplit ? detail.machines.run : Number.NaN
    const name = `${code} ${mode ?? ''} ${machines.site[row]!} ${machines.model.codes[row]!} ${isSplit ? row : ''} ${partTime}`
    const line = lines.get(name)
    if (line === undefined) {
      const stage = market.stages[firstChange(decisions, market.stages.length, row)]
      lines.set(name, {
        verdict: VERDICTS[code]!,
        mode,
        untilMs: stage?.fromMs ?? Number.NaN,
        changesWith: stage?.opensWith === 'halving' ? 'halving' : 'adjustment',
        site: sites.name[machines.site[row]!]!,
        model: labelAt(machines.model, row),
        id: textAt(machines.id, row),
        lots: 1,
        machines: quantity,
        isPartTime: partTime,
        runs,
        marginNowUsdPerDay: margin,
        gainUsd: decisions.gainUsd[row]!,
      })
      continue
    }
    line.id = null
    line.lots += 1
    line.machines += quantity
    line.marginNowUsdPerDay += margin
    line.gainUsd += decisions.gainUsd[row]!
  }
  return [...lines.values()].sort((a, b) => b.gainUsd - a.gainUsd)

  function marginNowUsdPerDay(row: number): number {
    return cashMarginUsdPerDay(
      revenuePerDay(basis.acceptedPhs[row]!, market.hashpriceUsdPerPhDay),
      basis.avoidableCostUsdPerDay[row]!,
    )
  }
}

/** The lines that fit, and the sums of those that do not; null where all fit. */
export function cutList(
  lines: readonly ListLine[],
  atMost: number,
): {
  readonly shown: readonly ListLine[]
  readonly rest: { readonly lots: number; readonly machines: number; readonly gainUsd: number } | null
} {
  if (lines.length <= atMost) return { shown: lines, rest: null }
  const rest = { lots: 0, machines: 0, gainUsd: 0 }
  for (const line of lines.slice(atMost)) {
    rest.lots += line.lots
    rest.machines += line.machines
    rest.gainUsd += line.gainUsd
  }
  return { shown: lines.slice(0, atMost), rest }
}
