import type { StateCreator } from 'zustand'
import type { Market } from '#shared/domain/decision/market.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import type { Flips } from '#shared/format/shown-flip.ts'
import type { GroupHead, Look, MarketInputs, Question, ShownEntry } from '../engine/protocol.ts'
import { isMarketMoved } from './question.ts'
import type { WindowState } from './store.ts'

/** The fleet as the engine saw it last, with the market that it was asked for. */
export type Picture = Look & {
  readonly question: Question
  /** null while the network is not known */
  readonly market: Market | null
  /** null: not asked for yet, since they take many looks; dropped with the market that they are of */
  readonly flips: Flips | null
}

export type PictureSlice = {
  /** null until the engine's first answer */
  readonly picture: Picture | null
  /** why the engine no longer answers, in words */
  readonly engineFault: string | null
  /** the figures on screen are of an older question, and have been for a while */
  readonly isWorking: boolean
}

export const pictureSlice: StateCreator<WindowState, [], [], PictureSlice> = () => ({
  picture: null,
  engineFault: null,
  isWorking: false,
})

type Values = Readonly<Record<string, unknown>>
const isSame = (a: Values, b: Values): boolean => Object.keys(b).every((name) => Object.is(a[name], b[name]))

/** Machines are known by their keys, groups by their names. */
const knownBy = (entry: ShownEntry) => (entry.kind === 'row' ? entry.key : nameOf(entry))
const nameOf = ({ name }: GroupHead) => name

/** The entries, with those that are as they were as the same objects: what has not changed need not be drawn again. */
export function withKnownEntries(
  entries: readonly ShownEntry[],
  known: readonly ShownEntry[],
): readonly ShownEntry[] {
  const before = new Map(known.map((entry) => [knownBy(entry), entry]))
  const merged = entries.map((entry) => {
    const same = before.get(knownBy(entry))
    return same !== undefined && isSame(same, entry) ? same : entry
  })
  return merged.length === known.length && merged.every((entry, i) => entry === known[i]) ? known : merged
}

/** What follows from fleet, market and prices alone, and not from the order of the rows or the place in the table. */
function withKnownFigures(look: Look, question: Question, before: Picture): Look {
  if (isMarketMoved(question, before.question)) return look
  const { totals, advice, sitesToCall, realMarginUsdPerDay, line } = before
  return { ...look, totals, advice, sitesToCall, realMarginUsdPerDay, line }
}

/** The market of a question; the one at hand where it is of the same inputs. */
function marketFrom(inputs: MarketInputs | null, before: Picture | null): Market | null {
  if (inputs === null) return null
  return before?.question.market === inputs
    ? before.market
    : marketOf(inputs.conditions, inputs.choices, inputs.nowMs)
}

/**
 * What the page keeps of an answer.
 * @param before the picture of the same fleet; null where there is none
 */
export function pictureFrom(look: Look, question: Question, before: Picture | null): Picture {
  return {
    ...(before === null ? look : withKnownFigures(look, question, before)),
    entries: withKnownEntries(look.entries, before?.entries ?? []),
    question,
    market: marketFrom(question.market, before),
    flips: before === null || isMarketMoved(question, before.question) ? null : before.flips,
  }
}
