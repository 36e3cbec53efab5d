import type { NoStart } from '../domain/ahead/start.ts'

/** Why there is no plan, in a sentence that says what to do. */
export function noStartWords(why: NoStart): string {
  switch (why.missing) {
    case 'network':
      return 'No network data yet, so there are no figures here.'
    case 'values':
      return 'A typed hashprice alone says nothing of the epochs ahead: type price, difficulty, height and fees too (Data), or let a network file bring them.'
    case 'epoch':
      return 'The running epoch is not known, so nothing dates the adjustments ahead: a network file or a source of the network brings it.'
    case 'contract':
      return `A stored contract cannot be weighed: ${why.fault}.`
  }
}
