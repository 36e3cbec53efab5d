import type { Verdict } from '#shared/domain/decision/words.ts'
import type { BarState, StrikeBar } from '#shared/domain/margins/strike-line.ts'

/**
 * How a verdict is drawn, never by colour alone: filled where machines run or stop, hollow where they are off, hatched where they pause, an
 * outline with a dot where waiting is best; a cut corner says that it ends or begins with the adjustment, an arrow that something starts.
 */
export type Mark = {
  readonly fill: 'filled' | 'hatched' | 'hollow'
  readonly isCut: boolean
  readonly sign: 'arrow' | 'dot' | 'cross' | 'bars' | null
  /** money: earns, loses; waits: one now and the other after the adjustment; rests: nothing is at stake */
  readonly tone: 'earns' | 'waits' | 'loses' | 'rests'
}

type Tone = Mark['tone']

const TONE_OF_STATE: Readonly<Record<BarState, Tone>> = {
  earns: 'earns',
  falls: 'waits',
  waits: 'waits',
  'under water': 'loses',
}

const mark = (
  fill: Mark['fill'],
  tone: Tone,
  { isCut = false, sign = null }: Partial<Pick<Mark, 'isCut' | 'sign'>> = {},
): Mark => ({ fill, tone, isCut, sign })

/** A tone of null: that of what it earns or loses now. */
const MARKS: Readonly<Record<Verdict, Omit<Mark, 'tone'> & { readonly tone: Tone | null }>> = {
  run: { ...mark('filled', 'earns'), tone: null },
  'run-until': mark('filled', 'waits', { isCut: true }),
  hold: mark('hollow', 'rests', { sign: 'dot' }),
  pause: mark('hatched', 'waits'),
  off: mark('filled', 'loses', { sign: 'cross' }),
  start: mark('hollow', 'earns', { sign: 'arrow' }),
  'start-later': mark('hollow', 'waits', { isCut: true }),
  'start-until': mark('hollow', 'waits', { isCut: true, sign: 'arrow' }),
  'stay-off': mark('hollow', 'rests'),
  profile: { ...mark('filled', 'earns', { sign: 'bars' }), tone: null },
}

/** In the order of a legend. */
export const MARKED_VERDICTS = Object.keys(MARKS) as readonly Verdict[]

/** @param verdict null: nothing is decided */
export function markOf(verdict: Verdict | null, state: BarState, isIdle: boolean): Mark {
  if (verdict === null) return isIdle ? mark('hollow', 'rests') : mark('filled', TONE_OF_STATE[state])
  const { tone, ...drawn } = MARKS[verdict]
  // Where nothing runs there is nothing to fill.
  return { ...drawn, fill: isIdle ? 'hollow' : drawn.fill, tone: tone ?? TONE_OF_STATE[state] }
}

export const markOfBar = ({
  verdict,
  state,
  isIdle,
}: Pick<StrikeBar, 'state' | 'isIdle'> & { readonly verdict: Verdict | null }) =>
  markOf(verdict, state, isIdle)

/** Names of a style: `area filled earns`. */
export const lookOf = ({ fill, tone }: Mark) => `area ${fill} ${tone}`

type Area = {
  readonly left: number
  readonly width: number
  readonly top: number
  readonly height: number
}

const CORNER_PX = 9
export const SIGN_PX = 7

export const tenth = (px: number) => Math.round(px * 10) / 10

/** The outline of an area; a cut corner is its upper right one. */
export function areaPath({ left, width, top, height }: Area, isCut: boolean): string {
  const [x, y, w, h] = [tenth(left), tenth(top), tenth(width), tenth(height)]
  if (!isCut) return `M${x} ${y}h${w}v${h}h${-w}z`
  const c = tenth(Math.min(w, h, CORNER_PX))
  return `M${x} ${y}h${tenth(w - c)}l${c} ${c}v${tenth(h - c)}h${-w}z`
}

/** The sign of an area, in its middle; '' where it has none, or no room in its width. */
export function signPath(area: Area, sign: Mark['sign']): string {
  const size = Math.min(SIGN_PX, area.width - 2)
  if (sign === null || size < 3) return ''
  const half = size / 2
  const x = tenth(area.left + area.width / 2)
  const y = tenth(area.top + area.height / 2)
  switch (sign) {
    case 'arrow':
      return `M${x} ${tenth(y - half)}l${tenth(half)} ${tenth(size)}h${tenth(-size)}z`
    case 'dot':
      return `M${tenth(x - half / 1.4)} ${y}a${tenth(half / 1.4)} ${tenth(half / 1.4)} 0 1 0 ${tenth(size / 1.4)} 0a${tenth(half / 1.4)} ${tenth(half / 1.4)} 0 1 0 ${tenth(-size / 1.4)} 0z`
    case 'cross': {
      const [arm, thick] = [half, Math.max(0.9, size / 5)]
      return diagonal(x, y, arm, thick, 1) + diagonal(x, y, arm, thick, -1)
    }
    case 'bars':
      return `M${tenth(x - half)} ${tenth(y - 2.5)}h${tenth(size)}v1.5h${tenth(-size)}zM${tenth(x - half)} ${tenth(y + 1)}h${tenth(size)}v1.5h${tenth(-size)}z`
  }
}

/** A bar of a cross, from corner to corner. */
function diagonal(x: number, y: number, arm: number, thick: number, way: 1 | -1): string {
  const at = (dx: number, dy: number) => `${tenth(x + dx)} ${tenth(y + way * dy)}`
  return `M${at(-arm, -arm + thick)}L${at(-arm + thick, -arm)}L${at(arm, arm - thick)}L${at(arm - thick, arm)}z`
}
