import type { FleetSnapshot, SitesSnapshot } from '#shared/ipc/schemas/channels.ts'

/**
 * The fleet that is known with its sites as they are now, so that a rate which moves a price does not have every machine read
 * again; null where the machines are other ones meanwhile.
 */
export function repricedFleet(
  known: FleetSnapshot,
  { rowsRevision, ...now }: SitesSnapshot,
): FleetSnapshot | null {
  return rowsRevision <= known.revision ? { ...now, machines: known.machines } : null
}
