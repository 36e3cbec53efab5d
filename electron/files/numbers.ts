import type { DecimalSign, SignEvidence } from '#shared/format/read-number.ts'
import { addEvidence, noEvidence } from '#shared/format/read-number.ts'
import type { Separator } from './csv.ts'

/**
 * Which sign is the decimal one in a column: decided from the columns of the whole file, never from a cell alone, and where
 * nothing decides it is asked. The reader itself is `#shared/format/read-number.ts`.
 */

/**
 * The decimal sign of a column: its own cells decide, else those of the whole file, else what was answered. Programs that write commas
 * between cells write decimal points.
 * @returns the sign, or the cell that can be read either way
 */
export function decimalSignOf(
  own: SignEvidence,
  whole: SignEvidence,
  separator: Separator,
  answered: DecimalSign | null,
): DecimalSign | { readonly open: string } {
  if (own.point > 0 !== own.comma > 0) return own.point > 0 ? '.' : ','
  const open = own.openComma ?? own.openPoint
  if (answered !== null) return answered
  if (open === null) return '.'
  if (own.point === 0 && whole.point > 0 !== whole.comma > 0) return whole.point > 0 ? '.' : ','
  if (own.point === 0 && separator === ',' && own.openComma === null && whole.openComma === null) return '.'
  return { open }
}

/** Evidence of several columns together. */
export function together(parts: readonly SignEvidence[]): SignEvidence {
  const sum = noEvidence()
  for (const part of parts) {
    sum.point += part.point
    sum.comma += part.comma
    sum.openPoint ??= part.openPoint
    sum.openComma ??= part.openComma
  }
  return sum
}

/** What is wrong with a column whose sign stays open, and how the command line answers it. */
export function openSignFault(open: string): { readonly message: string; readonly remedy: string } {
  const sign = open.includes(',') ? ',' : '.'
  return {
    message: `'${open}' is ${open.replace(sign, '')} or ${open.replace(sign, '.')}, and nothing in the file says which: write the numbers without thousands separators`,
    remedy: ', or answer with --accept decimal-point or --accept decimal-comma',
  }
}

/** The same in a sentence. @param canAnswer there is an option to answer it with */
export function openSignQuestion(open: string, canAnswer: boolean): string {
  const { message, remedy } = openSignFault(open)
  return canAnswer ? message + remedy : message
}

/**
 * The decimal sign of each of some columns of a small table.
 * @param columns places of the number columns
 * @param refuse ends the reading; told of a column whose sign stays open, and the cell
 */
export function columnSigns(
  rows: readonly (readonly string[])[],
  columns: readonly number[],
  separator: Separator,
  answered: DecimalSign | null,
  refuse: (column: number, open: string) => never,
): ReadonlyMap<number, DecimalSign> {
  const evidence = columns.map((at) => {
    const own = noEvidence()
    for (const cells of rows) addEvidence(own, cells[at] ?? '')
    return own
  })
  const whole = together(evidence)
  return new Map(
    columns.map((at, i) => {
      const sign = decimalSignOf(evidence[i]!, whole, separator, answered)
      return [at, typeof sign === 'string' ? sign : refuse(at, sign.open)]
    }),
  )
}
