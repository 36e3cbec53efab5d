import { counted } from '#shared/format/numbers.ts'
import { basename } from 'node:path'
import type { ColumnMap } from '#electron/files/fleet/column-map.ts'
import { HEADINGS } from '#electron/files/fleet/columns.ts'
import { refuseFaults, refuseQuestions } from '#electron/files/row-faults.ts'
import { QUESTIONS } from '#electron/files/questions.ts'
import type { QuestionName } from '#electron/files/questions.ts'
import { acceptedNames, acceptOption, mapGiven, mapOption } from '../answers.ts'
import { dataOption, defineCommand, EXIT, jsonOption } from '../command.ts'
import { writeLine } from '../json.ts'
import { withStore } from '../stored.ts'

export const command = defineCommand({
  name: 'import',
  operands: 'FLEET.CSV | PYASIC.JSON',
  minOperands: 1,
  summary: 'stores a fleet file: known ids are updated, new ones added; all of it or nothing',
  options: {
    replace: { type: 'boolean', help: 'the file becomes the whole fleet' },
    ...acceptOption,
    ...mapOption,
    ...jsonOption,
    ...dataOption,
  },
  async run({ options, operands, host, path }) {
    const file = path(operands[0]!)
    const name = basename(file)
    const accepted = acceptedNames('import', options.accept)
    const map = mapGiven(options.map)
    const result = await withStore(host, options.data, async (store) => {
      const preview = await store.previewImport(file, {
        accepted: [...accepted],
        map,
      })
      const { isList } = preview
      refuseFaults({ faults: preview.errors, faultCount: preview.errorCount, isList }, name)
      refuseQuestions(
        {
          questions: preview.questions.flatMap((question) =>
            question.rows.map((row) => ({ name: question.name as QuestionName, ...row })),
          ),
          questionCounts: Object.fromEntries(preview.questions.map(({ name, count }) => [name, count])),
          isList,
        },
        name,
        accepted,
      )
      const { withoutFigures, withoutPowerPrice, noteColumns, understood, isRecalled, answered } = preview
      return {
        ...(await store.confirmImport(preview.token, options.replace ? 'replace' : 'merge', [...accepted])),
        machines: preview.machines,
        withoutFigures,
        withoutPowerPrice,
        noteColumns,
        understood,
        remembered: {
          columns: isRecalled,
          answers: answered.map(({ name, count }) => ({ name, rows: count })),
        },
      }
    })
    if (options.json) await writeLine(host.stdout, JSON.stringify(result))
    else {
      await writeLine(
        host.stdout,
        `${counted(result.added, 'row')} added, ${result.updated} updated, ${result.removed} removed; ${counted(result.machines, 'machine')} in the file.`,
      )
    }
    for (const words of result.understood) await writeLine(host.stderr, `note: ${words}`)
    if (isRemembered(map))
      await writeLine(host.stderr, 'note: --map is remembered for files with these headings')
    else if (result.remembered.columns)
      await writeLine(
        host.stderr,
        'note: the columns are read as it was said for a file with the same headings; `remembered list` shows it, `remembered forget` ends it',
      )
    for (const { name, rows } of result.remembered.answers)
      await writeLine(
        host.stderr,
        `note: ${QUESTIONS[name as QuestionName]} (${counted(rows, 'row')}) were accepted before and not asked again; \`remembered list\` shows it`,
      )
    if (result.withoutFigures > 0) {
      await writeLine(
        host.stderr,
        `warning: ${counted(result.withoutFigures, 'row')} without a hashrate or a power figure, so without a margin`,
      )
    }
    if (result.withoutPowerPrice > 0) {
      await writeLine(
        host.stderr,
        `warning: ${counted(result.withoutPowerPrice, 'row')} without a power price: the site's counts`,
      )
    }
    return EXIT.done
  },
})

/** What is said about a heading of ours holds for one file alone. */
const isRemembered = ({ columns, statuses }: ColumnMap): boolean =>
  statuses.size > 0 || [...columns.keys()].some((heading) => !HEADINGS.includes(heading))
