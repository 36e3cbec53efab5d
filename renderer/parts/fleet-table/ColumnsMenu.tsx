import { memo } from 'react'
import { MACHINE_FIELDS, PLACE_NAMES } from '#shared/domain/fleet/fields.ts'
import { showColumn } from '../../state/actions.ts'
import { selectExtraColumns } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { Menu } from '../../ui/Menu.tsx'

/** Chooses the columns that are not always shown. */
export const ColumnsMenu = memo(function ColumnsMenu() {
  const shown = useStore(selectExtraColumns)
  return (
    <Menu
      label="Columns"
      trigger={
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10" />
        </svg>
      }
      entries={PLACE_NAMES.map((name) => ({
        label: MACHINE_FIELDS[name].name,
        checked: shown.includes(name),
        run: () => void showColumn(name, !shown.includes(name)),
      }))}
    />
  )
})
