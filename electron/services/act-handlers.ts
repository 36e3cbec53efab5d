import { basename } from 'node:path'
import type { actChannels } from '#shared/ipc/schemas/acts.ts'
import { isoDay } from '#shared/format/times.ts'
import { fleetTold } from './fleet-told.ts'
import type { HandlerPorts, Handlers } from './handlers.ts'

type Ports = Pick<HandlerPorts, 'network' | 'acts' | 'report' | 'dialogs' | 'emit' | 'nowMs'>

/** What is to be done and what was done; the work list going out and coming home. */
export function createActHandlers(ports: Ports): Pick<Handlers, keyof typeof actChannels> {
  const { acts, report, dialogs, nowMs } = ports
  const { changedMachines } = fleetTold(ports)
  return {
    'acts.read': async () => ({ decisions: [...(await acts.read())] }),
    'acts.record': ({ seenAtMs, partly, ...request }) =>
      changedMachines(acts.record(seenAtMs, { ...request, done: { rows: 'but', machines: partly } })),
    async 'acts.takeBack'({ key }) {
      await acts.takeBack(key)
      return {}
    },
    async 'acts.saveWorkList'({ seenAtMs, site }) {
      const path = await dialogs.saveFile('work-list', workListName(site, nowMs(), 'csv'))
      return path === null ? null : acts.saveWorkList(path, seenAtMs, site)
    },
    async 'acts.printWorkList'({ seenAtMs, site, paper }) {
      const path = await dialogs.saveFile('report-pdf', workListName(site, nowMs(), 'pdf'))
      if (path === null) return null
      const { pages } = await report.saveWorkList(path, { paper, site, seenAtMs })
      return { fileName: basename(path), pages }
    },
    async 'acts.chooseMarked'({ seenAtMs }) {
      const path = await dialogs.openFile('work-list')
      return path === null ? null : acts.preview(path, seenAtMs)
    },
    'acts.confirmMarked': ({ token, accepted, by }) => changedMachines(acts.confirm(token, accepted, by)),
    async 'acts.discardMarked'({ token }) {
      await acts.discard(token)
      return {}
    },
  }
}

/** A site's name may hold what a file's name must not. */
function workListName(site: string | null, nowMs: number, kind: 'csv' | 'pdf'): string {
  const of = site === null ? '' : `-${site.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '')}`
  return `work-list${of}-${isoDay(nowMs)}.${kind}`
}
