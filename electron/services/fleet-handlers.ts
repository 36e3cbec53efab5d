import { basename } from 'node:path'
import type { fleetChannels } from '#shared/ipc/schemas/fleet.ts'
import type { purchaseChannels } from '#shared/ipc/schemas/purchases.ts'
import { replaceFile } from '#electron/files/replace.ts'
import type { FleetSender } from './fleet-sender.ts'
import { fleetTold } from './fleet-told.ts'
import type { HandlerPorts, Handlers } from './handlers.ts'
import { storeTerms } from './site-terms.ts'

type Ports = Pick<HandlerPorts, 'store' | 'network' | 'dialogs' | 'emit' | 'nowMs'>

/** Machines, sites and what was bought: read and changed. */
export function createFleetHandlers(
  ports: Ports,
  sender: FleetSender,
): Pick<Handlers, keyof typeof fleetChannels | keyof typeof purchaseChannels> {
  const { store, dialogs, nowMs } = ports
  const { changed, changedMachines } = fleetTold(ports)
  return {
    'fleet.read': ({ have }) => sender.read(have),
    'fleet.addMachine': ({ copyOf, ...input }) => changedMachines(store.addMachine(input, copyOf)),
    'fleet.updateMachines': ({ keys, patch, before }) => changed(store.updateMachines(keys, patch, before)),
    'fleet.removeMachines': ({ keys }) => changedMachines(store.removeMachines(keys)),
    'fleet.setPolicy': ({ keys, policy }) => changed(store.setMachinePolicy(keys, policy)),
    'fleet.archive': ({ keys }) => changedMachines(store.archiveMachines(keys, nowMs())),
    'fleet.readArchive': async ({ text }) => {
      const { machines, ...counts } = await store.readArchive(text)
      return { ...counts, machines: [...machines] }
    },
    'fleet.bringBack': ({ keys }) => changedMachines(store.bringBack(keys)),
    'fleet.machineHistory': async ({ key }) => {
      const [changes, decisions] = await Promise.all([
        store.readMachineChanges(key),
        store.readMachineDecisions(key),
      ])
      return {
        changes: changes.map(({ fields, ...change }) => ({ ...change, fields: [...fields] })),
        decisions: [...decisions],
      }
    },
    'fleet.loadSample': () => changedMachines(store.loadSample()),
    'fleet.undo': ({ revision }) => changedMachines(store.undo(revision)),
    'fleet.redo': ({ revision }) => changedMachines(store.redo(revision)),
    async 'fleet.exportCsv'() {
      const path = await dialogs.saveFile('fleet-csv', 'fleet.csv')
      if (path === null) return null
      const { rows } = await store.exportCsv(path)
      return { fileName: basename(path), rows }
    },

    'fleet.findNotes': async ({ words }) => [...(await store.findNotes(words))],

    async 'model.savePoints'({ name, lines }) {
      const path = await dialogs.saveFile('points-csv', `${name.replaceAll(/[^\w. -]+/g, '-')}.csv`)
      if (path === null) return null
      await replaceFile(path, [lines.map((line) => `${line}\n`).join('')])
      return { fileName: basename(path) }
    },
    'purchases.read': async () => ({ purchases: [...(await store.readPurchases())] }),
    'purchases.put': ({ key, purchase }) => changed(store.putPurchase(key, purchase)),
    'purchases.remove': ({ key }) => changed(store.removePurchase(key)),
    'site.add': (site) => changed(store.addSite(site)),
    'site.update': ({ key, site, replaceOwn, before }) =>
      changed(store.updateSite(key, site, replaceOwn, before)),
    'site.remove': ({ key }) => changedMachines(store.removeSite(key)),
    'site.agree': (said) => changed(storeTerms(store, said)),
  }
}
