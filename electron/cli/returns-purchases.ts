import { purchaseReturns } from '#shared/domain/money/purchase-returns.ts'
import type { PurchaseReturns, PurchasesReturns } from '#shared/domain/money/purchase-returns.ts'
import { responseScale } from '#shared/domain/ahead/project.ts'
import { scenarioWords } from '#shared/format/tried-words.ts'
import { calendarDayOf, isoDay } from '#shared/format/times.ts'
import type { Money } from '#shared/format/money.ts'
import { count, MISSING, percent } from '#shared/format/numbers.ts'
import { moneyColumn } from '#shared/format/printed-sums.ts'
import { purchaseGapWords, purchaseMethodWords } from '#shared/format/purchase-words.ts'
import type { ExitCode } from './command.ts'
import { EXIT } from './command.ts'
import type { InvestmentCall } from './investment.ts'
import { investmentCase, saying } from './investment.ts'
import { existingFields, isoTime, writeLine } from './json.ts'
import { textTable } from './text-table.ts'

/** `returns --purchases`: what each stored purchase is still worth. */
export async function printPurchases(call: InvestmentCall): Promise<ExitCode> {
  const { options, host } = call
  const { given, of, purchases, discountRatePerYear, scenario } = await investmentCase(call)
  const { assumptions } = scenario
  const plan = { purchases, discountRatePerYear, assumptions, underWater: 'stop' } as const
  const found = saying(() => purchaseReturns(of, plan))
  const scale = responseScale(assumptions, of.network, of.adjustment.change)
  if (options.json) {
    await writeLine(
      host.stdout,
      JSON.stringify({
        asOf: isoTime(of.asOfMs),
        assumptions: { ...assumptions, lotsUnderWater: 'stop', discountRatePerYear, ...given.restsOn },
        tried: scenario.tried,
        purchases: found.purchases.map(purchaseFigures),
        total: existingFields(found.total),
        machinesWithoutPurchase: found.machinesWithoutPurchase,
        unknownPurchases: found.unknown,
      }),
    )
    return EXIT.done
  }
  const lines =
    purchases.length === 0
      ? ['No purchase is stored: add them with purchases put, or in the window under Reports, Purchases.']
      : [
          `${scenarioWords(scenario, scale, given.money)} ${purchaseMethodWords(discountRatePerYear)}`,
          '',
          ...purchaseTable(found, given.money),
          '',
        ]
  for (const line of [...lines, ...purchaseGapWords(found)]) await writeLine(host.stdout, line)
  return EXIT.done
}

function purchaseFigures({ purchase, ...figures }: PurchaseReturns) {
  const { name, boughtAtMs, costUsd, salvageUsd, lifeDays } = purchase
  return {
    name,
    boughtOn: boughtAtMs === null ? null : isoDay(boughtAtMs),
    ...{ costUsd, salvageUsd, lifeDays },
    ...existingFields(figures),
  }
}

type Column = readonly [title: string, cells: readonly string[], total: string]

function purchaseTable({ purchases, total }: PurchasesReturns, money: Money): readonly string[] {
  const cells = (of: (each: PurchaseReturns) => string) => purchases.map(of)
  const days = (title: string, of: (each: PurchaseReturns) => number): Column => [
    title,
    cells((each) => count(of(each))),
    '',
  ]
  const usd = (title: string, of: (each: PurchaseReturns) => number, sum: number): Column => {
    const column = moneyColumn(money, purchases.map(of), Number.isNaN(sum) ? undefined : sum)
    return [title, column.parts, Number.isNaN(sum) ? MISSING : column.total]
  }
  const columns: readonly Column[] = [
    ['purchase', cells(({ purchase }) => purchase.name), 'all'],
    ['machines', cells(({ machines }) => count(machines)), count(total.machines)],
    [
      'bought',
      cells(({ purchase: { boughtAtMs } }) => (boughtAtMs === null ? MISSING : calendarDayOf(boughtAtMs))),
      '',
    ],
    usd('cost', ({ purchase }) => purchase.costUsd, total.costUsd),
    usd('book value', (each) => each.bookUsd, total.bookUsd),
    days('days left', (each) => each.lifeLeftDays),
    usd('cash/day', (each) => each.cashUsdPerDay, total.cashUsdPerDay),
    usd('value', (each) => each.valueUsd, total.valueUsd),
    usd('NPV', (each) => each.npvUsd, total.npvUsd),
    ['IRR', cells((each) => percent(each.internalRatePerYear)), ''],
    days('payback now', (each) => each.staticPaybackDays),
    days('along', (each) => each.paybackAlongDays),
  ]
  return [
    ...textTable(
      columns.map(([title], i) => ({ title, right: i > 0 })),
      [...purchases.map((_, row) => columns.map(([, each]) => each[row]!)), columns.map(([, , sum]) => sum)],
    ),
  ]
}
