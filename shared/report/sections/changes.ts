import type { Picture } from '../../domain/decision/picture.ts'
import { hasClearedSites } from '../../domain/decision/picture.ts'
import { labelAt } from '../../domain/fleet/columns.ts'
import { counted, MISSING } from '../../format/numbers.ts'
import { days, dayMonth } from '../../format/times.ts'
import type { ChangeKind, ChangeRow, ChangeRows } from '../change-rows.ts'
import { CHANGE_KINDS, changeRows } from '../change-rows.ts'
import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { NO_NETWORK } from '../facts.ts'
import { columnsOver, note, sentence, table, tableOf } from '../table.ts'

const LISTS: Readonly<
  Record<ChangeKind, { readonly id: string; readonly title: string; readonly worth: string }>
> = {
  powerDown: { id: 'power-down', title: 'What to power down', worth: 'Saves' },
  start: { id: 'start', title: 'What to start', worth: 'Earns' },
  set: { id: 'set-point', title: 'What to set to another operating point', worth: 'Earns' },
  later: { id: 'later', title: 'What changes later or in some hours', worth: 'Worth' },
}

/** Every lot that is to do something else, with subtotals by site. */
export function changesSection(facts: ReportFacts): readonly Block[] {
  const { picture, asOfMs } = facts
  if (picture === null) return [sentence(NO_NETWORK)]
  const { advice } = picture
  if (advice === null)
    return [
      sentence(
        picture.refusal === null
          ? 'There is no advice, because the hashprice is not known.'
          : `A stored contract cannot be weighed, so there is no advice: ${picture.refusal}.`,
      ),
    ]
  const rows = changeRows(picture, asOfMs)
  const lots = CHANGE_KINDS.reduce((sum, kind) => sum + rows[kind].length, 0)
  if (lots === 0) return [sentence('No machine needs to be powered down, paused or started.')]
  const isWhole = hasClearedSites(picture.prepared)
  return [
    sentence(
      `${counted(lots, 'lot')} to change, ${untilWords(picture)}. Margins are as the machines are now, or would be if they ran; power at the meter is what they free or take.`,
    ),
    table(subtotals(facts, rows, isWhole ? null : advice.totals.gainUsd, picture)),
    ...(isWhole
      ? [
          note(
            'Where a contract has a site decided as a whole, a lot is weighed with the rest as advised: the worth of its lots need not add up to what the advice is worth.',
          ),
        ]
      : []),
    ...CHANGE_KINDS.flatMap((kind) =>
      rows[kind].length === 0 ? [] : [table(listOf(facts, picture, kind, rows[kind]))],
    ),
  ]
}

/** Until when worth is counted. */
function untilWords({ market }: Picture): string {
  if (market.isPerDay) return 'worth a day, because no adjustment is known'
  const end = dayMonth(market.horizonEndMs, undefined, market.stages[0]?.fromMs)
  const length = days(market.outlook?.horizonDays ?? Number.NaN)
  return end === MISSING ? `worth over ${length}` : `worth by ${end}`
}

function worthOf({ market }: Picture, word: string) {
  const end = dayMonth(market.horizonEndMs, undefined, market.stages[0]?.fromMs)
  return market.isPerDay
    ? ({ key: 'worthUsdPerDay', heading: word, look: 'usdPerDay' } as const)
    : ({ key: 'worthUsd', heading: end === MISSING ? word : `${word} by ${end}`, look: 'usd' } as const)
}

/** @param gainUsd what the sentence of the first section says; null: the lots need not add up to it */
function subtotals({ fleet }: ReportFacts, rows: ChangeRows, gainUsd: number | null, picture: Picture) {
  const { sites, machines } = fleet
  const ofSite = (kind: ChangeKind, of: (row: ChangeRow) => number) => {
    const sums = new Float64Array(sites.length)
    for (const each of rows[kind]) sums[machines.site[each.row]!]! += of(each)
    return sums
  }
  const of = (field: 'machines' | 'meterKw' | 'gainUsd') => {
    const [powerDown, start, set, later] = CHANGE_KINDS.map((kind) => ofSite(kind, (row) => row[field]))
    return { powerDown: powerDown!, start: start!, set: set!, later: later! }
  }
  const [count, kw, gain] = [of('machines'), of('meterKw'), of('gainUsd')]
  const shown = sites.name
    .map((_, site) => site)
    .filter((site) => CHANGE_KINDS.some((kind) => count[kind][site]! > 0))
  const { text, figure } = columnsOver(shown)
  const worth = worthOf(picture, 'Worth')
  const worthAt = (site: number) => CHANGE_KINDS.reduce((sum, kind) => sum + gain[kind][site]!, 0)
  const someMachines = (kind: ChangeKind, key: string, heading: string) =>
    rows[kind].length === 0 ? [] : [figure(key, heading, 'count', (site) => count[kind][site]!, 'sum')]
  return tableOf('changes-by-site', 'By site', 'All sites', [
    text('site', 'Site', (site) => sites.name[site]!),
    ...someMachines('powerDown', 'powerDownMachines', 'Power down'),
    ...someMachines('start', 'startMachines', 'Start'),
    ...someMachines('set', 'setMachines', 'Other point'),
    ...someMachines('later', 'laterMachines', 'Later'),
    figure(
      'freedKw',
      'Freed now',
      'kw',
      (site) => kw.powerDown[site]! - kw.start[site]! - kw.set[site]!,
      'sum',
    ),
    figure(worth.key, worth.heading, worth.look, worthAt, gainUsd ?? 'sum'),
  ])
}

function listOf(
  { siteOf, modelOf, lotOf, fleet }: ReportFacts,
  picture: Picture,
  kind: ChangeKind,
  rows: readonly ChangeRow[],
) {
  const { id, title, worth: word } = LISTS[kind]
  const { text, figure } = columnsOver(rows)
  const worth = worthOf(picture, word)
  const { rack } = fleet.machines
  const racks = text('rack', 'Rack', ({ row }) => labelAt(rack, row))
  const hasRacks = (racks.values as readonly string[]).some((each) => each !== '')
  return tableOf(id, title, counted(rows.length, 'lot'), [
    text('site', 'Site', ({ row }) => siteOf(row)),
    text('model', 'Model', ({ row }) => modelOf(row)),
    text('lot', 'Lot', ({ row }) => lotOf(row)),
    ...(hasRacks ? [racks] : []),
    figure('machines', 'Machines', 'count', ({ machines }) => machines, 'sum'),
    figure('meterKw', 'At the meter', 'kw', ({ meterKw }) => meterKw, 'sum'),
    figure(
      'breakevenUsdPerPhDay',
      'Break-even',
      'breakevenUsdPerPhDay',
      ({ row }) => picture.basis.breakevenHashpriceUsdPerPhDay[row]!,
    ),
    figure('marginUsdPerDay', 'Margin', 'usdPerDay', ({ marginUsdPerDay }) => marginUsdPerDay, 'sum'),
    text('advice', 'What to do', ({ words }) => words),
    figure(worth.key, worth.heading, worth.look, ({ gainUsd }) => gainUsd, 'sum'),
  ])
}
