/**
 * Text in a cell. A spreadsheet takes a cell that begins with one of these as a formula, so such a text is written
 * with an apostrophe before it. Reading takes one apostrophe off again; a text that had apostrophes of its own before
 * such a sign gets one more, so that every text comes back as it was.
 */
const NEEDS_APOSTROPHE = /^'*[=+\-@\t\r\n＝＋－＠]/
const HAS_APOSTROPHE = /^'+[=+\-@\t\r\n＝＋－＠]/

/** What a text cell means: without spaces around it and without the apostrophe that keeps a formula from running. */
export function readCellText(cell: string): string {
  const text = cell.trim()
  return text.startsWith("'") && HAS_APOSTROPHE.test(text) ? text.slice(1) : text
}

/** Cells that say that there is nothing. */
export const SAYS_NOTHING = /^(?:-+|–|—|n\/?a|nil|null|none|unknown)$/i

/** Whether a spreadsheet takes a cell with this text as a formula. */
export const looksLikeFormula = (text: string): boolean => NEEDS_APOSTROPHE.test(text)

/** A text as a cell of a comma-separated file. */
export function writeCellText(text: string): string {
  const safe = looksLikeFormula(text) ? `'${text}` : text
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
