/** Characters of a name, an id and every other text of a machine. */
export const MOST_NAME_LENGTH = 100

// eslint-disable-next-line no-control-regex -- they break tables, terminals and line-wise formats
const CONTROL = /[\u0000-\u001f\u007f]/

/** Why a text cannot be a name, an id or another text of a machine; null where it can. */
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
