import { nextUniform, type RandomState } from '#shared/domain/ahead/simulate/random.ts'

/** A whole number from 0 to below `most`. */
export const below = (random: RandomState, most: number): number => Math.floor(nextUniform(random) * most)
const oneOf = <T>(random: RandomState, choices: readonly T[]): T => choices[below(random, choices.length)]!

/** What stands in files of others in the place of a number. */
const ODD_NUMBERS = [
  'NaN',
  'Infinity',
  '-1',
  '1e308',
  '9'.repeat(400),
  '0x10',
  '1,5',
  '1.234.567',
  '１２',
  '-0',
  '',
]
const SIGNS = [',', ';', '\t', '\n', '"', '.', '{', ']', '\0', '\ufeff', ' ']

type Spoil = (bytes: Buffer, random: RandomState) => Buffer

/** A piece of the file, 1 to 200 bytes long. */
function piece(bytes: Buffer, random: RandomState): readonly [from: number, to: number] {
  const from = below(random, bytes.length)
  return [from, Math.min(bytes.length, from + 1 + below(random, 200))]
}
/** Puts a text in the place of the nth match; the file as it is where there is none. */
function exchange(bytes: Buffer, random: RandomState, what: RegExp, by: string): Buffer {
  const text = bytes.toString('latin1')
  const matches = [...text.matchAll(what)]
  if (matches.length === 0) return bytes
  const { 0: found, index } = oneOf(random, matches)
  return Buffer.concat([bytes.subarray(0, index), Buffer.from(by), bytes.subarray(index + found.length)])
}

const SPOILS: readonly Spoil[] = [
  (bytes, random) => {
    const flipped = Buffer.from(bytes)
    flipped[below(random, bytes.length)]! ^= 1 << below(random, 8)
    return flipped
  },
  (bytes, random) => bytes.subarray(0, below(random, bytes.length)),
  (bytes, random) => {
    const [from, to] = piece(bytes, random)
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
  },
  (bytes, random) => {
    const [from, to] = piece(bytes, random)
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)])
  },
  (bytes, random) => {
    const [from, to] = piece(bytes, random)
    return Buffer.from(bytes).fill(0, from, to)
  },
  (bytes, random) => {
    const [from] = piece(bytes, random)
    const strange = Buffer.from(Array.from({ length: 1 + below(random, 40) }, () => below(random, 256)))
    return Buffer.concat([bytes.subarray(0, from), strange, bytes.subarray(from)])
  },
  (bytes, random) => exchange(bytes, random, /\d+(?:\.\d+)?/g, oneOf(random, ODD_NUMBERS)),
  (bytes, random) => exchange(bytes, random, /\d/g, String(below(random, 10))),
  (bytes, random) => exchange(bytes, random, /[,;\t\n".{}[\]:]/g, oneOf(random, SIGNS)),
  (bytes) => Buffer.from(`\ufeff${bytes.toString('latin1')}`, 'utf16le'),
]

/** The file with one to three things wrong with it; never the same file. */
export function spoiled(sound: Buffer, random: RandomState): Buffer {
  let bytes = sound
  for (let i = 1 + below(random, 3); i > 0 && bytes.length > 0; i--)
    bytes = oneOf(random, SPOILS)(bytes, random)
  return bytes.equals(sound) ? spoiled(sound, random) : bytes
}
