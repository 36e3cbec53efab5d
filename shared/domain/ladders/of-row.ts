import { labelAt } from '../fleet/columns.ts'
import type { Model } from '../fleet/catalogue.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { ladderMatcher } from './ladder-match.ts'
import type { Ladder, OperatingPoint } from './point.ts'

/** Every ladder that may be a machine's: those the operator has stored, and those that ship with the program. */
export type KnownLadders = {
  /** measured on one machine or lot, by the key of its row */
  readonly ofLots: readonly { readonly machineKey: number; readonly ladder: Ladder }[]
  /** the operator's own, by model and firmware */
  readonly ofModels: readonly Ladder[]
  readonly shipped: readonly Ladder[]
  /** what is said for machines that name no firmware of their own; absent: nothing */
  readonly firmware?: string
}

/** What a machine's firmware offers, as far as anybody has said. */
export type RowLadders = {
  /** the ladder that decides; null: none is known to be this machine's */
  readonly counted: Ladder | null
  /** ladders that would fit if the machine had their firmware: offered, never assumed. Empty where one counts. */
  readonly possible: readonly Ladder[]
}

const NONE: RowLadders = { counted: null, possible: [] }

/**
 * Which ladders are a row's. Its own measured ladder counts before all others. Else the stored ladders of its model: that of the
 * firmware that the machine is said to have, or the only one where it names none. A shipped ladder counts only for a machine that
 * names its firmware. What else fits the model is possible.
 *
 * @param models the catalogue, by which names of models are understood
 * @returns (fleet, row) → its ladders; rows of a like model, hashrate bin and firmware get the same object
 */
export function rowLadders(
  models: readonly Model[],
  known: KnownLadders,
): (fleet: Fleet, row: number) => RowLadders {
  const ofLot = new Map(known.ofLots.map(({ machineKey, ladder }) => [machineKey, only(ladder)]))
  const ofModels = ladderMatcher(models, known.ofModels)
  const shipped = ladderMatcher(models, known.shipped)
  const answers = new Map<readonly Ladder[], Map<readonly Ladder[], Map<string, RowLadders>>>()

  return ({ machines }, row) => {
    const own = ofLot.size === 0 ? undefined : ofLot.get(machines.key[row]!)
    if (own !== undefined) return own
    const model = labelAt(machines.model, row)
    const hashrateThs = machines.hashrateThs[row]!
    const stored = ofModels(model, hashrateThs)
    const offered = shipped(model, hashrateThs)
    if (stored.length === 0 && offered.length === 0) return NONE
    const firmware = labelAt(machines.firmware, row) || (known.firmware ?? '')
    const byShipped = within(answers, stored, () => new Map<readonly Ladder[], Map<string, RowLadders>>())
    const byFirmware = within(byShipped, offered, () => new Map<string, RowLadders>())
    return within(byFirmware, firmware, () => chosen(stored, offered, firmware))
  }
}

const only = (ladder: Ladder): RowLadders => ({ counted: ladder, possible: [] })

function chosen(stored: readonly Ladder[], shipped: readonly Ladder[], firmware: string): RowLadders {
  if (firmware === '') {
    const [first, ...others] = stored
    if (first === undefined) return { counted: null, possible: shipped }
    return others.length === 0 ? only(first) : { counted: null, possible: stored }
  }
  for (const ladders of [stored, shipped]) {
    const [first, ...others] = ofFirmware(ladders, firmware)
    if (first !== undefined)
      return others.length === 0 ? only(first) : { counted: null, possible: [first, ...others] }
    // An operator's own ladder that names no firmware is meant for every machine of its model.
    const unnamed = ladders === stored ? stored.find((ladder) => ladder.firmware === '') : undefined
    if (unnamed !== undefined) return only(unnamed)
  }
  return { counted: null, possible: [...stored, ...shipped] }
}

/** Ladders of the very firmware, else those of that firmware where one of the two says no version. */
function ofFirmware(ladders: readonly Ladder[], firmware: string): readonly Ladder[] {
  const wanted = readFirmware(firmware)
  const read = ladders.map((ladder) => ({ ladder, ...readFirmware(ladder.firmware) }))
  const exact = read.filter(({ name, version }) => name === wanted.name && version === wanted.version)
  const found =
    exact.length > 0
      ? exact
      : read.filter(({ name, version }) => name === wanted.name && (version === '' || wanted.version === ''))
  return found.map(({ ladder }) => ladder)
}

/** "LuxOS 2025.4.8" → name "luxos", version "2025.4.8". */
function readFirmware(text: string): { readonly name: string; readonly version: string } {
  const words = text.normalize('NFKC').toLowerCase().trim().split(/\s+/)
  const at = words.findIndex((word, i) => i > 0 && /^v?\d/.test(word))
  return at === -1
    ? { name: words.join(' '), version: '' }
    : { name: words.slice(0, at).join(' '), version: words.slice(at).join(' ').replace(/^v/, '') }
}

/**
 * Whether no point of a ladder is ever better than running as the machine runs now: none has more hashrate, and none has less
 * power. False where a figure of the machine is missing (NaN).
 */
export function isDominated(points: readonly OperatingPoint[], own: OperatingPoint): boolean {
  return points.every(({ hashrateThs, powerW }) => hashrateThs <= own.hashrateThs && powerW >= own.powerW)
}

function within<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
