import type { SaidValue } from '#shared/ipc/schemas/network.ts'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'

export type SaidState = 'in-force' | 'stale' | 'kept-out' | 'stands-by'

export function saidState({ inForce, refused, stale }: SaidValue): SaidState {
  if (refused !== null) return 'kept-out'
  if (inForce) return 'in-force'
  return stale ? 'stale' : 'stands-by'
}

/** What became of what a source said, in words. */
export function saidWords(said: SaidValue): string {
  switch (saidState(said)) {
    case 'kept-out':
      return `kept out: ${said.refused}`
    case 'in-force':
      return said.stale ? 'in force, stale' : 'in force'
    case 'stale':
      return 'stale'
    case 'stands-by':
      return 'stands by'
  }
}

const RANK: Readonly<Record<SaidState, number>> = { 'in-force': 0, 'stands-by': 1, stale: 2, 'kept-out': 3 }

/** What the sources said of a value: first what counts, then what stands by (youngest first), last what was kept out. */
export function saidOf(said: readonly SaidValue[], name: NetworkValueName): readonly SaidValue[] {
  return said
    .filter((each) => each.name === name)
    .toSorted((a, b) => RANK[saidState(a)] - RANK[saidState(b)] || b.asOfMs - a.asOfMs)
}
