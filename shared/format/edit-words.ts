import type { AdviceChanges } from '../domain/decision/large-change.ts'
import { adviceChangeWords } from './change-words.ts'
import type { Money } from './money.ts'
import { counted } from './numbers.ts'

const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`

/** Whom an edit is for: `4 rows, 512 machines.` One lot of one machine is a machine. */
export const editedWords = ({ rows, machines }: { readonly rows: number; readonly machines: number }) =>
  rows === machines
    ? counted(machines, 'machine')
    : `${counted(rows, 'row')}, ${counted(machines, 'machine')}`

/** What an edit would do: in machines, and in what the fleet earns a day as it runs. */
export function editAheadWords(
  money: Money,
  {
    changes,
    marginUsdPerDay: { before, after },
  }: {
    readonly changes: AdviceChanges
    readonly marginUsdPerDay: { readonly before: number; readonly after: number }
  },
): string {
  const [from, to] = [money.cents(before), money.cents(after)]
  const earns =
    Number.isNaN(before) || Number.isNaN(after)
      ? 'What the fleet earns is not known.'
      : from === to
        ? `The fleet earns ${to} a day as before.`
        : `The fleet as it runs earns ${to} a day in place of ${from}.`
  return `${sentence(adviceChangeWords(changes))} ${earns}`
}
