import type { LabelName, TextName } from './fields.ts'
import { MACHINE_FIELDS } from './fields.ts'

/** Characters of a name, an id and every other text of a machine but its notes. */
export const MOST_NAME_LENGTH = 100
export const MOST_NOTES_LENGTH = 1000

// eslint-disable-next-line no-control-regex -- they break tables, terminals and line-wise formats
const CONTROL = /[\u0000-\u001f\u007f]/
// eslint-disable-next-line no-control-regex -- all of them but tab and line break
const CONTROL_IN_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** Half of a character: no file keeps it as it is. */
const HALF = /\p{Cs}/u

/** Whether a text has no line break and nothing that breaks tables and files. */
export const isLine = (text: string): boolean => !CONTROL.test(text) && !HALF.test(text)
/** The same of a text that may have several lines. */
export const isLines = (text: string): boolean => !CONTROL_IN_LINES.test(text) && !HALF.test(text)

/** Why a text cannot be that of a field of a machine; null where it can. */
export function textFault(name: TextName | LabelName, text: string): string | null {
  if (!('long' in MACHINE_FIELDS[name])) return nameFault(text)
  if (text.length > MOST_NOTES_LENGTH) return `is longer than ${MOST_NOTES_LENGTH} characters`
  return CONTROL_IN_LINES.test(text) ? 'contains a control character' : null
}

/** Why a text cannot be a name, an id or a short text of a machine; null where it can. */
export function nameFault(text: string): string | null {
  if (text.length > MOST_NAME_LENGTH) return `is longer than ${MOST_NAME_LENGTH} characters`
  if (CONTROL.test(text)) return 'contains a control character or a line break'
  return null
}

/**
 * What is equal where two people would say that a site's name is the same: spaces around it, upper and lower case, and the two ways in
 * which systems write an ä (one character, or an a and two dots as on a Mac) do not count.
 */
export function siteNameKey(name: string): string {
  return name.normalize('NFC').trim().toLowerCase()
}

export function isSameSiteName(a: string, b: string): boolean {
  return siteNameKey(a) === siteNameKey(b)
}
