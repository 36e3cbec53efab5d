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
  { siteKey, window: { from, to } }: WorkLinesAsked,
): WorkLines {
  const advice = picture?.advice ?? null
  if (picture === null || advice === null) return { length: 0, machines: 0, from: 0, lines: [] }
  const { prepared, market } = picture
  if (kept?.picture !== picture || kept.siteKey !== siteKey) {
    const siteRow = siteKey === null ? null : prepared.basis.fleet.sites.key.indexOf(siteKey)
    kept = { picture, siteKey, list: workList(prepared, advice, siteRow) }
  }
  const { list } = kept
  const lineAt = workLines(prepared, market, advice, list)
  const last = Math.min(to, list.length)
  return {
    length: list.length,
    machines: list.called,
    from,
    lines: Array.from({ length: Math.max(0, last - from) }, (_, i) => lineAt(from + i)),
  }
}
