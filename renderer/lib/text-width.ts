/**
 * Widths of characters in parts of the font's size: no less than those of the widest font of the list in tokens.css, so
 * that what has room by this estimate has room on screen and on paper. Nothing has to be laid out to know it.
 */
const WIDTHS: readonly (readonly [characters: RegExp, width: number])[] = [
  [/[\u202f\u2009]/, 0.33],
  [/[ .,:;'’|!ijlI·()[\]/-]/, 0.4],
  [/[frt]/, 0.43],
  [/[csz“”]/, 0.56],
  [/[mMW@%…]/, 1],
  [/[w−+<>=~×÷]/, 0.84],
  [/[CDGHNOQU&]/, 0.79],
  [/[A-Z]/, 0.7],
]
const USUAL = 0.64
const BOLD = 1.16

const known = new Map<string, number>()

function widthOf(character: string): number {
  let width = known.get(character)
  if (width === undefined) {
    // Scripts that need more room than Latin letters take a full square.
    const wide = character.codePointAt(0)! > 0x2e7f
    width = wide ? 1 : (WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? USUAL)
    known.set(character, width)
  }
  return width
}

/** How wide a text is at the most, in pixels of a font of that size. */
export function textWidthPx(text: string, fontPx: number, bold = false): number {
  let width = 0
  for (const character of text) width += widthOf(character)
  return width * fontPx * (bold ? BOLD : 1)
}

/** The text, or as much of it as has room, with an ellipsis. */
export function cutToWidth(text: string, fontPx: number, roomPx: number): string {
  if (textWidthPx(text, fontPx) <= roomPx) return text
  const characters = Array.from(text)
  while (characters.length > 0 && textWidthPx(`${characters.join('')}…`, fontPx) > roomPx) characters.pop()
  return characters.length === 0 ? '' : `${characters.join('').trimEnd()}…`
}
