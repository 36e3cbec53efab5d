import type { RememberedThing } from '#shared/ipc/schemas/remembered.ts'

const short = (value: number) => Number(value.toPrecision(6))

/** What is remembered, in a line. */
export function rememberedWords(one: RememberedThing): string {
  if (one.kind === 'columns') {
    const sign = one.decimalSign === null ? [] : [`decimal ${one.decimalSign === '.' ? 'point' : 'comma'}`]
    return `${[...one.map, ...sign].join('; ')}; in files ${one.fileKind === 'ledger' ? 'of the ledger ' : ''}with the headings ${one.headings.join(', ')}`
  }
  const { what, field, about, least, most } = one
  const range =
    least === null || most === null
      ? ''
      : least === most
        ? ` (${short(least)})`
        : ` (${short(least)} … ${short(most)})`
  return `${what}${range}${field === '' ? '' : `, ${field}`}${about === '' ? '' : `, ${about}`}`
}
