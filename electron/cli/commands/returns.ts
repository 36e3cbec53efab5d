import { MS_PER_DAY } from '#shared/domain/units.ts'
import { basename } from 'node:path'
import { readText } from '#electron/files/bytes.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { budgetVariance } from '#shared/domain/money/budget.ts'
import { hostCosts } from '#shared/domain/money/cost-bridge.ts'
import type { CostBridge } from '#shared/domain/money/cost-bridge.ts'
import { fleetReturns } from '#shared/domain/money/returns.ts'
import type { FleetReturns } from '#shared/domain/money/returns.ts'
import { treasuryAlong } from '#shared/domain/money/treasury.ts'
import type { Money } from '#shared/format/money.ts'
import { counted, percent } from '#shared/format/numbers.ts'
import { runningColumn } from '#shared/format/printed-sums.ts'
import { agreementOptions } from '../case-inputs.ts'
import { caseOptions, readCase } from '../case.ts'
import { cashCase } from '../cash-case.ts'
import { defineCommand, EXIT, numberOption, UsageError } from '../command.ts'
import { investmentOptions, nextOptions } from '../investment.ts'
import { existing, existingFields, isoTime, writeLine } from '../json.ts'
import { readReturnsCase } from '#electron/files/returns-case.ts'
import { textTable } from '../text-table.ts'
import { carriedCase, warnOfClock } from './adjustment.ts'

const MAX_BYTES = 1_000_000
const GROWTH = { min: -0.99, max: 100, unit: 'a year (a fraction: 0.3 is 30 %)', typed: 'share' } as const

export const command = defineCommand({
  name: 'returns',
  operands: '[next]',
  maxOperands: 1,
  summary:
    'cost per BTC step by step, depreciation, payback, present value, treasury, budget against actual; by purchase; what to buy next',
  options: {
    ...caseOptions,
    ...agreementOptions,
    case: {
      type: 'string',
      value: 'RETURNS.JSON',
      help: 'what the fleet cost, its life, the discount rate and further costs (docs/returns.md)',
    },
    purchases: { type: 'boolean', help: 'the stored purchases instead: value, rate and payback of each' },
    ...investmentOptions,
    ...nextOptions,
    'hashrate-growth-per-year': {
      type: 'string',
      value: 'G',
      help: 'growth of the network, e.g. 0.3 (0: flat)',
    },
    'price-growth-per-year': { type: 'string', value: 'G', help: 'growth of the price, e.g. -0.1 (0: flat)' },
    'stop-under-water': {
      type: 'boolean',
      help: 'with --case: every machine does what earns most in each epoch (else it runs as today regardless)',
    },
  },
  async run(call) {
    const { options, operands, host, path } = call
    const [verb] = operands
    if (verb !== undefined && verb !== 'next')
      throw new UsageError(`returns: '${verb}' is not next, the one word that may stand here`)
    const asked = [verb, options.purchases ? '--purchases' : undefined, options.case && '--case']
    if (asked.filter((each) => each !== undefined).length !== 1)
      throw new UsageError('returns: give one of --case RETURNS.JSON, --purchases and next')
    if (verb === 'next') return (await import('../returns-next.ts')).printNext(call)
    if (options.purchases) return (await import('../returns-purchases.ts')).printPurchases(call)
    const growth = (what: 'hashrate' | 'price') =>
      numberOption('returns', `${what}-growth-per-year`, options[`${what}-growth-per-year`], GROWTH) ?? 0
    const priceGrowthPerYear = growth('price')
    const hashrateGrowthPerYear = growth('hashrate')
    const file = path(options.case!)
    const name = basename(file)
    const given = readReturnsCase(await readText(file, MAX_BYTES), name)
    const givenCase = await readCase('returns', call)
    const { restsOn, money } = givenCase
    const { carried, network, estimate } = carriedCase(givenCase, options.network ?? 'the stored network')
    await warnOfClock(host, carried)
    const underWater = options['stop-under-water'] ? 'stop' : 'run'
    const { prepared, cash } = await cashCase('returns', call, givenCase)
    const returns = saying(name, () =>
      fleetReturns({ basis: prepared.basis, cash, hosts: hostCosts(prepared) }, network, estimate, {
        ...given,
        price: constantGrowth(priceGrowthPerYear),
        hashrate: constantGrowth(hashrateGrowthPerYear),
        underWater,
      }),
    )
    const treasury =
      given.treasury === null ? null : treasuryAlong(returns.epochs.map(miningSpan), given.treasury)
    const { budget } = given
    const variance = budget === null ? null : budgetVariance(budget.plan, budget.actual, budget.days)
    const assumptions = {
      priceGrowthPerYear,
      hashrateGrowthPerYear,
      lotsUnderWater: underWater,
      discountRatePerYear: given.discountRatePerYear,
      ...given.asset,
      ...given.costs,
    }
    if (options.json) {
      const { bridge, epochs, ...figures } = returns
      const document = {
        assumptions: { ...assumptions, ...restsOn },
        bridge: { ...existingFields(bridge), steps: bridge.steps.map((step) => existingFields(step)) },
        ...existingFields(figures),
        epochs: epochs.map((_, i) => epochFigures(returns, i, network)),
        treasury:
          treasury === null
            ? null
            : { ...existingFields(treasury), rows: treasury.rows.map((row) => existingFields(row)) },
        budget: variance === null ? null : { ...variance, effectsUsd: existingFields(variance.effectsUsd) },
      }
      await writeLine(host.stdout, JSON.stringify(document))
      return EXIT.done
    }
    const lines = [
      `Assumed: price ${growthWords(priceGrowthPerYear)}, hashrate ${growthWords(hashrateGrowthPerYear)}, lots under water ${underWater}.`,
      '',
      ...bridgeTable(returns.bridge, money),
      '',
      `Depreciation ${money.amount(returns.depreciationUsdPerDay)} a day over ${counted(Math.round(given.asset.lifeDays), 'day')}`,
      `Payback ${daysWords(returns.staticPaybackDays, 'never')} at the cash of today, ${daysWords(returns.paybackAlongDays, 'not within its life')} along the projection`,
      `Net present value ${money.whole(returns.npvUsd)} at ${percent(given.discountRatePerYear)} a year; internal rate ${Number.isFinite(returns.internalRatePerYear) ? `${percent(returns.internalRatePerYear)} a year` : 'none, or more than one'}`,
      ...(treasury === null
        ? []
        : [
            `Profit with every BTC sold on the day ${money.whole(treasury.soldOnTheDayUsd)}; with ${percent(given.treasury!.shareHeld)} held and counted at ${money.whole(treasury.markPriceUsdPerBtc)}: ${money.whole(treasury.heldUsd)}`,
          ]),
      ...(variance === null
        ? []
        : [
            `Budget ${money.whole(variance.planUsd)}, actual ${money.whole(variance.actualUsd)}: ${Object.entries(
              variance.effectsUsd,
            )
              .map(([cause, effect]) => `${cause} ${money.whole(effect)}`)
              .join(', ')}`,
          ]),
    ]
    for (const line of lines) await writeLine(host.stdout, line)
    return EXIT.done
  },
})

