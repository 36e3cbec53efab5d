import { MS_PER_DAY } from '#shared/domain/units.ts'
import { UsageError } from './command.ts'

export const periodOptions = {
  from: { type: 'string', value: 'DAY', help: 'from this day on (UTC): 2025-11-20' },
  to: { type: 'string', value: 'DAY', help: 'to the end of this day (UTC)' },
} as const

/** The days of `--from` and `--to`, both included, unix ms; null: not given. */
export function periodGiven(
  command: string,
  options: { readonly from?: string | undefined; readonly to?: string | undefined },
): { readonly fromMs: number | null; readonly toMs: number | null } {
  const dayGiven = (name: 'from' | 'to') => {
    const text = options[name]
    if (text === undefined) return null
    const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
    // A day that is not in the calendar must not become the one after it.
    if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text)
      throw new UsageError(`${command}: --${name} is '${text}'; it must be a day such as 2025-11-20`)
    return ms
  }
  const fromMs = dayGiven('from')
  const lastDayMs = dayGiven('to')
  if (fromMs !== null && lastDayMs !== null && lastDayMs < fromMs)
    throw new UsageError(`${command}: --to ${options.to!} is before --from ${options.from!}`)
  return { fromMs, toMs: lastDayMs === null ? null : lastDayMs + MS_PER_DAY - 1 }
}
