import { labelAt, textAt } from '#shared/domain/fleet/columns.ts'
import type { Decisions, Outlook } from '#shared/domain/decision/decide.ts'
import { RUN, runningMarginsUsdPerDay, VERDICTS } from '#shared/domain/decision/decide.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import type { VerdictName } from '#shared/format/words.ts'

/** Lots of one model at one site with the same advice: one line of the list. */
export type ListLine = {
  readonly verdict: VerdictName
  readonly site: string
  readonly model: string
  /** id of the lot where the line is a single one */
  readonly id: string | null
  readonly lots: number
  readonly machines: number
  /** lowest and highest break-even of the line */
  readonly breakevenUsdPerPhDay: readonly [number, number]
  readonly marginNowUsdPerDay: number
  readonly gainUsd: number
}

type OpenLine = {
  -readonly [K in keyof ListLine]: ListLine[K] extends readonly [number, number]
    ? [number, number]
    : ListLine[K]
}

/** What to power down or pause, most money first; machines that do not run or lack a figure are not in it. */
export function powerDownList(
  basis: MarginBasis,
  decisions: Decisions,
  outlook: Outlook,
): readonly ListLine[] {
  const { machines, sites } = basis.fleet
  const lines = new Map<string, OpenLine>()
  for (let row = 0; row < basis.length; row++) {
    const code = decisions.verdict[row]!
    const verdict = VERDICTS[code]
    if (basis.counted[row] === 0 || code === RUN || verdict === undefined) continue
    const margin = runningMarginsUsdPerDay(basis, outlook, row)
    const breakeven = basis.breakevenHashpriceUsdPerPhDay[row]!
    const name = `${code} ${machines.site[row]!} ${machines.model.codes[row]!}`
    const line = lines.get(name)
    if (line === undefined) {
      lines.set(name, {
        verdict,
        site: sites.name[machines.site[row]!]!,
        model: labelAt(machines.model, row),
        id: textAt(machines.id, row),
        lots: 1,
        machines: machines.quantity[row]!,
        breakevenUsdPerPhDay: [breakeven, breakeven],
        marginNowUsdPerDay: margin.now,
        gainUsd: decisions.gainUsd[row]!,
      })
      continue
    }
    line.id = null
    line.lots += 1
    line.machines += machines.quantity[row]!
    line.breakevenUsdPerPhDay = [
      Math.min(line.breakevenUsdPerPhDay[0], breakeven),
      Math.max(line.breakevenUsdPerPhDay[1], breakeven),
    ]
    line.marginNowUsdPerDay += margin.now
    line.gainUsd += decisions.gainUsd[row]!
  }
  return [...lines.values()].sort((a, b) => b.gainUsd - a.gainUsd)
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
