import type { PastStatus } from '#shared/ipc/schemas/past.ts'
import { SOURCES, sourceOrder } from '#shared/ipc/sources.ts'
import type { DailySeries } from '#shared/domain/signals/daily-series.ts'
import { sourceWord } from '#shared/format/words.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { AskedSource } from '#electron/sources/ask.ts'
import { askedSources, inWords, isAsked } from '#electron/sources/ask.ts'
import { faultOfPiece } from '#electron/sources/past/sanity.ts'
import type { PastPart, PastEpoch, PastPiece, PastQuestion } from '#electron/sources/past/part.ts'
import { HISTORY_PARTS } from '#electron/sources/past/parts.ts'
import type { Http } from '#electron/sources/http.ts'
import { SourceFault } from '#electron/sources/http.ts'
import type { AskContext } from '#electron/sources/provider.ts'
import { believedMark } from './past-marks.ts'
import { pauseOf } from './network-round.ts'
import { statusOf } from './network-state.ts'
import type { NodePassword } from './node-credentials.ts'
import { nodeCredentials } from './node-credentials.ts'

export type PastStore = Pick<
  Store,
  | 'readSettings'
  | 'readSourceStatus'
  | 'saveSourceStatus'
  | 'readPast'
  | 'readFetchedPast'
  | 'readPastRevision'
  | 'readPastMarks'
  | 'savePastPiece'
  | 'importDaily'
  | 'exportDaily'
  | 'forgetImported'
  | 'exportNetworkFile'
  | 'importNetworkFile'
  | 'lookIntoNetworkFile'
>

export type PastRunOptions = {
  readonly store: PastStore
  readonly http: Http
  readonly nowMs: () => number
  readonly bitcoindPassword: NodePassword | undefined
  /** true: what is under way was cut off and is not to be stored */
  readonly isStopped: () => boolean
  readonly onProgress: (progress: NonNullable<PastStatus['progress']>) => Promise<void>
}

export type PastRunResult = {
  /** every source was asked for everything, and none failed */
  readonly isComplete: boolean
  readonly faults: PastStatus['faults']
}

/** After these statuses the other parts of the source are skipped: it is asked too much, or refuses. */
const LEAVING = [401, 403, 429, 503]

/**
 * Fills the past, each part of each source from where it ends, one question at a time to be gentle on the servers. Each
 * answer is judged and stored by itself. A source that fails does not stop the others.
 * Rejects only for a fault of the store.
 */
