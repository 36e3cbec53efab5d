import { forEachAct, statusAfter } from '#shared/domain/decision/acts/acts.ts'
import { gatherMachines, stakeOfMachines } from '#shared/domain/decision/acts/decided-machines.ts'
import type { ActCounts, SiteToCall } from '#shared/domain/decision/acts/called.ts'
import { countsOf, isSameActs, machinesCalled } from '#shared/domain/decision/acts/called.ts'
import { sitesToCall } from '#shared/domain/decision/acts/sites-to-call.ts'
import { foreseenBy, stakesOfRows } from '#shared/domain/decision/acts/stakes-of-rows.ts'
import { workList } from '#shared/domain/decision/acts/work-list.ts'
import { riskOf } from '#shared/domain/decision/case-inputs.ts'
import type { Market } from '#shared/domain/decision/market.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { pictureOf } from '#shared/domain/decision/picture.ts'
import type { Advice } from '#shared/domain/decision/advice.ts'
import type { Prepared } from '#shared/domain/decision/prepare.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { counted } from '#shared/format/numbers.ts'
import { workLines } from '#shared/format/work-lines.ts'
import { replaceFile } from '#electron/files/replace.ts'
import { writeWorkList } from '#electron/files/worklist/write-work-list.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { ActMarket, ActRequest, Recorded } from '../port.ts'
import type { Decisions } from './repositories/decisions.ts'
import type { Machines } from './repositories/machines.ts'
import type { UndoLog } from './undo.ts'
import type { Ladders } from './repositories/ladders.ts'
import { switchMachines } from './switch-machines.ts'
import type { Switch } from './switch-machines.ts'

/** What is advised at a moment. */
export type ActScene = { readonly prepared: Prepared; readonly market: Market; readonly advice: Advice }

/** @throws StrikelineError 'not-found' where there is no advice */
export function actScene(prepared: Prepared, { conditions, horizonDays, nowMs }: ActMarket): ActScene {
  const choices = { change: null, horizonDays, ...riskOf(prepared.inputs) }
  const { market, advice, refusal } = pictureOf(prepared, marketOf(conditions, choices, nowMs))
  if (advice === null)
    throw new StrikelineError('not-found', `There is no advice: ${refusal ?? NO_HASHPRICE}.`)
  return { prepared, market, advice }
}
const NO_HASHPRICE = 'the hashprice is not known'

/** @throws StrikelineError 'not-found' that names the sites there are */
export function siteRowOf({ basis }: Prepared, site: string): number {
  const { name } = basis.fleet.sites
  const row = name.findIndex((each) => isSameSiteName(each, site))
  if (row < 0)
    throw new StrikelineError('not-found', `There is no site ${site}. There are: ${name.join(', ')}.`)
  return row
}

/** Writes the work list of a site, or of all, whole or not at all. */
export async function writeWorkListTo(
  path: string,
  { prepared, market, advice }: ActScene,
  siteRow: number | null,
  listedAtMs: number,
): Promise<{ readonly rows: number }> {
  const list = workList(prepared, advice, siteRow)
  await replaceFile(path, writeWorkList(list.length, workLines(prepared, market, advice, list), listedAtMs))
  return { rows: list.length }
}

export type ActPorts = {
  readonly undoLog: UndoLog
  readonly machines: Machines
  readonly ladders: Ladders
  readonly decisions: Decisions
  /** of the fleet that the scene is of */
  readonly revision: number
}

const known = (value: number) => (Number.isFinite(value) ? value : null)

/** What each decision says beside its machines. */
export function basisOf({ market }: ActScene) {
  const { conditions, hashpriceUsdPerPhDay, change, isPerDay, horizonEndMs } = market
  return {
    hashpriceUsdPerPhDay,
    priceUsdPerBtc: known(conditions.priceUsdPerBtc),
    difficulty: known(conditions.difficulty),
    change: known(change),
    untilMs: isPerDay || !Number.isFinite(horizonEndMs) ? null : horizonEndMs,
  }
}

/**
 * Records what was done, or not, about the advice, and switches the machines: one transaction and one step of undo.
 * @throws StrikelineError 'conflict' where the advice is not what was shown any more, 'not-found' where a site has nothing to do;
 *   then nothing is changed
 */
