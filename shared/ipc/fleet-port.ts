import type { PackedMachines } from '../domain/fleet/packed.ts'

/**
 * What comes through the fleet port. The answer of `fleet.read` is the header of a revision; its machines come here, so that they
 * reach the thread that computes without passing through the page.
 */
export type FleetMessage =
  | { readonly revision: number; readonly kind: 'all'; readonly machines: PackedMachines }
  | {
      readonly revision: number
      /** some machines, by key: those that have changed since revision `from` and those that are new */
      readonly kind: 'rows'
      readonly from: number
      readonly machines: PackedMachines
    }
