import { basename } from 'node:path'
import { isoDay } from '#shared/format/times.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { networkChannels } from '#shared/ipc/schemas/network-calls.ts'
import type { HandlerPorts, Handlers } from './handlers.ts'
import type { PartImports } from './part-imports.ts'

type Ports = Pick<HandlerPorts, 'store' | 'network' | 'past' | 'dialogs' | 'nowMs'>

/** Values of the network, rates and the past, and the file that carries them. */
export function createNetworkHandlers(
  { store, network, past, dialogs, nowMs }: Ports,
  partImports: PartImports,
): Pick<Handlers, keyof typeof networkChannels> {
  /** the file that was chosen last */
  let networkFile: { readonly token: string; readonly path: string; readonly madeAtMs: number } | null = null
  return {
    'network.read': () => network.read(),
    'network.refresh': () => network.refresh(),
    'network.type': ({ name, value }) => network.type(name, value),
    'network.typeHashprice': ({ typed }) => network.typeHashprice(typed),
    'rates.type': ({ currency, usdPerUnit }) => network.typeRate(currency, usdPerUnit),

    'past.read': () => past.read(),
    'past.status': () => past.status(),
    'past.backfill': () => past.backfill(),
    'past.stop': () => past.stopBackfill(),
    async 'past.importCsv'() {
      const path = await dialogs.openFile('daily-csv')
      return path === null ? null : past.importDaily(path)
    },
    async 'past.exportCsv'() {
      const path = await dialogs.saveFile('daily-csv', 'daily.csv')
      return path === null ? null : { fileName: basename(path), ...(await past.exportDaily(path)) }
    },
    'past.forgetImported': () => past.forgetImported(),
    async 'network.exportFile'({ withCase }) {
      const path = await dialogs.saveFile('network-file', networkFileName(nowMs()))
      return path === null ? null : past.exportNetworkFile(path, withCase)
    },
    async 'network.chooseFile'() {
      const path = await dialogs.openFile('network-file')
      if (path === null) return null
      const { parts, ...look } = await past.lookIntoNetworkFile(path)
      networkFile = { token: crypto.randomUUID(), path, madeAtMs: look.madeAtMs }
      const changes = parts === null ? [] : await store.compareParts(parts)
      const tally = (wanted: string) => changes.filter(({ change }) => change === wanted).length
      return {
        ...look,
        token: networkFile.token,
        parts:
          parts === null
            ? null
            : {
                ...{ new: tally('new'), differs: tally('differs') },
                ...{ same: tally('same'), unknown: tally('unknown') },
              },
      }
    },
    async 'network.takeFile'({ token }) {
      if (networkFile?.token !== token)
        throw new StrikelineError('not-found', 'This file is no longer open. Choose it again.')
      const { path, madeAtMs } = networkFile
      networkFile = null
      const { parts, ...summary } = await past.importNetworkFile(path, madeAtMs)
      await network.reread()
      if (parts === null) return { ...summary, parts: null }
      const file = { fileName: summary.fileName, parts, warnings: [], doubts: [], watching: [] }
      return { ...summary, parts: await partImports.preview(file, true) }
    },
  }
}

function networkFileName(nowMs: number): string {
  return `strikeline-network-${isoDay(nowMs)}.json`
}
