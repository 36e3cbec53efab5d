import { W_PER_KW } from '#shared/domain/units.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { labelAt, textAt } from '#shared/domain/fleet/columns.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import type { FleetOptimum, RowPlan } from '#shared/domain/decision/optimise-fleet.ts'
import { optimiseFleet } from '#shared/domain/decision/optimise-fleet.ts'
import { SiteLimitError } from '#shared/domain/decision/site-optimum.ts'
import { usd } from '#shared/format/money.ts'
import { count } from '#shared/format/numbers.ts'
import { power } from '#shared/format/units.ts'
import { caseOptions, readCase } from '../case.ts'
import type { Call } from '../command.ts'
import { defineCommand, EXIT, numberOption, UsageError } from '../command.ts'
import { existing, writeDocument, writeLine } from '../json.ts'
import { ladderOptions, laddersFor, ownRules } from '../ladders.ts'
import { textTable } from '../text-table.ts'

const KW = { min: 0, max: 100_000_000, unit: 'kW' }

const options = {
  ...caseOptions,
  'cap-kw': {
    type: 'string',
    value: 'N',
    required: true,
    help: 'power that the machines may draw together, cooling included',
  },
  'floor-kw': { type: 'string', value: 'N', help: 'power that they must draw together (take-or-pay)' },
  site: { type: 'string', value: 'NAME', help: 'the site that is meant (default: all machines together)' },
  ...ladderOptions,
} as const

export const command = defineCommand({
  name: 'optimise',
  summary: 'the operating point of every machine that earns most under a power cap',
  options,
  async run(call) {
    const { host } = call
    const capKw = numberOption('optimise', 'cap-kw', call.options['cap-kw'], KW) ?? 0
    const floorKw = numberOption('optimise', 'floor-kw', call.options['floor-kw'], KW) ?? 0
    const { fleet, network, restsOn } = await readCase(call, null, 'margins')
    const site = siteOf(fleet, call.options.site)
    const own = await ownRules(call)
    const ladderOf = await laddersFor(call, fleet, own.ladders)
    const optimum = withinLimits(() =>
      optimiseFleet(
        fleet,
        hashpriceUsdPerPhDay(network),
        { capW: capKw * W_PER_KW, floorW: floorKw * W_PER_KW },
        {
          ladderOf,
          isMeant: (row) => site === null || fleet.machines.site[row] === site,
          mayBeOff: (row) => !own.protectedKeys.has(fleet.machines.key[row]!),
        },
      ),
    )
    if (optimum.leftOut > 0)
      await writeLine(
        host.stderr,
        `warning: ${optimum.leftOut} running rows lack a figure: they are not in the plan, and their power is not counted`,
      )
    if (call.options.json) {
      const gapUsd = optimum.upperBoundUsdPerDay - optimum.marginUsdPerDay
      await writeDocument(host.stdout, {
        head: {
          capKw,
          powerKw: optimum.powerW / W_PER_KW,
          marginUsdPerDay: existing(optimum.marginUsdPerDay),
          upperBoundUsdPerDay: existing(optimum.upperBoundUsdPerDay),
          // a fraction of the bound
          gap: optimum.exact ? 0 : existing(gapUsd / Math.abs(optimum.upperBoundUsdPerDay)),
          relaxedMarginUsdPerDay: existing(optimum.relaxedMarginUsdPerDay),
          limitValueUsdPerKwDay: existing(optimum.limitValueUsdPerKwDay),
          ...restsOn,
        },
        list: 'lots',
        rows: optimum.rows.length,
        row: (i) => lotRow(fleet, optimum.rows[i]!),
        tail: {},
      })
      return EXIT.done
    }
    await writeSummary(call, fleet, optimum)
    return EXIT.done
  },
})

function lotRow(fleet: Fleet, { row, ladder, points, off, marginUsdPerDay }: RowPlan) {
  const { machines, sites } = fleet
  return {
    id: textAt(machines.id, row),
    model: labelAt(machines.model, row),
    site: sites.name[machines.site[row]!]!,
    quantity: machines.quantity[row]!,
    ladder: ladder === null ? null : { model: ladder.model, firmware: ladder.firmware },
    points: points.map(({ name, count: machinesThere, hashrateThs, powerW }) => ({
      profile: name,
      count: machinesThere,
      hashrateThs,
      powerW,
    })),
    off,
    marginUsdPerDay: existing(marginUsdPerDay),
  }
}

async function writeSummary(call: Call<typeof options>, fleet: Fleet, optimum: FleetOptimum): Promise<void> {
  const { stdout } = call.host
  const bound = optimum.exact
    ? 'nothing earns more'
    : `at most ${usd(optimum.upperBoundUsdPerDay)} is possible`
  await writeLine(
    stdout,
    `${usd(optimum.marginUsdPerDay)} a day with ${power(optimum.powerW)}: ${bound}. One more kW is worth ${usd(optimum.limitValueUsdPerKwDay)} a day.`,
  )
  const cells = optimum.rows.map((plan) => {
    const { id, model, site, marginUsdPerDay } = lotRow(fleet, plan)
    const at = plan.points.map((point) => `${count(point.count)} × ${point.name}`)
    const off = plan.off > 0 ? [`${count(plan.off)} off`] : []
    const firmware = plan.ladder === null ? '–' : plan.ladder.firmware || 'as given'
    return [id, model, site, firmware, [...at, ...off].join(', '), usd(marginUsdPerDay ?? NaN)]
  })
  const columns = [
    { title: 'id' },
    { title: 'model' },
    { title: 'site' },
    { title: 'profiles of' },
    { title: 'machines' },
    { title: 'margin/day', right: true },
  ]
  for (const line of textTable(columns, cells)) await writeLine(stdout, line)
}

/** Row of the site that is named; null where none is. */
function siteOf({ sites }: Fleet, name: string | undefined): number | null {
  if (name === undefined) return null
  const row = sites.name.findIndex((each) => isSameSiteName(each, name))
  if (row === -1)
    throw new UsageError(
      `optimise: --site '${name}' is not in the fleet; its sites are ${sites.name.slice(0, 10).join(', ')}`,
    )
  return row
}

const LIMIT_OPTIONS = { capW: '--cap-kw', floorW: '--floor-kw' } as const

function withinLimits(optimise: () => FleetOptimum): FleetOptimum {
  try {
    return optimise()
  } catch (error) {
    if (error instanceof SiteLimitError)
      throw new StrikelineError('bad-input', `optimise: ${LIMIT_OPTIONS[error.field]} ${error.message}`)
    throw error
  }
}
