import { sealWords } from '#shared/format/seal.ts'
import { EXIT } from '../command.ts'
import type { ExitCode } from '../command.ts'
import { writeLine } from '../json.ts'
import { onlyOperand, withSealed } from '../sealed-reports.ts'
import type { ReportCall } from '../sealed-reports.ts'

/** `report remove HASH`: for good. */
export async function runRemove(call: ReportCall, operands: readonly string[]): Promise<ExitCode> {
  const hash = onlyOperand('remove', 'the hash of one report', operands)
  const { hash: removed } = await withSealed(call, (seal) => seal.remove(hash))
  await writeLine(call.host.stdout, `${sealWords(removed)} is removed.`)
  return EXIT.done
}
