import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileMark, isSameMark } from '#electron/files/bytes.ts'
import type { FileMark } from '#electron/files/bytes.ts'
import { FileFaults } from '#electron/files/questions.ts'
import { priceDigest } from '#electron/files/sites/read-market-prices.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { WatchedFault, WatchedFile } from '#electron/store/port.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { WatchedPrices } from '#shared/ipc/schemas/watched.ts'
import { pricesAt, readPrices } from './part-files.ts'
import type { PartFile } from './part-files.ts'
import { storePartFile } from './part-imports.ts'
import { nodeTimers, type Timers } from './timers.ts'

type WatchStore = Pick<
  Store,
  | 'readWatchedFiles'
  | 'markWatchedFile'
  | 'readFleetRevision'
  | 'readContracts'
  | 'takeParts'
  | 'findUnanswered'
  | 'rememberAnswers'
>

/** A file is read once it has been the same for so long: no message of the system says when a writer has ended, least of all over a network. */
const EVERY_MS = 3000
/** Bound of the fault in the contract of the calls. */
const LONGEST_FAULT = 2000

/**
 * Reads a watched file and stores its prices as an import would, in one transaction and one step of undo. Where they are refused, are
 * surprising, or the file is gone, the stored ones stay and why is noted.
 * @param accepted names of questions about it that were answered with yes
 * @param mayStore asked after the file was read, which may take long
 * @returns whether the prices were stored
 */
async function readAgain(
  store: WatchStore,
  { key, site, field, path, decimalSign, fault: before }: WatchedFile,
  { accepted = [], mayStore = () => true }: { accepted?: readonly string[]; mayStore?: () => boolean } = {},
): Promise<boolean> {
  const mark = await fileMark(path)
  const madeFrom = await store.readFleetRevision()
  const read = await readPrices(store, site, path, decimalSign, field).catch(refusalOf)
  // What is being written is looked at when it rests.
  if (!isSameMark(mark, await fileMark(path)) || !mayStore()) return false
  const rules = { replace: true, leaveUnknown: false, isWatched: true, accepted: new Set(accepted), madeFrom }
  const refused =
    read instanceof StrikelineError ? read : await storePartFile(store, read, rules).catch(refusalOf)
  if (!(refused instanceof StrikelineError)) return true
  // Whoever has changed the fleet meanwhile: the next look reads it again.
  if (refused.code === 'conflict') return false
  const isQuestion = refused instanceof FileFaults && refused !== read
  const message = isQuestion ? questionOf(read as PartFile) : refused.message
  const fault: WatchedFault = {
    message: message.slice(0, LONGEST_FAULT),
    sinceMs: before?.message === message ? before.sinceMs : Date.now(),
    isQuestion,
  }
  await store.markWatchedFile(key, mark, fault)
  return false
}

const questionOf = ({ doubts }: PartFile): string => doubts.map(({ message }) => message).join(' ')

function refusalOf(error: unknown): StrikelineError {
  if (error instanceof StrikelineError) return error
  throw error
}

/** Whether a file is another one than that which was looked into last. */
const isChanged = (watched: WatchedFile, mark: FileMark | null): boolean =>
  !isSameMark(watched.mark, mark) || (watched.digest === null && watched.fault === null)

/** Watched files and how they stand to what is stored, as they are shown. */
export async function watchedPrices(
  store: Pick<Store, 'readWatchedFiles' | 'readContracts'>,
): Promise<WatchedPrices> {
  const watched = await store.readWatchedFiles()
  if (watched.length === 0) return []
  const { contracts } = await store.readContracts()
  return watched.map(({ key, siteKey, site, field, path, digest, readAtMs, fault }) => {
    const contract = contracts.find((each) => each.siteKey === siteKey)?.contract
    const stored = contract === undefined ? null : pricesAt(contract, field)
    const isStored = stored !== null && digest === priceDigest(stored)
    return { key, siteKey, site, field, path, fileName: basename(path), readAtMs, isStored, fault }
  })
}

/** How long the command line waits for a file that is being written, and how often it looks. */
const LOOK_AGAIN_MS = 500
const MOST_LOOKS = 10

/**
 * Reads what has changed of the watched files, once, before an answer rests on their prices.
 * @returns a sentence for each whose prices are older than the file
 */
