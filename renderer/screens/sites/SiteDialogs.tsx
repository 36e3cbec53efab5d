import type { ShownFleet } from '../../state/fleet-slice.ts'
import type { OpenDialog } from '../../state/view-slice.ts'
import { RemoveSite } from './RemoveSite.tsx'
import { SiteDialog } from './SiteDialog.tsx'

/** The dialogs that add, change and remove a site. */
export function SiteDialogs({
  of,
  fleet,
}: {
  readonly of: Extract<OpenDialog, { readonly kind: 'site' | 'remove-site' }>
  readonly fleet: ShownFleet
}) {
  return of.kind === 'site' ? (
    <SiteDialog fleet={fleet} siteKey={of.key} thenMachines={of.thenMachines === true} />
  ) : (
    <RemoveSite fleet={fleet} siteKey={of.key} />
  )
}
