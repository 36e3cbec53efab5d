const SHORT_DIGITS = 12

/** `7F3A·91C2·04EE`, and what opens the report again. */
export function sealWords(hash: string): { readonly short: string; readonly command: string } {
  const digits = hash.slice(0, SHORT_DIGITS).toUpperCase()
  return { short: digits.match(/.{1,4}/g)!.join('·'), command: `strikeline report open ${digits}` }
}
