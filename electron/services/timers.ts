/** What a schedule waits with. */
export type Timers = {
  readonly set: (work: () => void, delayMs: number) => unknown
  readonly clear: (timer: unknown) => void
}

export const nodeTimers: Timers = {
  set: (work, delayMs) => setTimeout(work, delayMs),
  clear: (timer) => {
    clearTimeout(timer as NodeJS.Timeout)
  },
}
