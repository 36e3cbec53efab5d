import { ladderCsv } from '#electron/files/ladders/write-ladders.ts'
import { replaceFile } from '#electron/files/replace.ts'
import { readLadders } from '#electron/services/part-files.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { counted } from '#shared/format/numbers.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'
import { writeChanges } from '../part-changes.ts'
import { withStore } from '../stored.ts'

const USAGE =
  'ladders: use `ladders list`, `ladders import PROFILES.CSV`, `ladders export FILE` (or -) or `ladders remove --model NAME` (or --id ID)'

export const command = defineCommand({
  name: 'ladders',
  operands: 'list | import PROFILES.CSV | export FILE | remove',
  minOperands: 1,
  maxOperands: 2,
  summary: 'the stored operating points by model or machine, which every verdict weighs',
  options: {
    model: { type: 'string', value: 'NAME', help: 'whose ladder it is, where the file has no column model' },
    id: { type: 'string', value: 'ID', help: 'the machine or lot whose own ladder it is' },
    firmware: { type: 'string', value: 'NAME', help: 'where the file has no column firmware' },
    ...jsonOption,
    ...dataOption,
  },
  async run({ options, operands, host, path }) {
    const [verb, operand] = operands
    const { model, id, firmware } = options
    if (model !== undefined && id !== undefined)
      throw new UsageError('ladders: a ladder is of a model or of a machine; give --model or --id')
    if (verb === 'list' && operand === undefined) {
      const { ladders, lotLadders } = await withStore(host, options.data, stored)
      if (options.json) {
        const all = [
          ...ladders.map((ladder) => ({ id: null, ...ladder })),
          ...lotLadders.map(({ id, ladder }) => ({ id, ...ladder })),
        ]
        await writeLine(host.stdout, JSON.stringify({ ladders: all }))
      } else {
        for (const ladder of ladders) await writeLine(host.stdout, lineOf(ladder.model, ladder))
        for (const { id, ladder } of lotLadders)
          await writeLine(host.stdout, lineOf(ladder.model === '' ? id : `${id} (${ladder.model})`, ladder))
      }
    } else if (verb === 'import' && operand !== undefined) {
      const { changes, warnings } = await withStore(host, options.data, async (store) => {
        const { parts, ...file } = await readLadders(store, path(operand), {
          ...(model === undefined ? {} : { model }),
          ...(id === undefined ? {} : { id }),
          ...(firmware === undefined ? {} : { firmware }),
        })
        const rules = { fileName: file.fileName, replace: true, leaveUnknown: false }
        return { ...file, ...(await store.takeParts(parts, rules)) }
      })
      for (const warning of warnings) await writeLine(host.stderr, `warning: ${warning}`)
      await writeChanges(host, changes, { json: options.json, replaced: true })
    } else if (verb === 'export' && operand !== undefined) {
      const text = ladderCsv(await withStore(host, options.data, stored))
      if (operand === '-') host.stdout.write(text)
      else await replaceFile(path(operand), [text])
    } else if (verb === 'remove' && operand === undefined && (model !== undefined || id !== undefined)) {
      await withStore(host, options.data, (store) =>
        id === undefined ? store.removeLadder(model!, firmware ?? '') : store.removeLotLadder(id),
      )
    } else throw new UsageError(USAGE)
    return EXIT.done
  },
})

async function stored(store: Store) {
  const [ladders, lotLadders] = await Promise.all([store.readLadders(), store.readLotLadders()])
  return { ladders, lotLadders }
}

function lineOf(
  whose: string,
  {
    firmware,
    points,
  }: { readonly firmware: string; readonly points: readonly { readonly powerW: number }[] },
): string {
  const name = firmware === '' ? whose : `${whose} with ${firmware}`
  return `${name}: ${counted(points.length, 'point')}, ${points[0]!.powerW} to ${points.at(-1)!.powerW} W`
}
