/** A contract that asks for what cannot be names its site first; any other fault is one of the program. */
const NAMES_A_SITE = 'site '

export type Weighed<T> =
  | { readonly value: T; readonly refusal: null }
  /** why a contract cannot be weighed, naming site and field */
  | { readonly value: null; readonly refusal: string }

/** Whether the words are those of a fault of a contract. */
export const namesSite = (message: string): boolean => message.startsWith(NAMES_A_SITE)

/** What comes of work that weighs contracts. @throws whatever it throws that is no fault of a contract */
export function weighed<T>(work: () => T): Weighed<T> {
  try {
    return { value: work(), refusal: null }
  } catch (fault) {
    if (!(fault instanceof RangeError && namesSite(fault.message))) throw fault
    return { value: null, refusal: fault.message }
  }
}