export function recordActs(
  { undoLog, machines, ladders, decisions, revision: seen }: ActPorts,
  scene: ActScene,
  request: ActRequest,
): Recorded {
  const { prepared, market, advice } = scene
  const calls = sitesToCall(prepared, market, advice).sites
  const sites = request.sites.map(({ siteKey, shown }) => expected(calls, siteKey, shown, prepared))
  const doneAt = doneOfRows(prepared, advice, request, new Set(sites.map(({ siteKey }) => siteKey)))
  const isDone = request.kind === 'done'
  let switched = 0
  const { revision } = undoLog.change(
    () => {
      expectRevision(undoLog, seen)
      const { site: siteOf, key, status } = prepared.basis.fleet.machines
      const siteKeys = prepared.basis.fleet.sites.key
      const bySite = new Map(sites.map((site) => [site.siteKey, gatherMachines()]))
      const stakeOf = stakesOfRows(prepared, market, advice)
      const switches: Switch[] = []
      forEachAct(prepared, advice, (row, count, act, point) => {
        const into = bySite.get(siteKeys[siteOf[row]!]!)
        if (into === undefined) return
        const done = isDone ? Math.min(doneAt(key[row]!, count), count) : 0
        const after = statusAfter(act)
        into.add({
          ...{ key: key[row]!, advised: count, done, act, stake: stakeOf(row, act, point) },
          ...{ before: status[row]!, after: MACHINE_STATUSES.indexOf(after) },
        })
        if (done > 0) switches.push({ key: key[row]!, machines: done, status: after, point })
      })
      switched = switches.reduce((sum, each) => sum + each.machines, 0)
      if (isDone && switched === 0)
        throw new StrikelineError('bad-input', 'No machine is marked as done, so there is nothing to record.')
      const partKeys = switchMachines({ machines, ladders }, prepared, switches)
      for (const site of sites) {
        const gathered = bySite.get(site.siteKey)!
        const machinesDone = gathered.machinesDone()
        const of = gathered.machines(partKeys)
        if (isDone && machinesDone === 0) continue
        decisions.add(
          {
            ...{ atMs: request.atMs, siteKey: site.siteKey, site: site.site, kind: request.kind },
            ...{ reason: request.reason, advised: countsOf(site), machinesDone },
            ...{ freedKw: site.freedKw, gainUsd: site.gainUsd },
            ...basisOf(scene),
            ...saidOf(request.by, of, request.kind, scene, request.atMs),
          },
          of,
          switches.length > 0,
        )
      }
      return {}
    },
    `Done at ${sites.length === 1 ? sites[0]!.site : counted(sites.length, 'site')}`,
  )
  return { revision, machines: switched, sites: sites.map(({ site }) => site) }
}

/** @throws StrikelineError 'conflict' where another process has changed the fleet meanwhile */
export function expectRevision(undoLog: UndoLog, revision: number): void {
  if (undoLog.state().revision !== revision)
    throw new StrikelineError(
      'conflict',
      'The fleet has just changed. Nothing was recorded; look at it again.',
    )
}

/** Who decided, and what was at stake. */
export function saidOf(
  by: string,
  of: Parameters<typeof stakeOfMachines>[0],
  kind: ActRequest['kind'],
  { market }: ActScene,
  atMs: number,
) {
  const stake = stakeOfMachines(of, kind, foreseenBy(market, atMs))
  const byWhom = by.trim()
  return { ...(byWhom === '' ? {} : { byWhom }), ...(stake === null ? {} : { stake }) }
}

function expected(
  calls: readonly SiteToCall[],
  siteKey: number,
  shown: ActCounts | null,
  { basis }: Prepared,
): SiteToCall {
  const call = calls.find((each) => each.siteKey === siteKey)
  const name = basis.fleet.sites.name[basis.fleet.sites.key.indexOf(siteKey)] ?? 'this site'
  if (shown !== null && (call === undefined || !isSameActs(call, shown)))
    throw new StrikelineError(
      'conflict',
      `What is advised at ${name} has changed since it was shown (${counted(call === undefined ? 0 : machinesCalled(call), 'machine')} now). Nothing was recorded; look at it again.`,
    )
  if (call === undefined) throw new StrikelineError('not-found', `There is nothing to do at ${name} now.`)
  return call
}

/** How many machines of a row are done, by what was said. @throws StrikelineError 'bad-input' where an id has nothing to do */
function doneOfRows(
  prepared: Prepared,
  advice: Advice,
  { done }: ActRequest,
  sites: ReadonlySet<number>,
): (key: number, count: number) => number {
  if (done.rows === 'all') return (_, count) => count
  const { machines, sites: siteColumns } = prepared.basis.fleet
  if (done.rows === 'but') {
    const said = new Map(done.machines.map(({ key, machines: n }) => [key, n]))
    return (key, count) => said.get(key) ?? count
  }
  const said = new Map(done.machines.map(({ id, machines: n }) => [id, n]))
  const byKey = new Map<number, number | null>()
  const idle = new Set(said.keys())
  forEachAct(prepared, advice, (row) => {
    const id = textAt(machines.id, row)
    if (!sites.has(siteColumns.key[machines.site[row]!]!) || !said.has(id)) return
    byKey.set(machines.key[row]!, said.get(id)!)
    idle.delete(id)
  })
  const [first] = idle
  if (first !== undefined)
    throw new StrikelineError(
      'bad-input',
      `Nothing is advised for ${first} now${idle.size > 1 ? `, nor for ${counted(idle.size - 1, 'other')}` : ''}. Nothing was recorded.`,
    )
  return (key, count) => (byKey.has(key) ? (byKey.get(key) ?? count) : 0)
}
