/** Clocks differ by so much without anyone noticing; what is dated further ahead is not believed. */
export const CLOCK_TOLERANCE_MS = 600_000
