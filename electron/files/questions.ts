import type { TypedThing } from '#shared/ipc/schemas/remembered.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'

/**
 * What is surprising in a file and may still be right. It is asked once: on the command line the file is refused with the reason, and
 * `--accept NAME` passes it; in the window the preview asks "This is right: …".
 */
export const QUESTIONS = {
  efficiency: 'machines with these J/TH',
  nameplate: 'figures this far from those of the model',
  size: 'machines this large',
  overhead: 'an overhead this high',
  share: 'fees and shares this large or small',
  price: 'power prices this far from the others',
  cost: 'costs of a machine this high',
  'no-machines': 'these rows are no machines and are left out',
  sum: 'these rows are machines',
  mean: 'a price file with this mean',
  network: 'a network with these values',
  value: 'a value this far from the one before',
  'coin-price': 'prices of bitcoin this far from that of the day',
  'payout-size': 'payouts and earnings this far above the usual',
  'kwh-price': 'bills that come to this per kWh',
  'same-again': 'rows of the same day and figures as entries that are booked under another reference or site',
  rate: 'amounts converted at a rate of another day',
} as const
export type QuestionName = keyof typeof QUESTIONS

/** Answers to a column whose decimal sign nothing in the file decides. */
const SIGNS = { 'decimal-point': '.', 'decimal-comma': ',' } as const satisfies Record<string, DecimalSign>

/** Answers to days of which nothing in the file says whether the day or the month comes first. */
const DAY_ORDERS = ['day-first', 'month-first'] as const

export const ACCEPT_NAMES: readonly string[] = [
  ...Object.keys(QUESTIONS),
  ...Object.keys(SIGNS),
  ...DAY_ORDERS,
]

/** The names that were accepted. */
export type Accepted = ReadonlySet<string>
export const NOTHING_ACCEPTED: Accepted = new Set()

export function decimalSignIn(accepted: Accepted): DecimalSign | null {
  for (const [name, sign] of Object.entries(SIGNS)) if (accepted.has(name)) return sign
  return null
}

export const dayOrderIn = (accepted: Accepted): (typeof DAY_ORDERS)[number] | null =>
  DAY_ORDERS.find((order) => accepted.has(order)) ?? null

/** The name that answers an open decimal sign with this one. */
export const acceptedSign = (sign: DecimalSign): keyof typeof SIGNS =>
  sign === '.' ? 'decimal-point' : 'decimal-comma'

export type Question = {
  readonly name: QuestionName
  /** line of the file as a person counts it */
  readonly row: number
  /** '' where the whole row is meant */
  readonly column: string
  readonly message: string
}

/** What a question is about: the answer holds for it, and for nothing else. */
export type AskedThing = {
  readonly name: QuestionName
  /** heading of the field in question; '' where the whole row is meant */
  readonly field: string
  /** folded: the model or site of the rows, or the text by which a row was no machine; '' for none */
  readonly about: string
  /** the figures that were asked about; null where it is no figure */
  readonly least: number | null
  readonly most: number | null
}

/** A typed value that was asked about. */
export const typedValue = ({ field, about, value }: TypedThing): AskedThing => ({
  ...{ name: 'value', field, about },
  ...{ least: value, most: value },
})

/** Says whether the same was answered before. A figure that is far from those that were accepted is another question. */
export type AnswersBefore = (
  thing: Pick<AskedThing, 'name' | 'field' | 'about'>,
  value: number | null,
) => boolean

/** How many times the usual price another price may be before it is asked about. */
export const TIMES_USUAL = 10

/** How far a figure may be from those that were accepted, as a share of them. */
const SAME_WITHIN = 0.1

export function isSameFigure(
  { least, most }: Pick<AskedThing, 'least' | 'most'>,
  value: number | null,
): boolean {
  if (least === null || most === null || value === null) return least === null && value === null
  return value >= least - SAME_WITHIN * Math.abs(least) && value <= most + SAME_WITHIN * Math.abs(most)
}

/** Things, the range of the figures that were seen of each, and in how many rows; the first `limit` of them. */
export function gatheredThings(limit: number) {
  type Gathered = { -readonly [K in keyof AskedThing]: AskedThing[K] } & { rows: number }
  const things = new Map<string, Gathered>()
  return {
    add({ name, field, about }: Pick<AskedThing, 'name' | 'field' | 'about'>, value: number | null): void {
      const key = `${name}\n${field}\n${about}`
      const found = things.get(key)
      if (found === undefined) {
        if (things.size < limit) things.set(key, { name, field, about, least: value, most: value, rows: 1 })
        return
      }
      found.rows++
      if (value === null || found.least === null || found.most === null) return
      found.least = Math.min(found.least, value)
      found.most = Math.max(found.most, value)
    },
    all: (): readonly (AskedThing & { readonly rows: number })[] => [...things.values()],
  }
}

/** What a refusal lists at most. */
const FAULTS_LISTED = 50

/** A file refused for several reasons, a line each; the first says how many more there are. */
export class FileFaults extends StrikelineError {
  readonly lines: readonly string[]
  constructor(sentences: readonly string[], total: number) {
    const more = total - 1
    const [first = '', ...others] = sentences.slice(0, FAULTS_LISTED)
    const lines = [more > 0 ? `${first} (and ${more} more)` : first, ...others]
    super('bad-input', lines.join('\n'))
    this.name = 'FileFaults'
    this.lines = lines
  }
}

/** Something in a file that is hardly right, with what an answer to it holds for. */
export type Doubt = { readonly message: string; readonly asked: AskedThing }

/** Whether the doubts about a file were accepted under a name. @throws FileFaults with all of them where they were not */
export function refuseDoubts(doubts: readonly string[], name: QuestionName, accepted: Accepted): void {
  if (doubts.length > 0 && !accepted.has(name))
    throw new FileFaults(
      doubts.map((doubt) => `${doubt} If it is right, --accept ${name} takes it.`),
      doubts.length,
    )
}
