/** What is wrong with a contract, and where: "tariffs[1].from", "lies inside tariffs[0], …". */
export type Fault = { readonly field: string; readonly message: string }

/** What is wrong with a list of times: an end that is not after its begin, or one that overlaps an earlier one. */
export function timesFault(
  list: readonly { readonly fromMs: number; readonly toMs: number }[],
  field: string,
): Fault | null {
  for (const [i, { fromMs, toMs }] of list.entries()) {
    if (!(toMs > fromMs)) return { field: `${field}[${i}].to`, message: 'is not after its from' }
    const other = list.slice(0, i).findIndex((earlier) => earlier.fromMs < toMs && fromMs < earlier.toMs)
    if (other >= 0)
      return { field: `${field}[${i}].from`, message: `overlaps ${field.split('.').at(-1)!}[${other}]` }
  }
  return null
}
