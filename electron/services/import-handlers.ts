import type { ColumnsSaid, importChannels } from '#shared/ipc/schemas/import.ts'
import { foldHeading } from '#electron/files/heading-parts.ts'
import { foldStatus } from '#electron/files/fleet/status-words.ts'
import { acceptedSign } from '#electron/files/questions.ts'
import { isWorkListFile } from '#electron/files/worklist/columns.ts'
import type { ImportAnswers } from '#electron/store/port.ts'
import { fleetTold } from './fleet-told.ts'
import type { HandlerPorts, Handlers } from './handlers.ts'

type Ports = Pick<HandlerPorts, 'store' | 'network' | 'acts' | 'dialogs' | 'emit'>

/** A fleet file from the choice to the fleet. */
export function createImportHandlers(ports: Ports): Pick<Handlers, keyof typeof importChannels> {
  const { store, acts, dialogs } = ports
  const { changedMachines } = fleetTold(ports)
  return {
    async 'import.choose'() {
      const path = await dialogs.openFile('fleet-csv')
      if (path === null) return null
      return (await isWorkListFile(path))
        ? { workList: await acts.preview(path, null) }
        : store.previewImport(path)
    },
    'import.again': ({ token, ...said }) => store.previewImportAgain(token, answersOf(said)),
    async 'import.forget'({ token, what }) {
      await store.forgetForImport(token, what)
      return {}
    },
    'import.confirm': ({ token, mode, accepted }) =>
      changedMachines(store.confirmImport(token, mode, accepted)),
    async 'import.discard'({ token }) {
      await store.discardImport(token)
      return {}
    },
  }
}

/** What the window says about the columns of a file, as the readers of files take it. */
function answersOf({ columns, statusWords, decimalSign }: ColumnsSaid): ImportAnswers {
  return {
    accepted: decimalSign === null ? [] : [acceptedSign(decimalSign)],
    map: {
      columns: new Map(
        columns.map(({ heading, field, ...how }) => [
          foldHeading(heading),
          field === null ? null : { field, ...how },
        ]),
      ),
      statuses: new Map(statusWords.map(({ word, status }) => [foldStatus(word), status])),
    },
    isWhole: true,
  }
}
