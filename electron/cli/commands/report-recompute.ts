import { counted } from '#shared/format/numbers.ts'
import { sealWords } from '#shared/format/seal.ts'
import { differingWords } from '#shared/report/differences.ts'
import { SECTION_TITLES } from '#shared/report/pack.ts'
import { EXIT } from '../command.ts'
import type { ExitCode } from '../command.ts'
import { writeLine } from '../json.ts'
import { onlyOperand, sealedDocument, withSealed } from '../sealed-reports.ts'
import type { ReportCall } from '../sealed-reports.ts'

/** `report recompute HASH`: the document made again from what was sealed, and every place where it is another one. */
export async function runRecompute(call: ReportCall, operands: readonly string[]): Promise<ExitCode> {
  const hash = onlyOperand('recompute', 'the hash of one report', operands)
  const { host, options } = call
  const { report, differences } = await withSealed(call, (seal) => seal.recompute(hash))
  if (options.json) {
    const document = { ...sealedDocument(report), recomputedBy: host.version, differences }
    await writeLine(host.stdout, JSON.stringify(document))
    return EXIT.done
  }
  const name = `${sealWords(report.hash)}, made by version ${report.version}, computed again by version ${host.version}`
  await writeLine(
    host.stdout,
    `${name}: ${differences.length === 0 ? 'no difference' : counted(differences.length, 'difference')}`,
  )
  for (const { section, place, row, column, then, now } of differences) {
    const where = [section === null ? '' : SECTION_TITLES[section], place, row, column]
    const words = where.filter((part) => part !== '').join(', ')
    await writeLine(host.stdout, `${words}: ${differingWords(then)} → ${differingWords(now)}`)
  }
  return EXIT.done
}
