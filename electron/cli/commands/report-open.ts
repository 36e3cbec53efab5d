import { counted } from '#shared/format/numbers.ts'
import { sealWords } from '#shared/format/seal.ts'
import { dateTime } from '#shared/format/times.ts'
import { replaceFile } from '#electron/files/replace.ts'
import { EXIT } from '../command.ts'
import type { ExitCode } from '../command.ts'
import { writeLine } from '../json.ts'
import { onlyOperand, sealedDocument, withSealed } from '../sealed-reports.ts'
import type { ReportCall } from '../sealed-reports.ts'

/** `report open HASH`: what is known of a sealed report, with --pdf its PDF as it was handed over, with --inputs what it was made from. */
export async function runOpen(call: ReportCall, operands: readonly string[]): Promise<ExitCode> {
  const hash = onlyOperand('open', 'the hash of one report', operands)
  const { host, options, path } = call
  // Its bytes are looked at even where nobody wants them: a damaged one is refused.
  const [{ report, pdf }, { text }] = await withSealed(call, (_, store) =>
    Promise.all([store.readSealedPdf(hash), store.readSealedInputs(hash)]),
  )
  if (options.pdf !== undefined) await replaceFile(path(options.pdf), pdf)
  if (options.inputs !== undefined) await replaceFile(path(options.inputs), text)
  if (options.json) {
    await writeLine(host.stdout, JSON.stringify(sealedDocument(report)))
    return EXIT.done
  }
  await writeLine(
    host.stdout,
    `${sealWords(report.hash)}: ${report.title}, as of ${dateTime(report.asOfMs)}, made ${dateTime(report.madeAtMs)} by version ${report.version}, ${counted(report.pages, 'page')}`,
  )
  await writeLine(
    host.stdout,
    `The PDF is whole: ${counted(report.pdfBytes, 'byte')}, SHA-256 ${report.pdfSha256}`,
  )
  await writeLine(host.stdout, `What it was made from is whole: SHA-256 ${report.hash}`)
  return EXIT.done
}
