/**
 * Every kind of connection that the program makes to the outside, in one place; docs/security.md has the same table. None is made
 * before a person has switched it on, the public sources at the first start excepted.
 */
export type OutgoingKind = {
  /** what it is for */
  readonly purpose: string
  readonly to: string
  readonly switchedOnBy: string
  readonly onAtFirstStart: boolean
  /** exact: to the address itself; beneath: to it and to what lies beneath it */
  readonly reach: 'exact' | 'beneath'
}

export const OUTGOING = {
  'network-sources': {
    purpose: 'Asks for price, difficulty, height, fees, rates and their past',
    to: 'the public sources in the order of the settings, at their addresses',
    switchedOnBy: 'on at the first start; the order of sources, or asking only when told to, in Data',
    onAtFirstStart: true,
    reach: 'beneath',
  },
  'own-node': {
    purpose: 'Asks the operator’s own Bitcoin Core node for the same',
    to: 'the address that was typed for the node',
    switchedOnBy: 'typing its address in Data',
    onAtFirstStart: false,
    reach: 'beneath',
  },
  webhook: {
    purpose: 'Sends alerts as they happen',
    to: 'the one address that was typed for it',
    switchedOnBy: 'typing its address in Market, or naming a file or a variable that holds it',
    onAtFirstStart: false,
    reach: 'exact',
  },
} as const satisfies Readonly<Record<string, OutgoingKind>>
export type OutgoingName = keyof typeof OUTGOING

/** A kind that is on, and where it may go. */
export type Permit = { readonly kind: OutgoingName; readonly address: string }

/** Whether something may leave for an address, given what is on at the moment. */
export function mayLeave(permits: readonly Permit[], address: string): boolean {
  if (!URL.canParse(address)) return false
  const target = new URL(address)
  return permits.some(({ kind, address: allowed }) => {
    if (!URL.canParse(allowed)) return false
    const base = new URL(allowed)
    if (base.origin !== target.origin || target.username !== '' || target.password !== '') return false
    if (OUTGOING[kind].reach === 'exact') return base.href === target.href
    const folder = base.pathname.replace(/\/*$/, '/')
    return `${target.pathname}/`.startsWith(folder)
  })
}
