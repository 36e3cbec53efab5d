import { VERDICTS } from '#shared/domain/decision/words.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import type { StrikeBar, StrikeLine } from '#shared/domain/margins/strike-line.ts'
import type { NamedBar, ShownLine } from './protocol.ts'

/** The strike line with names in place of the codes of a fleet. */
export function shownLine(line: StrikeLine, fleet: Fleet): ShownLine {
  return { ...line, bars: line.bars.map((bar) => named(bar, fleet)) }
}

function named(bar: StrikeBar, { machines, sites }: Fleet): NamedBar {
  const { modelCode, siteRow, verdictCode } = bar
  return {
    ...bar,
    model: modelCode === null ? null : machines.model.labels[modelCode]!,
    site: siteRow === null ? null : sites.name[siteRow]!,
    verdict: verdictCode === null ? null : (VERDICTS[verdictCode] ?? null),
  }
}
