import { writeSites } from '#electron/files/sites/write-sites.ts'
import { readContractFile, readPrices } from '#electron/services/part-files.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { writtenContract } from '#shared/ipc/schemas/stored-contract.ts'
import { decimalSignIn, refuseDoubts } from '#electron/files/questions.ts'
import { acceptedNames, acceptOption } from '../answers.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'
import { writeChanges } from '../part-changes.ts'
import { storedSites } from '../site-contracts.ts'
import { withStore } from '../stored.ts'

export const command = defineCommand({
  name: 'contracts',
  operands: 'list | import SITES.JSON | export SITES.JSON | remove SITE',
  minOperands: 1,
  maxOperands: 2,
  summary: 'the stored contracts of the sites, which every answer weighs',
  options: {
    prices: {
      type: 'string',
      value: 'SITE',
      help: 'import: the file has market prices of that site, whose contract stays otherwise',
    },
    ...acceptOption,
    ...jsonOption,
    ...dataOption,
  },
  async run({ options, operands, host, path }) {
    const [verb, operand] = operands
    if (verb === 'list' && operand === undefined) {
      const stored = await withStore(host, options.data, async (store) =>
        storedSites(store, await store.readFleet()),
      )
      const sites = [...stored.contracts].map(([site, contract]) => ({ site, ...writtenContract(contract) }))
      const machines = [...stored.policies].map(([id, policy]) => ({ id, policy }))
      if (options.json) await writeLine(host.stdout, JSON.stringify({ sites, machines }))
      else
        for (const { site, ...contract } of sites)
          await writeLine(host.stdout, `${site}: ${partsOf(contract)}`)
    } else if (verb === 'import' && operand !== undefined) {
      const { changes, warnings, before } = await withStore(host, options.data, async (store) => {
        const accepted = acceptedNames('contracts', options.accept)
        const sign = decimalSignIn(accepted)
        const { fileName, parts, warnings, doubts } =
          options.prices === undefined
            ? await readContractFile(path(operand), sign)
            : await readPrices(store, options.prices, path(operand), sign)
        const asked = doubts.map((doubt) => doubt.asked)
        const open = await store.findUnanswered('prices', asked)
        const messages = (isOpen: boolean) =>
          doubts.filter((doubt, i) => open.includes(i) === isOpen).map(({ message }) => message)
        refuseDoubts(messages(true), 'mean', accepted)
        const rules = { fileName, replace: true, leaveUnknown: false }
        const taken = await store.takeParts(parts, rules)
        await store.rememberAnswers(
          'prices',
          open.map((i) => asked[i]!),
        )
        return { warnings, before: messages(false), ...taken }
      })
      for (const message of before)
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
    } else
      throw new UsageError(
        'contracts: use `contracts list`, `contracts import SITES.JSON`, `contracts export SITES.JSON` or `contracts remove SITE`',
      )
    return EXIT.done
  },
})

/** Which parts a contract has, in the field names of a sites.json. */
function partsOf(contract: Readonly<Record<string, unknown>>): string {
  const present = Object.entries(contract).filter(
    ([name, part]) => name !== 'timeZone' && part !== null && !(Array.isArray(part) && part.length === 0),
  )
  return present.map(([name]) => name).join(', ')
}
