import { printable } from '#electron/files/shown.ts'
import { writeSites } from '#electron/files/sites/write-sites.ts'
import { readContractFile, readPrices } from '#electron/services/part-files.ts'
import { storePartFile } from '#electron/services/part-imports.ts'
import { watchedPrices } from '#electron/services/price-watch.ts'
import type { WatchedPrices } from '#shared/ipc/schemas/watched.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { writtenContract } from '#shared/ipc/schemas/stored-contract.ts'
import { decimalSignIn } from '#electron/files/questions.ts'
import { acceptedNames, acceptOption } from '../answers.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import { isoTime, writeLine } from '../json.ts'
import { writeChanges } from '../part-changes.ts'
import { storedSites } from '../site-contracts.ts'
import { withStore } from '../stored.ts'

export const command = defineCommand({
  name: 'contracts',
  operands: 'list | import SITES.JSON | export SITES.JSON | remove SITE | unwatch SITE',
  minOperands: 1,
  maxOperands: 2,
  summary: 'the stored contracts of the sites, which every answer weighs',
  options: {
    prices: {
      type: 'string',
      value: 'SITE',
      help: 'import: the file has market prices of that site, whose contract stays otherwise',
    },
    watch: { type: 'boolean', help: 'import: the price files are read again when they change' },
    ...acceptOption,
    ...jsonOption,
    ...dataOption,
  },
  async run({ options, operands, host, path }) {
    const [verb, operand] = operands
    if (verb === 'list' && operand === undefined) {
      const { stored, watched } = await withStore(host, options.data, async (store) => ({
        stored: await storedSites(store, await store.readFleet()),
        watched: await watchedPrices(store),
      }))
      const sites = [...stored.contracts].map(([site, contract]) => ({ site, ...writtenContract(contract) }))
      const machines = [...stored.policies].map(([id, policy]) => ({ id, policy }))
      if (options.json)
        await writeLine(host.stdout, JSON.stringify({ sites, machines, watched: watched.map(documentOf) }))
      else {
        for (const { site, ...contract } of sites)
          await writeLine(host.stdout, `${site}: ${partsOf(contract)}`)
        for (const each of watched) await writeLine(host.stdout, printable(watchedWords(each)))
      }
    } else if (verb === 'import' && operand !== undefined) {
      const { changes, warnings, acceptedBefore } = await withStore(host, options.data, async (store) => {
        const accepted = acceptedNames('contracts', options.accept)
        const sign = decimalSignIn(accepted)
        const file =
          options.prices === undefined
            ? await readContractFile(store, path(operand), sign)
            : await readPrices(store, options.prices, path(operand), sign)
        if (options.watch && file.watching.every((each) => each.file === null))
          throw new UsageError(`contracts: ${file.fileName} brings no price file that could be watched`)
        const rules = { replace: true, leaveUnknown: false, isWatched: options.watch, accepted }
        return { warnings: file.warnings, ...(await storePartFile(store, file, rules)) }
      })
      for (const message of acceptedBefore)
        await writeLine(host.stderr, `note: accepted before, and not asked again: ${message}`)
      for (const warning of warnings) await writeLine(host.stderr, `warning: ${warning}`)
      await writeChanges(host, changes, { json: options.json, replaced: true })
    } else if (verb === 'export' && operand !== undefined) {
      const names = await withStore(host, options.data, async (store) => {
        const { contracts, policies } = await storedSites(store, await store.readFleet())
        return writeSites(
          path(operand),
          [...contracts].map(([site, contract]) => ({ site, contract })),
          [...policies].map(([id, policy]) => ({ id, policy })),
        )
      })
      if (options.json) await writeLine(host.stdout, JSON.stringify({ files: names }))
      else await writeLine(host.stderr, `${names.join(', ')} written`)
    } else if (verb === 'remove' && operand !== undefined) {
      await withStore(host, options.data, async (store) => {
        const { contracts } = await store.readContracts()
        const found = contracts.find(({ site }) => isSameSiteName(site, operand))
        if (found === undefined)
          throw new StrikelineError(
            'bad-input',
            `${operand} has no stored contract; \`contracts list\` shows which sites have one`,
          )
        await store.putContract(found.siteKey, null)
      })
    } else if (verb === 'unwatch' && operand !== undefined) {
      await withStore(host, options.data, async (store) => {
        const watched = (await store.readWatchedFiles()).filter(({ site }) => isSameSiteName(site, operand))
        if (watched.length === 0)
          throw new StrikelineError('bad-input', `no price file of ${operand} is watched`)
        for (const { key } of watched) await store.stopWatching(key)
      })
    } else
      throw new UsageError(
        'contracts: use `contracts list`, `contracts import SITES.JSON`, `contracts export SITES.JSON`, `contracts remove SITE` or `contracts unwatch SITE`',
      )
    return EXIT.done
  },
})

type Watched = WatchedPrices[number]

const timeOrNull = (ms: number | null) => (ms === null ? null : isoTime(ms))

function documentOf({ site, field, path, readAtMs, isStored, fault }: Watched) {
  return {
    ...{ site, field, path, readAt: timeOrNull(readAtMs), isStored },
    fault: fault === null ? null : { reason: fault.message, since: isoTime(fault.sinceMs) },
  }
}

function watchedWords({ site, path, readAtMs, isStored, fault }: Watched): string {
  const read = readAtMs === null ? 'never read' : `read ${isoTime(readAtMs)}`
  const others = isStored ? '' : '; other prices are stored'
  const refused = fault === null ? '' : `; refused since ${isoTime(fault.sinceMs)}: ${fault.message}`
  return `${site}: watched ${path}, ${read}${others}${refused}`
}

/** Which parts a contract has, in the field names of a sites.json. */
function partsOf(contract: Readonly<Record<string, unknown>>): string {
  const present = Object.entries(contract).filter(
    ([name, part]) => name !== 'timeZone' && part !== null && !(Array.isArray(part) && part.length === 0),
  )
  return present.map(([name]) => name).join(', ')
}
