import { useEffect } from 'react'
import type { RecentHashprice } from '#shared/domain/signals/hashprice-history.ts'
import { recentHashprice } from '#shared/domain/signals/hashprice-history.ts'
import { memo } from '../../state/memo.ts'
import type { WindowState } from '../../state/store.ts'
import { useStore } from '../../state/store.ts'
import { started } from '../../ui/after-start.ts'

const selectRecent = memo([(state: WindowState) => state.past], (past) =>
  past === null ? null : recentHashprice(past.series),
)

/** Hashprices of the last days; the past is read once the window shows its first figures and rests. null: not yet, or there are none. */
export function useRecentHashprice(): RecentHashprice | null {
  useEffect(() => {
    void started.then(() => requestIdleCallback(() => void useStore.getState().readPast()))
  }, [])
  return useStore(selectRecent)
}
