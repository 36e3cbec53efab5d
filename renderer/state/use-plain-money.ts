import { useMemo } from 'react'
import type { Money } from '#shared/format/money.ts'
import { moneyOfAnyDay } from '#shared/format/money.ts'
import { selectMoney } from './selectors.ts'
import { useStore } from './store.ts'

/** The reader's currency where hashprices are of another day or of another price of bitcoin. */
export function usePlainMoney(): Money {
  const money = useStore(selectMoney)
  return useMemo(() => moneyOfAnyDay(money), [money])
}
