const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** A cell for a message: short, on one line, in quotes unless it is a number. */
export function quoted(cell: string): string {
  return cell.length <= 24 && DECIMAL.test(cell) ? cell : `'${shown(cell)}'`
}

/** A text of a file for a message: short, on one line. */
export function shown(text: string): string {
  return printable(text.length > 40 ? text.slice(0, 39) + '…' : text)
}

/** A text on one line, without what a terminal would act on. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- a control character must not reach a terminal
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '�')
}
