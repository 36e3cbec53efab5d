import type { TypedThing } from '#shared/ipc/schemas/remembered.ts'
import { api, settle } from '../lib/api.ts'
import { warn } from '../ui/toasts.ts'

/** Surprising values that nobody has said are right yet. Where that is not known they are asked about. */
export async function notAgreed(things: readonly TypedThing[]): Promise<readonly TypedThing[]> {
  if (things.length === 0) return things
  const answer = await settle(api.remembered.findOpen({ things: [...things] }))
  if (answer.ok) return things.filter((_, i) => answer.value.open.includes(i))
  warn(answer.error.message)
  return things
}

/** Remembers that values are right; they are not asked about again, here and on the command line. */
export async function agree(things: readonly TypedThing[]): Promise<void> {
  const answer = await settle(api.remembered.agree({ things: [...things] }))
  if (!answer.ok) warn(answer.error.message)
}
