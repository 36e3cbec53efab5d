import { useMemo } from 'react'
import { moneyIn } from '#shared/format/money.ts'
import type { Money } from '#shared/format/money.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'

/** The reader's currency. A hashprice of another day is money in it, never satoshi: those would be at the price of now. */
export function usePlainMoney(): Money {
  const { currency, usdPerUnit } = useStore(selectMoney)
  return useMemo(() => moneyIn(currency, usdPerUnit), [currency, usdPerUnit])
}
