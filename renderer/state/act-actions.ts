import type { SiteToCall } from '#shared/domain/decision/acts/called.ts'
import { countsOf } from '#shared/domain/decision/acts/called.ts'
import type { RecordInput } from '#shared/ipc/schemas/acts.ts'
import type { Result } from '#shared/ipc/errors.ts'
import { counted } from '#shared/format/numbers.ts'
import { api, settle } from '../lib/api.ts'
import { tell, warn } from '../ui/toasts.ts'
import { changed } from './actions.ts'
import { engine } from './engine.ts'
import { useStore } from './store.ts'

/** What a person does about the advice. */

async function told<T>(call: Promise<Result<T>>): Promise<T | null> {
  const answer = await settle(call)
  if (answer.ok) return answer.value
  if (answer.error.code !== 'cancelled') warn(answer.error.message)
  return null
}

/** The moment that the advice on screen is of. */
const seenAtMs = () => useStore.getState().picture?.question.realMarket?.nowMs ?? Date.now()

const shownOf = (site: SiteToCall) => ({ siteKey: site.siteKey, shown: countsOf(site) })

/** Keeps who decides for the next time. */
async function keepBy(by: string | undefined): Promise<void> {
  const { settings, writeSettings } = useStore.getState()
  if (by !== undefined && by !== settings?.decidedBy) await writeSettings({ decidedBy: by })
}

/** @param said by absent: who the settings name */
async function record(
  sites: readonly SiteToCall[],
  said: Pick<RecordInput, 'kind' | 'reason' | 'partly' | 'by'>,
): ReturnType<typeof told<{ readonly machines: number }>> {
  await keepBy(said.by)
  const recorded = await told(api.acts.record({ seenAtMs: seenAtMs(), sites: sites.map(shownOf), ...said }))
  await useStore.getState().readDecisions()
  if (recorded === null) await useStore.getState().readFleet()
  return recorded
}

const namesOf = (sites: readonly SiteToCall[]) =>
  sites.length === 1 ? sites[0]!.site : counted(sites.length, 'site')

/** `partly`: rows of which fewer machines are done than advised; `by` absent: who the settings name. */
export async function recordDone(
  sites: readonly SiteToCall[],
  { partly = [], ...by }: Partial<Pick<RecordInput, 'partly' | 'by'>> = {},
): Promise<boolean> {
  const recorded = await record(sites, { kind: 'done', reason: '', partly, ...by })
  if (recorded === null) return false
  await changed(`Done at ${namesOf(sites)}: ${counted(recorded.machines, 'machine')}.`)
  return true
}

export async function recordNotNow(
  site: SiteToCall,
  reason: string,
  by: Pick<RecordInput, 'by'> = {},
): Promise<void> {
  const recorded = await record([site], { kind: 'not-now', reason, partly: [], ...by })
  if (recorded === null) return
  const latest = useStore.getState().decisions?.[0]
  tell(
    `Not now at ${site.site}${reason === '' ? '' : `: ${reason}`}.`,
    latest === undefined ? undefined : { label: 'Take back', run: () => void takeBack(latest.key) },
  )
}

export async function takeBack(key: number): Promise<void> {
  await told(api.acts.takeBack({ key }))
  await useStore.getState().readDecisions()
}

export async function saveWorkList(site: string | null): Promise<void> {
  const saved = await told(api.acts.saveWorkList({ seenAtMs: seenAtMs(), site }))
  if (saved !== null) tell(`${counted(saved.rows, 'line')} written to ${saved.fileName}.`)
}

/** About 50 pages. */
const MOST_PRINTED = 2000

/** @param of a site; null: all */
export async function printWorkList(of: Pick<SiteToCall, 'site' | 'siteKey'> | null): Promise<void> {
  const { site, siteKey } = of ?? { site: null, siteKey: null }
  const { length: lines } = await engine().workLines({ siteKey, window: { from: 0, to: 0 } })
  if (lines > MOST_PRINTED) {
    warn(
      `The work list${site === null ? '' : ` of ${site}`} has ${counted(lines, 'line')}, too many to print: up to ${counted(MOST_PRINTED, 'line')}, about 50 pages, can be. Save it as CSV.`,
      'work-list-print',
    )
    return
  }
  const paper = useStore.getState().settings?.paper ?? 'A4'
  const printed = await told(api.acts.printWorkList({ seenAtMs: seenAtMs(), site, paper }))
  if (printed !== null) tell(`Work list saved as ${printed.fileName}, ${counted(printed.pages, 'page')}.`)
}

/** Chooses a work list that has come home, and shows what it would change. */
export async function chooseMarkedList(): Promise<void> {
  const list = await told(api.acts.chooseMarked({ seenAtMs: seenAtMs() }))
  if (list !== null) useStore.getState().open({ kind: 'marked-list', list })
}

export async function confirmMarkedList(token: string, accepted: boolean, by: string): Promise<boolean> {
  await keepBy(by)
  const recorded = await told(api.acts.confirmMarked({ token, accepted, by }))
  if (recorded === null) return false
  await useStore.getState().readDecisions()
  await changed(`Work list recorded: ${counted(recorded.machines, 'machine')}.`)
  return true
}
