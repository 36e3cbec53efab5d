import type { ShownFleet } from '../../state/fleet-slice.ts'
import { counted } from '#shared/format/numbers.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { removeSite } from '../../state/actions.ts'

export function RemoveSite({ fleet, siteKey }: { readonly fleet: ShownFleet; readonly siteKey: number }) {
  const row = fleet.sites.key.indexOf(siteKey)
  if (row < 0) return null
  const name = fleet.sites.name[row]!
  const rows = fleet.rowsAtSites[row]!.rows
  return (
    <ConfirmDialog
      title={`Remove ${name}?`}
      description={
        rows === 0
          ? 'No machine stands there.'
          : `${counted(rows, 'row')} of machines go with it. Undo brings it all back.`
      }
      action="Remove"
      onConfirm={() => removeSite(siteKey, name)}
    />
  )
}
