/** Rows of a list that are no machines: sums, means, remarks, the headings again. */

const SUM_WORD =
  /^(?:(?:grand|sub|overall)[ -]?)?(?:totals?|sum|sums|summe|gesamt(?:summe)?|summa|totale|totaal|razem|итого|всего|合计|总计|小计|合計)\b|^[∑Σ]/iu
const SUM_WORD_CJK = /^(?:итого|всего|合计|总计|小计|合計|平均)/u
const MEAN_WORD = /^(?:averages?|avg\.?|mean|median|mittel(?:wert)?|durchschnitt|moyenne|promedio|media)\b/iu
/** What may follow the word: "Total:", "Total machines", "Total (3 rows)", "Total North". */
const REMARK =
  /^(?:#|\*|\/\/|--|note|notes|remark|comment|exported|generated|source|report|printed|as of|stand)\b|^[#*]|^\/\//i

/** Why a row's first text is no machine; null where it may be one. */
export function sumWords(text: string): string | null {
  if (SUM_WORD.test(text) || SUM_WORD_CJK.test(text)) return 'a sum of the rows above'
  return MEAN_WORD.test(text) ? 'a mean of the rows above' : null
}

/**
 * Why a row is no machine; null where it may be one.
 * @param cells without spaces around
 * @param names of the columns, as the file spells them
 * @param idAt place of the id, −1 where there is none
 * @param modelAt place of the model, −1 where there is none
 */
export function noMachine(
  cells: readonly string[],
  names: readonly string[],
  idAt: number,
  modelAt: number,
): string | null {
  const filled = cells.flatMap((cell, at) => (cell === '' ? [] : [at]))
  const first = cells[filled[0] ?? -1] ?? ''
  if (filled.length > 1 && filled.every((at) => cells[at]!.toLowerCase() === (names[at] ?? '').toLowerCase()))
    return 'the headings again'
  const model = modelAt === -1 ? '' : (cells[modelAt] ?? '')
  const id = idAt === -1 ? '' : (cells[idAt] ?? '')
  // A machine may be called "Total Eclipse": where it has a model, only that can say that it is none.
  const said = model !== '' ? sumWords(model) : sumWords(id === '' ? first : id)
  if (said !== null && (model === '' || id === '' || sumWords(id) !== null)) return said
  if (filled.length === 1 && names.length > 2 && model === '' && (REMARK.test(first) || /\s/.test(first)))
    return 'a remark'
  return null
}

/** Sums of the columns so far, to see whether a row without a model is their sum. */
export type RunningSums = {
  /** @param values NaN where a row has none */
  add(quantity: number, values: readonly number[]): void
  /** two of its values are sums over at least two rows: plain, or times their quantities */
  isSum(quantity: number, values: readonly number[]): boolean
}

const near = (a: number, b: number) => Math.abs(a - b) <= 0.001 * Math.abs(b)

export function runningSums(columns: number): RunningSums {
  const plain = new Float64Array(columns)
  const weighted = new Float64Array(columns)
  let quantities = 0
  let rows = 0
  return {
    add(quantity, values) {
      rows++
      quantities += quantity
      values.forEach((value, i) => {
        if (Number.isNaN(value)) return
        plain[i]! += value
        weighted[i]! += value * quantity
      })
    },
    isSum(quantity, values) {
      if (rows < 2) return false
      const sums = values.filter(
        (value, i) => value > 0 && (near(value, plain[i]!) || near(value, weighted[i]!)),
      ).length
      return sums + (quantity > 1 && near(quantity, quantities) ? 1 : 0) >= 2
    },
  }
}
