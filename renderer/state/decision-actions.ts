import { counted } from '#shared/format/numbers.ts'
import { api, settle } from '../lib/api.ts'
import { tell, warn } from '../ui/toasts.ts'

/** Writes the decisions since a moment, or all, as CSV or JSON, by the ending of the file that is chosen. */
export async function exportLog(fromMs: number | null): Promise<void> {
  const answer = await settle(api.decisions.export({ fromMs, toMs: null }))
  if (!answer.ok) warn(answer.error.message)
  else if (answer.value !== null)
    tell(`${counted(answer.value.rows, 'decision')} written to ${answer.value.fileName}.`)
}
