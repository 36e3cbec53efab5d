import type { Prepared } from '#shared/domain/decision/prepare.ts'
import { paidUsdPerKwhAt } from '#shared/domain/decision/sites/offers.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import type { Ladder, LadderPoint, MachineTerms } from '#shared/domain/ladders/point.ts'
import { termsOfRow } from '#shared/domain/ladders/point.ts'

/** A ladder of a model, and the machines whose ladder it is, or could be if they had its firmware. */
export type ModelLadder = {
  readonly ladder: Ladder
  readonly counted: number
  readonly possible: number
}

export type ModelSite = {
  readonly key: number
  readonly name: string
  readonly machines: number
  /** of the first machine of the model there, with what energy costs the site as it runs */
  readonly terms: MachineTerms
  /** of that machine */
  readonly id: string
}

/** What the fleet has of one model. */
export type ModelView = {
  readonly rows: number
  readonly machines: number
  /** those with the most machines first */
  readonly sites: readonly ModelSite[]
  readonly ladders: readonly ModelLadder[]
  /** what its machines are stored with, each once, the most frequent first */
  readonly asStored: readonly LadderPoint[]
}

const MOST_STORED = 5

/** null: the fleet has none of this model. */
export function modelView(prepared: Prepared, model: string): ModelView | null {
  const { fleet } = prepared.basis
  const { machines, sites } = fleet
  const code = machines.model.labels.indexOf(model)
  const ladders = new Map<Ladder, { counted: number; possible: number }>()
  const atSites = new Map<number, { machines: number; readonly row: number }>()
  const stored = new Map<string, { machines: number; readonly row: number }>()
  let rows = 0
  let count = 0

  for (let row = 0; row < machines.length; row++) {
    if (code === -1 || machines.model.codes[row] !== code) continue
    const quantity = machines.quantity[row]!
    rows++
    count += quantity
    const site = machines.site[row]!
    add(atSites, site, row, quantity)
    const [ths, watts] = [machines.hashrateThs[row]!, machines.powerW[row]!]
    if (ths > 0 && watts > 0) add(stored, `${ths} ${watts}`, row, quantity)
    const { counted, possible } = prepared.laddersOf(row)
    if (counted !== null) tally(ladders, counted).counted += quantity
    for (const ladder of possible) tally(ladders, ladder).possible += quantity
  }
  if (rows === 0) return null
  return {
    rows,
    machines: count,
    sites: mostFirst(atSites).map(([site, { machines: there, row }]) => ({
      key: sites.key[site]!,
      name: sites.name[site]!,
      machines: there,
      terms: { ...termsOfRow(fleet, row), powerPriceUsdPerKwh: paidUsdPerKwhAt(prepared, row) },
      id: textAt(machines.id, row),
    })),
    ladders: [...ladders]
      .map(([ladder, of]) => ({ ladder, ...of }))
      .sort((a, b) => b.counted - a.counted || b.possible - a.possible),
    asStored: mostFirst(stored)
      .slice(0, MOST_STORED)
      .map(([, { row }]) => ({
        name: 'running',
        hashrateThs: machines.hashrateThs[row]!,
        powerW: machines.powerW[row]!,
      })),
  }
}

function add<Key>(
  into: Map<Key, { machines: number; readonly row: number }>,
  key: Key,
  row: number,
  quantity: number,
): void {
  const known = into.get(key)
  if (known === undefined) into.set(key, { machines: quantity, row })
  else known.machines += quantity
}

function tally(into: Map<Ladder, { counted: number; possible: number }>, ladder: Ladder) {
  const known = into.get(ladder) ?? { counted: 0, possible: 0 }
  into.set(ladder, known)
  return known
}

const mostFirst = <Key>(counts: Map<Key, { readonly machines: number; readonly row: number }>) =>
  [...counts].sort(([, a], [, b]) => b.machines - a.machines)
