import { Popover } from '@base-ui/react/popover'
import { useMemo } from 'react'
import { USUAL_TABLES } from '#shared/ipc/table-view.ts'
import type { GridColumn } from '../../engine/view.ts'
import { GRID_COLUMNS } from '../../engine/view.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { selectTable, selectTablePlace } from '../../state/table-slice.ts'
import { menuButton } from '../../ui/Menu.tsx'
import { columnLooks } from './cells.tsx'
import { movedBy } from './column-order.ts'
import { COLUMNS_FACE } from './ColumnsMenu.tsx'

/** Every column with a mark whether it is shown, those that are shown first and in their order. */
export function ColumnsPopup({ openAtFirst }: { readonly openAtFirst: boolean }) {
  return (
    <Popover.Root defaultOpen={openAtFirst}>
      <Popover.Trigger {...menuButton('Columns')}>{COLUMNS_FACE}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="layer" sideOffset={4} align="end">
          <Popover.Popup className="popup columns-popup" aria-label="Columns">
            <ColumnList />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function ColumnList() {
  const { columns } = useStore(selectTable)
  const place = useStore(selectTablePlace)
  const money = useStore(selectMoney)
  const looks = useMemo(() => columnLooks(money), [money])
  const { setColumns } = useStore.getState()
  const all = [...columns, ...GRID_COLUMNS.filter((column) => !columns.includes(column))]
  const nameOf = (column: GridColumn) => [looks[column].heading, looks[column].unit].filter(Boolean).join(' ')
  const show = (column: GridColumn, isShown: boolean) =>
    setColumns(isShown ? [...columns, column] : columns.filter((each) => each !== column))
  const move = (column: GridColumn, by: number) => setColumns(movedBy(columns, column, by))
  return (
    <>
      <ul className="columns-list">
        {all.map((column) => {
          const at = columns.indexOf(column)
          const arrows = [
            { by: -1, word: 'left', path: 'M10 4l-4 4 4 4', isEnd: at <= 0 },
            { by: 1, word: 'right', path: 'M6 4l4 4-4 4', isEnd: at === columns.length - 1 },
          ]
          return (
            <li key={column}>
              <label
                onKeyDown={(event) => {
                  const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined
                  if (by === undefined || at === -1) return
                  event.preventDefault()
                  move(column, by)
                }}
              >
                <input
                  type="checkbox"
                  checked={at !== -1}
                  // A table has at least one column.
                  disabled={at !== -1 && columns.length === 1}
                  onChange={(event) => show(column, event.target.checked)}
                />
                {nameOf(column)}
              </label>
              {at === -1
                ? null
                : arrows.map(({ by, word, path, isEnd }) => (
                    <button
                      key={word}
                      type="button"
                      className="icon-button"
                      aria-label={`Move ${nameOf(column)} ${word}`}
                      disabled={isEnd}
                      onClick={() => move(column, by)}
                    >
                      <svg viewBox="0 0 16 16" aria-hidden="true">
                        <path d={path} />
                      </svg>
                    </button>
                  ))}
            </li>
          )
        })}
      </ul>
      <button type="button" className="button quiet" onClick={() => setColumns(USUAL_TABLES[place].columns)}>
        Usual columns
      </button>
    </>
  )
}
