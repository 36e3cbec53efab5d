import type { WorkList } from '#shared/domain/decision/acts/work-list.ts'
import { workList } from '#shared/domain/decision/acts/work-list.ts'
import type { Picture } from '#shared/domain/decision/picture.ts'
import { workLines } from '#shared/format/work-lines.ts'
import type { WorkLines, WorkLinesAsked } from './protocol.ts'

/** The list of a picture is kept, since its lines are asked for piece by piece. */
let kept: { readonly picture: Picture; readonly siteKey: number | null; readonly list: WorkList } | null =
  null

/** Some lines of what is to be done under a picture of the fleet. */
export function listedWork(
  picture: Picture | null,
  { siteKey, window: { from, to }, withMoney = false }: WorkLinesAsked,
): WorkLines {
  const advice = picture?.advice ?? null
  if (picture === null || advice === null)
    return { length: 0, machines: 0, from: 0, lines: [], usdPerDay: [] }
  const { prepared, market } = picture
  if (kept?.picture !== picture || kept.siteKey !== siteKey) {
    const siteRow = siteKey === null ? null : prepared.basis.fleet.sites.key.indexOf(siteKey)
    kept = { picture, siteKey, list: workList(prepared, advice, siteRow) }
  }
  const { list } = kept
  const lineAt = workLines(prepared, market, advice, list)
  const shown = Math.max(0, Math.min(to, list.length) - from)
  const { quantity } = prepared.basis.fleet.machines
  const usdPerDayAt = (line: number) => {
    const row = list.row[line]!
    return (advice.row(row).marginNowUsdPerDay * list.machines[line]!) / quantity[row]!
  }
  return {
    length: list.length,
    machines: list.called,
    from,
    lines: Array.from({ length: shown }, (_, i) => lineAt(from + i)),
    usdPerDay: withMoney ? Array.from({ length: shown }, (_, i) => usdPerDayAt(from + i)) : [],
  }
}
