import type { RecordedDecision } from '../domain/decision/acts/decision-log.ts'
import type { ActCounts } from '../domain/decision/acts/called.ts'
import { machinesCalled } from '../domain/decision/acts/called.ts'
import type { LadderPoint, OperatingPoint } from '../domain/ladders/point.ts'
import type { Verdict } from '../domain/decision/words.ts'
import { VERDICT_WORDS } from './advice-words.ts'
import { count, counted } from './numbers.ts'
import { dayMonth } from './times.ts'

/** `Power down 202 machines, start 40`: what is to be done, beginning with a capital; '' where nothing is. */
export function actCountWords({ powerDown, pause, start, set }: ActCounts): string {
  const parts: string[] = []
  const add = (verb: string, machines: number) => {
    if (machines > 0) parts.push(`${verb} ${counted(machines, 'machine')}`)
  }
  add('power down', powerDown)
  add('pause', pause)
  add('start', start)
  if (set > 0) parts.push(`set ${counted(set, 'machine')} to another operating point`)
  const words = parts.join(', ')
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

const DO_WORDS = {
  off: 'Power down',
  pause: 'Power down until',
  start: 'Start',
  'start-until': 'Start until',
  profile: 'Set to',
  /** nothing to do but to let its hours be */
  run: 'Off by hours',
}
export type ActVerdict = keyof typeof DO_WORDS

/** `98 TH/s, 2450 W (eco)`; the figures as they are set, the same in every language. */
export const pointWords = ({ name, hashrateThs, powerW }: LadderPoint): string =>
  `${hashrateThs} TH/s, ${powerW} W${name === '' ? '' : ` (${name})`}`

/**
 * What a line of a work list says: `Power down until 2026-11-28`, `Set to 98 TH/s, 2450 W (eco)`; the day is the same in every language.
 * @param untilMs NaN: not known
 * @param point that it is to run at; null: its own
 */
export function doWords(verdict: ActVerdict, untilMs: number, point: LadderPoint | null = null): string {
  const words = DO_WORDS[verdict]
  if (verdict === 'profile') return point === null ? words : `${words} ${pointWords(point)}`
  if (verdict === 'start' && point !== null) return `${words} at ${pointWords(point)}`
  if (!words.endsWith('until')) return words
  return Number.isFinite(untilMs)
    ? `${words} ${new Date(untilMs).toISOString().slice(0, 10)}`
    : `${words} the adjustment`
}

/** What such words mean, upper and lower case alike; null where they are none. */
export function actOfDoWords(words: string): ActVerdict | null {
  const folded = words.trim().toLowerCase()
  const longestFirst = ['pause', 'off', 'start-until', 'start', 'profile', 'run'] as const
  return longestFirst.find((act) => folded.startsWith(DO_WORDS[act].toLowerCase())) ?? null
}

/** The figures of the operating point that such words name; null where they name none. */
export function pointOfDoWords(words: string): OperatingPoint | null {
  const found = /([\d.]+)\s*TH\/s,\s*([\d.]+)\s*W\b/i.exec(words)
  const [hashrateThs, powerW] = [Number(found?.[1]), Number(found?.[2])]
  return hashrateThs > 0 && powerW > 0 ? { hashrateThs, powerW } : null
}

/** Marks of a line that is done, as people make them. */
const DONE = new Set([
  'yes',
  'y',
  'x',
  'xx',
  'done',
  'ok',
  'true',
  '✓',
  '✔',
  '☑',
  '✅',
  'ja',
  'oui',
  'si',
  'sí',
  '1',
])
const NOT_DONE = new Set(['', 'no', 'n', 'false', '0', '-', '–', 'nein', 'non', '☐', '☒', 'open'])

/**
 * How many machines of a line are done by its mark; null where the mark says neither. In a lot a number is the number of its machines.
 */
export function doneOf(mark: string, machines: number): number | null {
  const folded = mark.trim().toLowerCase()
  if (machines > 1 && /^\d{1,7}$/.test(folded)) {
    const done = Number(folded)
    return done <= machines ? done : null
  }
  if (DONE.has(folded)) return machines
  return NOT_DONE.has(folded) ? 0 : null
}

/** `26 Nov: done, 480 of 512 machines` or `26 Nov: not now, no crew on site`. */
export function recordedWords({
  atMs,
  kind,
  reason,
  advised,
  machinesDone,
  isTakenBack,
}: Pick<RecordedDecision, 'atMs' | 'kind' | 'reason' | 'advised' | 'machinesDone' | 'isTakenBack'>): string {
  const all = machinesCalled(advised)
  return `${dayMonth(atMs)}: ${outcomeWords({ kind, reason, isTakenBack }, all, machinesDone)}`
}

function outcomeWords(
  { kind, reason, isTakenBack }: Pick<RecordedDecision, 'kind' | 'reason' | 'isTakenBack'>,
  advised: number,
  done: number,
): string {
  const what =
    kind === 'not-now'
      ? `not now${reason === '' ? '' : `, ${reason}`}`
      : `done, ${done < advised ? `${count(done)} of ` : ''}${counted(Math.max(advised, done), 'machine')}`
  return `${what}${isTakenBack ? ' (taken back)' : ''}`
}

/** The same of one lot, with what was advised for it: `Power down: done, 3 of 4 machines`. */
export function machineDecisionWords({
  act,
  advised,
  done,
  ...decision
}: Pick<RecordedDecision, 'kind' | 'reason' | 'isTakenBack'> & {
  readonly act: Verdict
  readonly advised: number
  readonly done: number
}): string {
  return `${VERDICT_WORDS[act]}: ${outcomeWords(decision, advised, done)}`
}
