/**
 * Reads a number as people type and paste it: `88 300`, `$88,300`, `0,0535`, `−4.7 %`. A percent sign or a currency sign
 * is dropped; the caller knows the unit of its field.
 *
 * @returns the number; null for an empty field; NaN where the text is no number
 */
export function readTyped(text: string): number | null {
  const bare = text
    .trim()
    .replace(/^([-−+]?)\s*\$/, '$1')
    .replace(/\s*(%|\$|USD)$/i, '')
    .replace(/[\s']/g, '')
    .replace(/^−/, '-')
  if (bare === '') return null
  // A comma groups thousands where groups of three follow ("88,300", "1,204.50"); alone it is a decimal comma ("0,0535").
  const grouped = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(bare)
  const plain = grouped ? bare.replaceAll(',', '') : bare.replace(',', '.')
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN
}

/** A number for an edit field: a plain decimal point, no grouping, no rounding noise. */
export function editable(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(12))) : ''
}
