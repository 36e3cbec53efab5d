import { selectBasis, selectPicture } from '../../state/selectors.ts'
import { memo } from '../../state/memo.ts'
import type { Store } from '../../state/store.ts'
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

const sort = (state: Store) => state.sort
const filter = (state: Store) => state.filter

const selectSortedRows = memo([selectRowInputs, sort], (inputs, by) =>
  inputs === null ? null : sortedRows(inputs, by),
)

/** Rows of the table from top to bottom; null while there is no fleet. */
export const selectVisibleRows = memo([selectSortedRows, selectRowInputs, filter], (order, inputs, wanted) =>
  order === null || inputs === null ? null : filteredRows(order, inputs, wanted),
)
