/**
 * The constants of the field and of the calendar, each once. A pass over a fleet keeps a local copy of what it reads per row:
 * reading an exported binding per row doubled such a pass (measured).
 */

/** Blocks between two difficulty adjustments. */
export const BLOCKS_PER_EPOCH = 2016
/** Blocks between two halvings of the subsidy. */
export const BLOCKS_PER_HALVING = 210_000
/** Seconds that the protocol aims for between two blocks. */
export const SECONDS_PER_BLOCK = 600
/** Seconds of an epoch at that pace: 14 days. */
export const EPOCH_TARGET_SECONDS = BLOCKS_PER_EPOCH * SECONDS_PER_BLOCK

export const SECONDS_PER_DAY = 86_400
export const MS_PER_MINUTE = 60_000
export const MS_PER_HOUR = 3_600_000
export const MS_PER_DAY = 86_400_000
export const HOURS_PER_DAY = 24
/** Julian year: what is said per year is spread over its days. */
export const DAYS_PER_YEAR = 365.25
/** A month is a twelfth of a year: what is paid per month is spread over its days and hours. */
export const DAYS_PER_MONTH = DAYS_PER_YEAR / 12
export const HOURS_PER_MONTH = DAYS_PER_MONTH * HOURS_PER_DAY

export const THS_PER_PHS = 1000
export const W_PER_KW = 1000
export const WH_PER_KWH = 1000

export const SATS_PER_BTC = 100_000_000
export const CENTS_PER_USD = 100

/** Day of the first block, 3 January 2009, in days since 1970. */
export const GENESIS_DAY = 14_247