/** A value that the formulas refuse is one of the case file. */
function saying<T>(fileName: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw new StrikelineError('bad-input', `${fileName}, ${error.message}`)
    throw error
  }
}

function miningSpan({ days, btcPerDay, cashCostUsdPerDay, priceUsdPerBtc }: FleetReturns['epochs'][number]) {
  return { days, btcPerDay, costUsdPerDay: cashCostUsdPerDay, priceUsdPerBtc }
}

function epochFigures({ epochs }: FleetReturns, i: number, { atMs }: NetworkConditions) {
  const { epoch, startsAtDay, days, difficulty, priceUsdPerBtc, hashpriceUsdPerPhDay, ...rest } = epochs[i]!
  const { btcPerDay, cashCostUsdPerDay, usdPerDay } = rest
  return {
    epoch,
    startsAt: atMs === null ? null : isoTime(atMs + startsAtDay * MS_PER_DAY),
    days: existing(days),
    ...existingFields({ difficulty, priceUsdPerBtc, hashpriceUsdPerPhDay }),
    ...existingFields({ btcPerDay, cashCostUsdPerDay, usdPerDay }),
  }
}

const STEP_WORDS: Readonly<Record<CostBridge['steps'][number]['name'], string>> = {
  energy: 'Energy',
  demandResponseCredits: 'Demand-response credits',
  poolAndHosting: 'Pool and hosting',
  site: 'Site',
  cashCost: '= Cash cost',
  general: 'General',
  depreciation: 'Depreciation',
  fullCost: '= Full cost',
}

function bridgeTable({ steps }: CostBridge, money: Money): string[] {
  const { currency } = money
  const titles = [currency, `${currency}/BTC`, `so far ${currency}/BTC`]
  const perBtc = runningColumn(
    money,
    steps.map(({ runningUsdPerBtc }) => runningUsdPerBtc),
  )
  const write = (units: number) => money.written(units, perBtc.decimals)
  return [
    ...textTable(
      [{ title: 'a day' }, ...titles.map((title) => ({ title, right: true }))],
      steps.map(({ name, usd }, i) => {
        const isSum = name === 'cashCost' || name === 'fullCost'
        return [
          STEP_WORDS[name],
          isSum ? '' : money.amount(usd),
          isSum ? '' : write(perBtc.steps[i]!),
          write(perBtc.sums[i]!),
        ]
      }),
    ),
  ]
}

function growthWords(ratePerYear: number): string {
  return ratePerYear === 0 ? 'flat' : `${percent(ratePerYear)} a year`
}

function daysWords(days: number, none: string): string {
  return Number.isFinite(days) ? counted(Math.round(days), 'day') : none
}
