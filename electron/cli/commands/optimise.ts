import { labelAt, textAt } from '#shared/domain/fleet/columns.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { horizonOf } from '#shared/domain/decision/advise.ts'
import type { LimitedBest, LotChoice } from '#shared/domain/decision/clearing/best-under-limits.ts'
import {
  bestUnderLimits,
  LimitError,
  SeveralContractsError,
} from '#shared/domain/decision/clearing/best-under-limits.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import type { Money } from '#shared/format/money.ts'
import { count, counted, percent } from '#shared/format/numbers.ts'
import { leftOutWords } from '#shared/format/advice-words.ts'
import { power } from '#shared/format/units.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { W_PER_KW } from '#shared/domain/units.ts'
import { agreementOptions, agreementsOfCall, naming } from '../case-inputs.ts'
import { caseOptions, readCase } from '../case.ts'
import type { Call } from '../command.ts'
import { defineCommand, EXIT, numberOption, UsageError } from '../command.ts'
import { existing, writeDocument, writeLine } from '../json.ts'
import { textTable } from '../text-table.ts'

const KW = { min: 0, max: 100_000_000, unit: 'kW', typed: 'kW' } as const

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
  ...agreementOptions,
} as const

export const command = defineCommand({
  name: 'optimise',
  summary: 'the operating point of every machine that earns most under a power cap',
  options,
  async run(call) {
    const { host } = call
    const capKw = numberOption('optimise', 'cap-kw', call.options['cap-kw'], KW) ?? 0
    const floorKw = numberOption('optimise', 'floor-kw', call.options['floor-kw'], KW) ?? null
    const given = await readCase('optimise', call, null, 'margins')
    const { fleet, network, nowMs, restsOn } = given
    const site = siteOf(fleet, call.options.site)
    const { inputs, warnings, leftOut } = await agreementsOfCall('optimise', call, given)
    for (const sentence of [...warnings, ...leftOutWords(leftOut)])
      await writeLine(host.stderr, `warning: ${sentence}`)
    const horizon = horizonOf(marketOf(network, { horizonDays: null, change: null }, nowMs))
    if (horizon === null)
      throw new StrikelineError(
        'bad-input',
        'optimise: the hashprice is not known: run refresh, or give --network NETWORK.JSON',
      )
    const best = naming(call.options.sites, () =>
      withinLimits(() => bestUnderLimits(fleet, inputs, horizon, site, { capKw, floorKw })),
    )
    if (best.leftOut > 0)
      await writeLine(
        host.stderr,
        `warning: ${counted(best.leftOut, 'running row')} without all figures: not in the plan, and without power there`,
      )
    if (call.options.json) {
      const gapUsd = best.upperBoundUsdPerDay - best.marginUsdPerDay
      await writeDocument(host.stdout, {
        head: {
          capKw,
          powerKw: best.powerKw,
          marginUsdPerDay: existing(best.marginUsdPerDay),
          upperBoundUsdPerDay: existing(best.upperBoundUsdPerDay),
          // a fraction of the bound
          gap: best.isProven ? 0 : existing(gapUsd / Math.abs(best.upperBoundUsdPerDay)),
          relaxedMarginUsdPerDay: existing(best.relaxedMarginUsdPerDay),
          limitValueUsdPerKwDay: existing(best.limitValueUsdPerKwDay),
          ...restsOn,
        },
        list: 'lots',
        rows: best.lots.length,
        row: (i) => lotRow(fleet, best.lots[i]!),
        tail: {},
      })
      return EXIT.done
    }
    await writeSummary(call, given.money, fleet, best)
    return EXIT.done
  },
})

function lotRow(fleet: Fleet, { row, ladder, possible, points, off, marginUsdPerDay }: LotChoice) {
  const { machines, sites } = fleet
  return {
    id: textAt(machines.id, row),
    model: labelAt(machines.model, row),
    site: sites.name[machines.site[row]!]!,
    quantity: machines.quantity[row]!,
    ladder: ladder === null ? null : { model: ladder.model, firmware: ladder.firmware },
    points: points.map(({ name, count: machinesThere, shareOfHours, hashrateThs, powerW }) => ({
      profile: name,
      count: machinesThere,
      hashrateThs,
      powerW,
      // of a price that is the same in every hour nothing need be said
      ...(shareOfHours === 1 ? {} : { shareOfHours }),
    })),
    off,
    marginUsdPerDay: existing(marginUsdPerDay),
    ...(possible.length === 0 ? {} : { possible: possible.map(({ firmware, model }) => firmware || model) }),
  }
}

async function writeSummary(
  call: Call<typeof options>,
  money: Money,
  fleet: Fleet,
  best: LimitedBest,
): Promise<void> {
  const { stdout } = call.host
  const bound = best.isProven
    ? 'nothing earns more'
    : `at most ${money.amount(best.upperBoundUsdPerDay)} is possible`
  await writeLine(
    stdout,
    `${money.amount(best.marginUsdPerDay)} a day with ${power(best.powerKw * W_PER_KW)}: ${bound}. One more kW is worth ${money.amount(best.limitValueUsdPerKwDay)} a day.`,
  )
  const cells = best.lots.map((choice) => {
    const { id, model, site, marginUsdPerDay } = lotRow(fleet, choice)
    const at = choice.points.map(
      ({ count: machines, name, shareOfHours }) =>
        `${count(machines)} × ${name}${shareOfHours === 1 ? '' : ` in ${percent(shareOfHours)} of the hours`}`,
    )
    const off = choice.off > 0 ? [`${count(choice.off)} off`] : []
    const firmware = choice.ladder === null ? '–' : choice.ladder.firmware || 'as given'
    return [id, model, site, firmware, [...at, ...off].join(', '), money.amount(marginUsdPerDay ?? NaN)]
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
  const possible = new Set(
    best.lots.flatMap((choice) => choice.possible.map(({ firmware, model }) => firmware || model)),
  )
  if (possible.size > 0)
    await writeLine(
      stdout,
      `Profiles of ${[...possible].join(', ')} would fit machines whose firmware nobody named; --firmware NAME weighs them.`,
    )
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

const LIMIT_OPTIONS = { capKw: '--cap-kw', floorKw: '--floor-kw' } as const

function withinLimits(optimise: () => LimitedBest): LimitedBest {
  try {
    return optimise()
  } catch (error) {
    if (error instanceof LimitError)
      throw new StrikelineError('bad-input', `optimise: ${LIMIT_OPTIONS[error.field]} ${error.message}`)
    if (error instanceof SeveralContractsError)
      throw new UsageError(`optimise: ${error.message}; say which site is meant with --site`)
    throw error
  }
}
