import { MOST_NAME_LENGTH } from '../../fleet/names.ts'

/** What an entry may say at most, however it comes in. */

export const LONGEST_NAME = MOST_NAME_LENGTH
export const LONGEST_REFERENCE = 200
export const LONGEST_NOTE = 1000
export const LONGEST_REASON = 500
/** of a price or a rate */
export const LONGEST_SOURCE = 100

/** Figures beyond these are a slip; those of nine thousand of the largest amounts still add up to the cent. */
export const MOST = {
  /** of any currency, in hundredths of its unit: guaraní are seven thousand to the dollar */
  hundredths: 1e15,
  cents: 1e12,
  /** all bitcoin that there will be */
  sat: 2.1e15,
  wh: 1e15,
  lifeDays: 36_600,
  usdPerBtc: 1e9,
  usdPerUnit: 1e6,
  hashratePhs: 1e7,
  powerKw: 1e9,
  usdPerKwh: 100,
  difficulty: 1e20,
  rewardBtc: 100,
} as const
