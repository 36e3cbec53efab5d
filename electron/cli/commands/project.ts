import { prepareMargins } from '#shared/domain/fleet-margins.ts'
import { constantGrowth } from '#shared/domain/growth-path.ts'
import type { GrowthPath } from '#shared/domain/growth-path.ts'
import { DEFAULT_SUPPLY_CURVE } from '#shared/domain/default-supply-curve.ts'
import type { NetworkConditions } from '#shared/domain/network.ts'
import { fleetInEpoch, projectNetwork } from '#shared/domain/project.ts'
import type { FleetEpoch, NetworkEpoch } from '#shared/domain/project.ts'
import { readGrowthPath } from '#electron/series-csv/read-growth-path.ts'
import { readSupplyCurve } from '#electron/series-csv/read-supply-curve.ts'
import { usd, usdPerPh, usdWhole } from '#shared/format/money.ts'
import { count, number, percent, signedPercent } from '#shared/format/numbers.ts'
import { difficulty } from '#shared/format/units.ts'
import { caseOptions, readCase } from '../case.ts'
import { defineCommand, EXIT, numberOption, UsageError } from '../command.ts'
import { existingFields, writeLine } from '../json.ts'
import { textTable } from '../text-table.ts'
import { estimateFor } from './adjustment.ts'

const MS_PER_DAY = 86_400_000
const GROWTH = { min: -0.99, max: 100, unit: 'a year (a fraction: 0.3 is 30 %)' }

export const command = defineCommand({
  name: 'project',
  summary: 'the fleet over the epochs ahead, with a stated path of price and hashrate',
  options: {
    ...caseOptions,
    epochs: { type: 'string', value: 'N', required: true, help: 'how many, the running one included' },
    'hashrate-growth-per-year': {
      type: 'string',
      value: 'G',
      help: 'growth of the network, e.g. 0.3 (0: flat)',
    },
    'price-growth-per-year': { type: 'string', value: 'G', help: 'growth of the price, e.g. -0.1 (0: flat)' },
    'hashrate-path': { type: 'string', value: 'PATH.CSV', help: 'date,hashrate_ehs instead of a rate' },
    'price-path': { type: 'string', value: 'PATH.CSV', help: 'date,price_usd instead of a rate' },
    respond: { type: 'boolean', help: 'machines of the network leave and return with the hashprice' },
    curve: {
      type: 'string',
      value: 'CURVE.JSON',
      help: 'the supply curve that responds (default: the built-in one)',
    },
  },
  async run(call) {
    const { options, host, path } = call
    const epochs = numberOption('project', 'epochs', options.epochs, { min: 1, max: 1000, whole: true }) ?? 1
    const { fleet, network } = await readCase(call)
    const estimate = estimateFor(network, options.network ?? 'the stored network')
    const growth = async (what: 'hashrate' | 'price'): Promise<GrowthPath> => {
      const file = options[`${what}-path`]
      const rate = numberOption(
        'project',
        `${what}-growth-per-year`,
        options[`${what}-growth-per-year`],
        GROWTH,
      )
      if (file === undefined) return constantGrowth(rate ?? 0)
      if (network.atMs === null)
        throw new UsageError(`project: a path has dates, but the network has no field at`)
      return readGrowthPath(path(file), what, network.atMs, rate ?? 0)
    }
    const price = await growth('price')
    const hashrate = await growth('hashrate')
    const curve =
      options.curve === undefined ? DEFAULT_SUPPLY_CURVE : await readSupplyCurve(path(options.curve))
    const response = options.respond || options.curve !== undefined ? curve : null
    const rows = projectNetwork(network, estimate, { epochs, price, hashrate, response })
    const basis = prepareMargins(fleet)
    const results = rows.map((row) => [row, fleetInEpoch(basis, row)] as const)
    if (options.json) {
      await writeLine(host.stdout, JSON.stringify(results.map(([row, of]) => epochFigures(row, of, network))))
      return EXIT.done
    }
    await writeLine(host.stdout, assumptions(options))
    const columns = [
      'epoch',
      'days',
      'change',
      'difficulty',
      'BTC price',
      'hashprice',
      'margin/day',
      'margin %',
      'profitable',
    ]
    const cells = results.map(([row, of]) => [
      String(row.epoch),
      number(row.days, 1),
      signedPercent(row.change),
      difficulty(row.difficulty),
      usdWhole(row.priceUsdPerBtc),
      usdPerPh(row.hashpriceUsdPerPhDay),
      usd(of.fleetMarginUsdPerDay),
      percent(of.fleetMarginShare),
      count(of.machinesProfitable),
    ])
    for (const line of textTable(
      columns.map((title) => ({ title, right: true })),
      cells,
    ))
      await writeLine(host.stdout, line)
    return EXIT.done
  },
})

/** No projection without its assumptions. */
function assumptions(options: Readonly<Record<string, string | boolean | undefined>>): string {
  const path = (what: string) => {
    const file = options[`${what}-path`]
    const rate = options[`${what}-growth-per-year`] ?? '0'
    return file === undefined
      ? `${what} ${rate === '0' ? 'flat' : `${String(rate)} a year`}`
      : `${what} as in ${String(file)}`
  }
  const responds = options['respond'] === true || options['curve'] !== undefined
  return `Assumed: ${path('price')}, ${path('hashrate')}, the network ${responds ? 'responds to the hashprice' : 'does not respond'}.`
}

function epochFigures(row: NetworkEpoch, fleet: FleetEpoch, network: NetworkConditions) {
  return {
    epoch: row.epoch,
    startsAt: network.atMs === null ? null : isoTime(network.atMs + row.startsAtDay * MS_PER_DAY),
    ...existingFields({
      days: row.days,
      change: row.change,
      difficulty: row.difficulty,
      priceUsdPerBtc: row.priceUsdPerBtc,
      hashpriceUsdPerPhDay: row.hashpriceUsdPerPhDay,
      ...fleet,
    }),
  }
}

function isoTime(ms: number): string {
  return new Date(Math.round(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}
