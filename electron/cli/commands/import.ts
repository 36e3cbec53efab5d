import { basename } from 'node:path'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { dataOption, defineCommand, EXIT, jsonOption } from '../command.ts'
import { writeLine } from '../json.ts'
import { withStore } from '../stored.ts'

export const command = defineCommand({
  name: 'import',
  operands: 'FLEET.CSV',
  minOperands: 1,
  summary: 'stores a fleet file: known ids are updated, new ones added; all of it or nothing',
  options: {
    replace: { type: 'boolean', help: 'the file becomes the whole fleet' },
    ...jsonOption,
    ...dataOption,
  },
  async run({ options, operands, host, path }) {
    const file = path(operands[0]!)
    const result = await withStore(host, options.data, async (store) => {
      const preview = await store.previewImport(file)
      const fault = preview.errors[0]
      if (fault !== undefined) {
        const more = preview.errorCount > 1 ? ` (and ${preview.errorCount - 1} more like it)` : ''
        throw new StrikelineError(
          'bad-input',
          `${basename(file)}, row ${fault.row}, column ${fault.column}: ${fault.message}${more}. Nothing was stored.`,
        )
      }
      const { withoutFigures, withoutPowerPrice, noteColumns } = preview
      return {
        ...(await store.confirmImport(preview.token, options.replace ? 'replace' : 'merge')),
        machines: preview.machines,
        withoutFigures,
        withoutPowerPrice,
        noteColumns,
      }
    })
    if (options.json) await writeLine(host.stdout, JSON.stringify(result))
    else {
      await writeLine(
        host.stdout,
        `${result.added} rows added, ${result.updated} updated, ${result.removed} removed; ${result.machines} machines in the file.`,
      )
    }
    if (result.withoutFigures > 0) {
      await writeLine(
        host.stderr,
        `warning: ${result.withoutFigures} rows lack a hashrate or a power figure; their margin is not known`,
      )
    }
    if (result.withoutPowerPrice > 0) {
      await writeLine(
        host.stderr,
        `warning: ${result.withoutPowerPrice} rows have no power price; they take their site's`,
      )
    }
    return EXIT.done
  },
})
