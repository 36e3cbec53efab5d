import { counted } from '#shared/format/numbers.ts'
import { dataOption, defineCommand, EXIT } from '../command.ts'
import { writeLine } from '../json.ts'
import { withStore } from '../stored.ts'

export const command = defineCommand({
  name: 'export',
  operands: 'FLEET.CSV',
  minOperands: 1,
  summary: 'writes the stored fleet to a file',
  options: dataOption,
  async run({ options, operands, host, path }) {
    const { rows } = await withStore(host, options.data, (store) => store.exportCsv(path(operands[0]!)))
    await writeLine(host.stderr, `${counted(rows, 'row')} written`)
    return EXIT.done
  },
})
