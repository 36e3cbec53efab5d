/**
 * A seal is the SHA-256 of what a report was made from, 64 hex digits. People read and type its first twelve: 7F3A·91C2·04EE.
 */
const SEAL_DIGITS = 64
const SHORT_DIGITS = 12
const GROUP = 4
/** Fewer would soon be those of several reports. */
export const LEAST_SEAL_DIGITS = 6

/** As it is printed on the pages. */
export function sealWords(hash: string): string {
  const digits = hash.slice(0, SHORT_DIGITS).toUpperCase()
  const groups = Array.from({ length: Math.ceil(digits.length / GROUP) }, (_, i) =>
    digits.slice(i * GROUP, (i + 1) * GROUP),
  )
  return groups.join('·')
}

/**
 * The hash, or its beginning, that someone typed: in either case, with or without dots, hyphens and spaces. null where it is none, or
 * shorter than {@link LEAST_SEAL_DIGITS}.
 */
export function sealDigits(typed: string): string | null {
  const digits = typed.replaceAll(/[·•∙⋅.\-\s]/g, '').toLowerCase()
  return /^[0-9a-f]+$/.test(digits) && digits.length >= LEAST_SEAL_DIGITS && digits.length <= SEAL_DIGITS
    ? digits
    : null
}

/** What opens the report again on the command line. */
export const sealCommand = (hash: string): string =>
  `strikeline report open ${hash.slice(0, SHORT_DIGITS).toUpperCase()}`
