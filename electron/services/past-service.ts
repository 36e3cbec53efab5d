import { MS_PER_HOUR } from '#shared/domain/units.ts'
import type {
  Past,
  PastStatus,
  ImportedPast,
  NetworkFileLook,
  NetworkFileSummary,
} from '#shared/ipc/schemas/past.ts'
import type { FileParts } from '#electron/store/sqlite/client.ts'
import { sourceOrder } from '#shared/ipc/sources.ts'
import { sourcePermits } from '#electron/sources/ask.ts'
import { createHttp } from '#electron/sources/http.ts'
import { outgoing } from '#electron/sources/outgoing.ts'
import type { AskingOptions } from './asking-options.ts'
import { filledBy } from './past-marks.ts'
import type { PastStore } from './past-run.ts'
import { runPast } from './past-run.ts'
import { nodeTimers } from './timers.ts'

export type PastServiceOptions = AskingOptions & {
  readonly store: PastStore
  /** after every change of what {@link HistoryService.status} answers */
  readonly onChange?: (status: PastStatus) => void
}

export type PastService = {
  /** The history as it counts now. */
  read(): Promise<Past>
  status(): Promise<PastStatus>
  /** Starts to fill the history from where each part ends; returns the status at once. One run at a time. */
  backfill(): Promise<PastStatus>
  /** As {@link backfill}, and resolves when the run has ended. For the command line. */
  backfillToEnd(): Promise<PastStatus>
  /** Stops the run that is under way; what it has stored stays. */
  stopBackfill(): Promise<PastStatus>
  importDaily(path: string): Promise<ImportedPast>
  exportDaily(path: string): Promise<{ readonly days: number }>
  forgetImported(): Promise<{ readonly days: number }>
  /** @param withCase also contracts, policies, ladders, limits and what sites pay */
  exportNetworkFile(path: string, withCase?: boolean): Promise<NetworkFileSummary>
  /**
   * parts: what the file holds of these, not stored yet; null: none
   * @param madeAtMs of the file that was looked into: another one is refused
   */
  importNetworkFile(
    path: string,
    madeAtMs?: number,
  ): Promise<NetworkFileSummary & { readonly parts: FileParts | null }>
  /** What it would bring; nothing is stored. */
  lookIntoNetworkFile(path: string): Promise<NetworkFileLook & { readonly parts: FileParts | null }>
  /** From now on keeps a once filled history up to date, where the settings want it. */
  start(): void
  /** Ends the running back-fill; nothing is stored after it resolves. */
  stop(): Promise<void>
}

/** Years in one answer take a server longer than the latest value does. */
const TIMEOUT_MS = 30_000
const MAX_BYTES = 16_000_000
/** Not at once, which would slow the start, and not on the hour, when everyone asks. */
const FIRST_LOOK_MS = 60_000
const LOOK_MS = MS_PER_HOUR
const JITTER = 0.2
/** A day is over once a day; a little less keeps the hour from wandering through the day. */
const REFILL_AFTER_MS = 20 * MS_PER_HOUR

type Run = { readonly stop: () => void; readonly ended: Promise<void> }

export function createPastService(options: PastServiceOptions): PastService {
  const { store, version } = options
  const nowMs = options.nowMs ?? Date.now
  const timers = options.timers ?? nodeTimers
  const random = options.random ?? Math.random
  let run: Run | null = null
  let progress: PastStatus['progress'] = null
  let faults: PastStatus['faults'] = []
  let finishedMs: number | null = null
  /** how the last run of this program ended; null: there was none */
  let wasComplete: boolean | null = null
  let started = false
  let hasLeft = false
  let timer: unknown = null

  async function status(): Promise<PastStatus> {
    const [revision, marks, settings] = await Promise.all([
      store.readPastRevision(),
      store.readPastMarks(),
      store.readSettings(),
    ])
    const { newestMs, isBehind } = filledBy(marks, settings, nowMs())
    const unfinished = isBehind || wasComplete === false
    return {
      revision,
      running: run !== null,
      progress,
      finishedMs: finishedMs ?? (unfinished ? null : newestMs),
      unfinished,
      faults,
    }
  }
  async function tell(): Promise<PastStatus> {
    const now = await status()
    options.onChange?.(now)
    return now
  }

  async function fill(signal: AbortSignal): Promise<void> {
    faults = []
    const result = await runPast({
      store,
      nowMs,
      bitcoindPassword: options.bitcoindPassword,
      isStopped: () => signal.aborted,
      http: createHttp({
        leave: outgoing(async () => sourcePermits(await options.store.readSettings()), options.fetch),
        userAgent: `Strikeline/${version}`,
        nowMs,
        timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
        maxBytes: options.maxBytes ?? MAX_BYTES,
        signal,
        ...(options.lanes === undefined ? {} : { lanes: options.lanes }),
      }),
      async onProgress(now) {
        progress = now
        await tell()
      },
    })
    faults = result.faults
    wasComplete = result.isComplete
    if (result.isComplete) finishedMs = nowMs()
  }

  /** The running back-fill, else a new one. Its end rejects only for an unexpected fault. */
  function begin(): Run {
    if (run !== null) return run
    const controller = new AbortController()
    if (hasLeft) controller.abort()
    const ended = fill(controller.signal)
      .catch((error: unknown) => {
        wasComplete = false
        throw error
      })
      .finally(async () => {
        run = null
        progress = null
        await tell()
      })
    run = { stop: () => controller.abort(), ended }
    return run
  }

  const failed = (error: unknown) => options.onError?.(error)

  async function stopRun(): Promise<void> {
    const current = run
    current?.stop()
    // The caller gets the fault.
    await current?.ended.catch(() => undefined)
  }

  function look(): void {
    const work = async () => {
      const [settings, marks] = await Promise.all([store.readSettings(), store.readPastMarks()])
      const { newestMs } = filledBy(marks, settings, nowMs())
      if (!hasLeft && settings.autoRefresh && newestMs !== null && nowMs() - newestMs > REFILL_AFTER_MS)
        await begin().ended
    }
    void work()
      .catch(failed)
      .finally(() => plan(LOOK_MS))
  }
  function plan(delayMs: number): void {
    timers.clear(timer)
    if (started) timer = timers.set(look, delayMs * (1 + JITTER * random()))
  }

  const order = async () => sourceOrder((await store.readSettings()).networkOrder)

  return {
    status,
    read: async () => store.readPast(await order(), nowMs()),
    backfill() {
      begin().ended.catch(failed)
      return status()
    },
    async backfillToEnd() {
      await begin().ended
      return status()
    },
    async stopBackfill() {
      await stopRun()
      return status()
    },
    async importDaily(path) {
      const imported = await store.importDaily(path, nowMs())
      await tell()
      return imported
    },
    exportDaily: async (path) => store.exportDaily(path, await order(), nowMs()),
    async forgetImported() {
      const forgotten = await store.forgetImported()
      await tell()
      return forgotten
    },
    exportNetworkFile: (path, withCase = false) => store.exportNetworkFile(path, nowMs(), version, withCase),
    lookIntoNetworkFile: (path) => store.lookIntoNetworkFile(path, nowMs()),
    async importNetworkFile(path, madeAtMs) {
      const { fleetChanged, ...summary } = await store.importNetworkFile(path, nowMs(), madeAtMs)
      if (fleetChanged) await options.onFleetChanged?.()
      await tell()
      return summary
    },
    start() {
      if (started) return
      started = true
      plan(FIRST_LOOK_MS)
    },
    async stop() {
      started = false
      hasLeft = true
      timers.clear(timer)
      await stopRun()
    },
  }
}