export async function runPast(options: PastRunOptions): Promise<PastRunResult> {
  const { store, nowMs, isStopped } = options
  const [settings, marks] = await Promise.all([store.readSettings(), store.readPastMarks()])
  const order = sourceOrder(settings.networkOrder)
  let done = 0
  let total = 0
  let epochs: readonly PastEpoch[] = []
  const progress = (words: string) => options.onProgress({ words, done, total })

  type Plan = { readonly part: PastPart; readonly questions: readonly PastQuestion[] }
  type Asked = {
    readonly source: AskedSource
    readonly context: AskContext
    readonly faults: SourceFault[]
    readonly plans: Plan[]
    stored: number
  }

  const asked = askedSources(settings)
    .filter(({ name }) => HISTORY_PARTS[name].length > 0)
    .map((source): Asked => ({
      source,
      context: {
        http: options.http,
        nowMs,
        baseUrl: source.url,
        credentials: () => nodeCredentials(options.bitcoindPassword, settings.bitcoindCookieFile, source.url),
      },
      faults: [],
      plans: [],
      stored: 0,
    }))

  const statusNow = async ({ source }: Asked) => statusOf(source, await store.readSourceStatus())

  /** A run takes minutes: a source may be removed or get another address. */
  async function changedFault({ source }: Asked): Promise<SourceFault | null> {
    if (isAsked(source, await store.readSettings())) return null
    const { host } = new URL(source.url)
    return new SourceFault(`${host} is no longer asked, because the settings were changed meanwhile`)
  }

  /** Why a source is not asked, or not any further. */
  async function barred(one: Asked): Promise<SourceFault | null> {
    const { url, addressFault } = one.source
    if (addressFault !== null) return new SourceFault(addressFault)
    const changed = await changedFault(one)
    if (changed !== null) return changed
    const { host } = new URL(url)
    const untilMs = pauseOf(await statusNow(one), nowMs())
    if (untilMs === null) return null
    const until = new Date(untilMs).toISOString().slice(11, 16)
    return new SourceFault(`${host} asked for a pause and is left alone until ${until} UTC`)
  }

  /** Records a fault and the pause it asks for; true: leave the source. */
  async function blame(one: Asked, error: unknown): Promise<boolean> {
    const fault = error instanceof SourceFault ? error : unreadable(one.source, error)
    one.faults.push(fault)
    if (fault.pauseMs !== null)
      await store.saveSourceStatus({ ...(await statusNow(one)), notBeforeMs: nowMs() + fault.pauseMs })
    return fault.status !== null && LEAVING.includes(fault.status)
  }

  async function plan(one: Asked): Promise<void> {
    const fault = await barred(one)
    if (fault !== null) {
      one.faults.push(fault)
      return
    }
    for (const part of HISTORY_PARTS[one.source.name]) {
      if (isStopped()) return
      const throughDay = believedMark(marks, one.source.name, part.name, nowMs())?.throughDay ?? null
      try {
        const questions = await part.questions(one.context, throughDay)
        one.plans.push({ part, questions })
        total += questions.length
      } catch (error) {
        if (isStopped()) return
        if (!(await blame(one, error))) continue
        total -= one.plans.splice(0).reduce((sum, { questions }) => sum + questions.length, 0)
        return
      }
    }
  }

  /** Asks, if the source may still be asked, and judges. Without a result: whether to go on with the part, or with the source. */
  async function answer(
    one: Asked,
    { words, ask }: PastQuestion,
    known: DailySeries,
  ): Promise<PastPiece | 'part failed' | 'source failed'> {
    const leave = (fault: SourceFault) => {
      one.faults.push(fault)
      return 'source failed' as const
    }
    const barrier = await barred(one)
    if (barrier !== null) return leave(barrier)
    try {
      const piece = await ask()
      const changed = await changedFault(one)
      if (changed !== null) return leave(changed)
      const fault = faultOfPiece(piece, known, epochs)
      if (fault === null) return piece
      const { host } = new URL(one.source.url)
      one.faults.push(new SourceFault(`${host}: nothing was taken of its ${words}, because ${fault}`))
      return 'part failed'
    } catch (error) {
      if (isStopped()) return 'source failed'
      return (await blame(one, error)) ? 'source failed' : 'part failed'
    }
  }

  /** Asks the questions of a part until one fails. false: leave the source. */
  async function askPart(one: Asked, { part, questions }: Plan): Promise<boolean> {
    if (questions.length === 0) return true
    const { name } = one.source
    const { series } = await store.readFetchedPast(order, nowMs())
    for (const [i, question] of questions.entries()) {
      if (isStopped()) return false
      await progress(`${sourceWord(name)}: ${question.words}`)
      const piece = await answer(one, question, series)
      if (isStopped()) return false
      if (typeof piece === 'string') {
        // what is given up is no longer ahead
        total -= questions.length - i
        return piece === 'part failed'
      }
      await store.savePastPiece({ ...piece, source: name, part: part.name, fetchedAtMs: nowMs() })
      if (piece.epochs.length > 0) epochs = merged(epochs, piece.epochs)
      one.stored++
      done++
    }
    return true
  }

  async function askAll(one: Asked): Promise<void> {
    for (const [i, plan] of one.plans.entries()) {
      if (await askPart(one, plan)) continue
      for (const { questions } of one.plans.slice(i + 1)) total -= questions.length
      return
    }
  }

  await progress('looking what is missing')
  for (const one of asked) await plan(one)
  for (const one of asked) {
    if (!isStopped()) await askAll(one)
    await keepStatus(one)
  }

  /** Sources of the past alone have no round of their own, so their status is kept here. */
  async function keepStatus(one: Asked): Promise<void> {
    const { source, faults, stored } = one
    if (isStopped() || SOURCES[source.name].offers.length > 0 || (stored === 0 && faults.length === 0)) return
    const status = await statusNow(one)
    await store.saveSourceStatus({
      ...status,
      lastSuccessMs: stored > 0 ? nowMs() : status.lastSuccessMs,
      lastError: inWords(faults),
      notBeforeMs: pauseOf(status, nowMs()),
    })
  }

  const faults = asked.flatMap((one) => {
    const text = inWords(one.faults)
    return text === null ? [] : [{ source: one.source.name, words: text }]
  })
  return { isComplete: !isStopped() && faults.length === 0, faults }
}

function unreadable({ url }: AskedSource, error: unknown): SourceFault {
  return new SourceFault(`The answer of ${new URL(url).host} could not be read: ${String(error)}`, {
    cause: error,
  })
}

/** Of two of the same height the new one counts. In the order of their heights. */
function merged(known: readonly PastEpoch[], more: readonly PastEpoch[]): readonly PastEpoch[] {
  const byHeight = new Map([...known, ...more].map((epoch) => [epoch.height, epoch]))
  return [...byHeight.values()].sort((a, b) => a.height - b.height)
}