export async function readChangedFiles(store: WatchStore): Promise<readonly string[]> {
  for (const watched of await store.readWatchedFiles()) {
    let mark = await fileMark(watched.path)
    for (let look = 0; isChanged(watched, mark) && look < MOST_LOOKS; look++) {
      await wait(LOOK_AGAIN_MS)
      const before = mark
      mark = await fileMark(watched.path)
      if (!isSameMark(before, mark)) continue
      await readAgain(store, watched)
      break
    }
  }
  const known = await store.readWatchedFiles()
  const marks = await Promise.all(known.map(({ path }) => fileMark(path)))
  return known.flatMap((watched, i) => {
    const { site, path, readAtMs, fault } = watched
    if (fault === null && !isChanged(watched, marks[i] ?? null)) return []
    const since = readAtMs === null ? 'none were read' : `those of ${new Date(readAtMs).toISOString()} count`
    const remedy =
      fault?.isQuestion === true ? ' If it is right, `contracts import` with --accept mean takes it.' : ''
    return [
      `prices of ${site}: ${fault?.message ?? `${basename(path)} is being written`} (${since}).${remedy}`,
    ]
  })
}

/** Whether a watched file has changed: then it is to be read before an answer rests on it. */
export async function hasChangedFiles(watched: readonly WatchedFile[]): Promise<boolean> {
  const marks = await Promise.all(watched.map(({ path }) => fileMark(path)))
  return watched.some((each, i) => each.fault !== null || isChanged(each, marks[i] ?? null))
}

export type PriceWatchOptions = {
  readonly store: WatchStore
  /** prices were stored: the fleet has another revision */
  readonly onFleetChanged: () => Promise<void>
  /** after every change of what {@link PriceWatch.read} answers */
  readonly onChange: (watched: WatchedPrices) => void
  readonly timers?: Timers
  /** the first fault of ours of a row of them; the next look is made all the same */
  readonly onError: (error: unknown) => void
}

export type PriceWatch = {
  read(): Promise<WatchedPrices>
  /** Reads a file now. @throws StrikelineError 'not-found' where it is not watched any more */
  readAgain(key: number, accepted: readonly string[]): Promise<WatchedPrices>
  /** Tells what is watched where it is something else than was told last. */
  tell(): Promise<void>
  /** Looks at the files every few seconds from now on. */
  start(): void
  /** Nothing is stored after it has resolved. A file of a network that does not answer is not waited for. */
  stop(): Promise<void>
}

export function createPriceWatch(options: PriceWatchOptions): PriceWatch {
  const { store, onFleetChanged, onChange, onError, timers = nodeTimers } = options
  let started = false
  let stopped = false
  let timer: unknown = null
  let isFailing = false
  let told = '[]'
  /** what files were at the last look, by path */
  let seen = new Map<string, FileMark | null>()
  /** what is being stored */
  let storing: Promise<unknown> = Promise.resolve()

  async function tell(): Promise<void> {
    const now = await watchedPrices(store)
    const text = JSON.stringify(now)
    if (text === told) return
    told = text
    onChange(now)
  }

  async function readOne(watched: WatchedFile, accepted: readonly string[] = []): Promise<void> {
    const reading = readAgain(store, watched, {
      accepted,
      mayStore() {
        if (!stopped) storing = reading
        return !stopped
      },
    })
    if (await reading) await onFleetChanged()
  }

  async function look(): Promise<void> {
    const watched = await store.readWatchedFiles()
    const now = new Map<string, FileMark | null>()
    for (const each of watched) {
      const { path } = each
      now.set(path, await fileMark(path))
      const rests = seen.has(path) && isSameMark(seen.get(path)!, now.get(path)!)
      if (stopped) return
      if (rests && isChanged(each, now.get(path)!)) await readOne(each)
    }
    seen = now
    if (!stopped) await tell()
  }

  async function lookOnce(): Promise<void> {
    try {
      await look()
      isFailing = false
    } catch (error) {
      if (!isFailing && !stopped) onError(error)
      isFailing = true
    }
  }

  function plan(): void {
    if (stopped) return
    timer = timers.set(() => void lookOnce().then(plan), EVERY_MS)
  }

  return {
    read: () => watchedPrices(store),
    async readAgain(key, accepted) {
      const watched = (await store.readWatchedFiles()).find((each) => each.key === key)
      if (watched === undefined) throw new StrikelineError('not-found', 'This file is not watched any more.')
      await readOne(watched, accepted)
      await tell()
      return watchedPrices(store)
    },
    tell,
    start() {
      if (started) return
      started = true
      void lookOnce().then(plan)
    },
    async stop() {
      stopped = true
      timers.clear(timer)
      // Whoever waits for its answer hears of a fault.
      await Promise.allSettled([storing])
    },
  }
}
