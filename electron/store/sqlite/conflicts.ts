import { StrikelineError } from '#shared/ipc/errors.ts'
import { editable } from '#shared/format/typed-text.ts'

/** A figure or text as a person reads it; fractions in percent. */
export function valueWords(
  { unit = '', share = false }: { readonly unit?: string; readonly share?: boolean },
  value: string | number | null,
): string {
  if (value === null || value === '') return 'not given'
  if (typeof value === 'string') return value
  return `${editable(share ? value * 100 : value)} ${share ? '%' : unit}`.trim()
}

/**
 * Two have changed the same since it was shown to one of them.
 * @param field the form's, which the message is about
 */
export const changedByOther = (what: string, now: string, wanted: string, field: string): StrikelineError =>
  new StrikelineError(
    'conflict',
    `${what} was changed to ${now} by another program or window while you were changing it to ${wanted}. ` +
      `Nothing was saved. Save again to make it ${wanted}, or cancel to keep ${now}.`,
    field,
  )
