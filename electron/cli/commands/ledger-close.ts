import { monthWords } from '#shared/format/ledger-month-words.ts'
import { counted } from '#shared/format/numbers.ts'
import { EXIT } from '../command.ts'
import type { ExitCode } from '../command.ts'
import { writeLine } from '../json.ts'
import { monthGiven, reasonGiven, withLedger } from '../ledger-call.ts'
import type { LedgerCall } from '../ledger-call.ts'

/** `ledger close 2026-10` */
export async function runClose(call: LedgerCall, operands: readonly string[]): Promise<ExitCode> {
  const month = monthGiven('ledger close: the month', operands[0]!)
  const { hash, plans } = await withLedger(call, (ledger) => ledger.close(month))
  const recorded = plans === 0 ? '' : ` ${counted(plans, 'plan')} of the fleet recorded with it.`
  await writeLine(
    call.host.stdout,
    call.options.json
      ? JSON.stringify({ month, hash, plans })
      : `${monthWords(month)} is closed, SHA-256 ${hash}.${recorded}`,
  )
  return EXIT.done
}

/** `ledger reopen 2026-10 --reason TEXT` */
export async function runReopen(call: LedgerCall, operands: readonly string[]): Promise<ExitCode> {
  const month = monthGiven('ledger reopen: the month', operands[0]!)
  const reason = reasonGiven('reopen', call)
  await withLedger(call, (ledger) => ledger.reopen(month, reason))
  await writeLine(
    call.host.stdout,
    call.options.json ? JSON.stringify({ month, reason }) : `${monthWords(month)} is open again.`,
  )
  return EXIT.done
}
