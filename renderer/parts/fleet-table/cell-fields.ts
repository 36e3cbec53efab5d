import type { EditableField } from '#shared/domain/fleet/fields.ts'
import { isPlaceName } from '#shared/domain/fleet/fields.ts'
import type { GridColumn } from '../../engine/view.ts'

const FIELDS: Readonly<Partial<Record<GridColumn, EditableField>>> = {
  site: 'site',
  model: 'model',
  quantity: 'quantity',
  hashrate: 'hashrateThs',
  powerPrice: 'powerPriceUsdPerKwh',
  status: 'status',
}

/** The field that a column shows as it is stored, so that it can be changed in its cell; null where it is computed. */
export function cellField(column: GridColumn | undefined): EditableField | null {
  if (column === undefined) return null
  return isPlaceName(column) ? column : (FIELDS[column] ?? null)
}

/** The next column to the right, or the left, that can be changed; null where there is none. */
export function nextEditable(columns: readonly GridColumn[], from: number, step: 1 | -1): number | null {
  for (let at = from + step; at >= 1 && at <= columns.length; at += step)
    if (cellField(columns[at - 1]) !== null) return at
  return null
}
