/** Paths and seed of a simulation where nobody says: those of the command line, the place Plan and reports. */
export const USUAL_PATHS = 10_000
export const USUAL_SEED = 1
