import { counted } from '#shared/format/numbers.ts'
import type { LogScope } from '#shared/ipc/schemas/decisions.ts'
import { api, settle } from '../lib/api.ts'
import { tell, warn } from '../ui/toasts.ts'

/** Writes the decisions that are looked at, as CSV or JSON, by the ending of the file that is chosen. */
export async function exportLog(scope: LogScope): Promise<void> {
  const answer = await settle(api.decisions.export(scope))
  if (!answer.ok) warn(answer.error.message)
  else if (answer.value !== null)
    tell(`${counted(answer.value.rows, 'decision')} written to ${answer.value.fileName}.`)
}
