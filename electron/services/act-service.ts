import { basename } from 'node:path'
import { conditionsOf } from '#shared/ipc/conditions.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import type { ActMarket, ActRequest, MarkedListPreview, Recorded } from '#electron/store/port.ts'
import type { Store } from '#electron/store/sqlite/client.ts'

type Ports = {
  readonly store: Pick<
    Store,
    | 'readSettings'
    | 'readDecisions'
    | 'recordActs'
    | 'takeBackDecision'
    | 'writeWorkList'
    | 'previewWorkList'
    | 'confirmWorkList'
    | 'discardWorkList'
  >
  readonly readNetwork: () => Promise<NetworkState>
  readonly nowMs: () => number
}

/** Most decisions that are read at once. */
const MOST_READ = 500

/** `by` absent: nobody was asked; '': nobody says */
type Said<T> = Omit<T, 'atMs' | 'by'> & { readonly by?: string }

/** What was done about the advice. `seenAtMs`: the moment that the advice was looked at from; null: now. */
export type ActService = {
  /** Newest first. */
  read(atMost?: number): Promise<readonly RecordedDecision[]>
  /** Who decides is the one that the setting names, where the request says nobody. */
  record(seenAtMs: number | null, request: Said<ActRequest>): Promise<Recorded>
  takeBack(key: number): Promise<void>
  /** @param site null: every site */
  saveWorkList(
    path: string,
    seenAtMs: number | null,
    site: string | null,
  ): Promise<{ readonly fileName: string; readonly rows: number }>
  /** Reads a work list that has come home; nothing is stored. */
  preview(path: string, seenAtMs: number | null): Promise<MarkedListPreview>
  /** @param by who did it, for lines that do not say it; absent: who the setting names */
  confirm(token: string, accepted: boolean, by?: string): Promise<Recorded>
  discard(token: string): Promise<void>
}

export function createActService({ store, readNetwork, nowMs }: Ports): ActService {
  /** of the waiting list, so that it is judged by the same moment when it is confirmed */
  let previewed: number | null = null

  async function market(seenAtMs: number | null): Promise<ActMarket> {
    const [network, { horizonDays }] = await Promise.all([readNetwork(), store.readSettings()])
    const conditions = conditionsOf(network)
    if (conditions === null)
      throw new StrikelineError(
        'not-found',
        'There is no advice, because the network is not known: refresh the sources, or type its values.',
      )
    return { conditions, horizonDays, nowMs: seenAtMs ?? network.readAtMs }
  }

  const byWhom = async (said: string | undefined) => said ?? (await store.readSettings()).decidedBy

  return {
    read: (atMost = MOST_READ) => store.readDecisions(atMost),
    record: async (seenAtMs, request) =>
      store.recordActs(await market(seenAtMs), {
        ...request,
        by: await byWhom(request.by),
        atMs: nowMs(),
      }),
    takeBack: (key) => store.takeBackDecision(key),
    async saveWorkList(path, seenAtMs, site) {
      const { rows } = await store.writeWorkList(path, await market(seenAtMs), site, seenAtMs ?? nowMs())
      return { fileName: basename(path), rows }
    },
    async preview(path, seenAtMs) {
      previewed = seenAtMs
      return store.previewWorkList(path, await market(seenAtMs), nowMs())
    },
    confirm: async (token, accepted, by) =>
      store.confirmWorkList(token, await market(previewed), accepted, await byWhom(by), nowMs()),
    discard: (token) => store.discardWorkList(token),
  }
}
