import { useEffect, useMemo, useState } from 'react'
import { selectBasis, selectPicture } from '../../../state/selectors.ts'
import { memo } from '../../../state/memo.ts'
import { useStore } from '../../../state/store.ts'
import type { RowInputs } from './rows.ts'
import { filteredRows, sortedRows } from './rows.ts'

/** What rows show and are sorted by: with a market where it is known, else break-evens alone. */
export const selectRowInputs = memo([selectBasis, selectPicture], (basis, picture): RowInputs | null => {
  if (basis === null) return null
  return {
    basis,
    decisions: picture?.decisions ?? null,
    marginNowUsdPerDay: picture?.marginNowUsdPerDay ?? null,
    hashpriceUsdPerPhDay: picture?.market.hashpriceUsdPerPhDay ?? Number.NaN,
    hashpriceAfterUsdPerPhDay: picture?.market.hashpriceAfterUsdPerPhDay ?? Number.NaN,
  }
})

/** While a price is being dragged the rows stay where they are; this long after the last move they are put in order. */
const SETTLE_MS = 120

/** The inputs of a moment ago while only the market moves; those of now as soon as the fleet is another one. */
function useSettled(inputs: RowInputs | null): RowInputs | null {
  const [settled, setSettled] = useState(inputs)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(inputs), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [inputs])
  // Where nothing was known before there is nothing to keep in place.
  const becameKnown = (settled?.decisions ?? null) === null && (inputs?.decisions ?? null) !== null
  return !becameKnown && settled?.basis.fleet.machines === inputs?.basis.fleet.machines ? settled : inputs
}

/** Rows of the table from top to bottom; null while there is no fleet. */
export function useVisibleRows(inputs: RowInputs | null): Uint32Array | null {
  const sort = useStore((state) => state.sort)
  const filter = useStore((state) => state.filter)
  const settled = useSettled(inputs)
  const order = useMemo(() => (settled === null ? null : sortedRows(settled, sort)), [settled, sort])
  return useMemo(
    () => (order === null || settled === null ? null : filteredRows(order, settled, filter)),
    [order, settled, filter],
  )
}
