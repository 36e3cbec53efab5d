import { printable } from '#electron/files/shown.ts'
import { counted } from '#shared/format/numbers.ts'
import { rememberedWords } from '#shared/format/remembered-words.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'
import { withStore } from '../stored.ts'

const USAGE = 'remembered: use `remembered list`, `remembered forget NAME…` or `remembered forget all`'

export const command = defineCommand({
  name: 'remembered',
  operands: 'list | forget NAME… | forget all',
  minOperands: 1,
  maxOperands: 1000,
  summary:
    'what was said about the columns and the figures of files and about typed values, and holds for the next ones',
  options: { ...jsonOption, ...dataOption },
  async run({ options, operands, host }) {
    const [verb, ...names] = operands
    if (verb === 'list' && names.length === 0) {
      const all = await withStore(host, options.data, (store) => store.readRemembered())
      if (options.json) await writeLine(host.stdout, JSON.stringify({ remembered: all }))
      else if (all.length === 0) await writeLine(host.stdout, 'Nothing is remembered.')
      else
        for (const one of all) await writeLine(host.stdout, `${one.id}: ${printable(rememberedWords(one))}`)
    } else if (verb === 'forget' && names.length > 0) {
      const forgotten = await withStore(host, options.data, async (store) => {
        const ids = names.includes('all') ? (await store.readRemembered()).map(({ id }) => id) : names
        await store.forgetRemembered(ids)
        return ids
      })
      if (options.json) await writeLine(host.stdout, JSON.stringify({ forgotten }))
      else await writeLine(host.stdout, `${counted(forgotten.length, 'thing')} forgotten.`)
    } else throw new UsageError(USAGE)
    return EXIT.done
  },
})
