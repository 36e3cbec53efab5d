import type { PurchaseReturns, PurchasesReturns } from '../../domain/money/purchase-returns.ts'
import { purchaseReturns } from '../../domain/money/purchase-returns.ts'
import { counted } from '../../format/numbers.ts'
import { scenarioWords } from '../../format/tried-words.ts'
import { purchaseGapWords, purchaseMethodWords } from '../../format/purchase-words.ts'
import { aheadOf } from '../ahead.ts'
import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { columnsOver, heading, note, sentence, table, tableOf } from '../table.ts'

/** What each purchase is still worth, along the first scenario. */
export function returnsSection(facts: ReportFacts): readonly Block[] {
  const { finance, scenarios, asOfMs } = facts.case
  const { purchases, discountRatePerYear } = finance
  if (purchases.length === 0)
    return [
      sentence(
        'No purchase is stored, so there are no returns. Add what machines were bought with under Reports, Purchases (purchases put on the command line), and name it in the field “Purchase” of the machines.',
      ),
    ]
  const ahead = aheadOf(facts)
  if ('refusal' in ahead) return [sentence(ahead.refusal)]
  const [first] = ahead.scenarios
  const { name, assumptions, scale } = first
  const found = returnsOr(() =>
    purchaseReturns(
      { ...ahead, asOfMs },
      { purchases, discountRatePerYear, assumptions, underWater: 'stop' },
    ),
  )
  if (typeof found === 'string') return [sentence(found)]
  return [
    heading(
      'Returns by purchase',
      `${counted(purchases.length, 'purchase')}, ${scenarios.length === 0 ? 'price and hashrate as they are' : `scenario “${name}”`}`,
    ),
    sentence(`${scenarioWords(first, scale, facts.money)} ${purchaseMethodWords(discountRatePerYear)}`),
    booksTable(found),
    valueTable(found),
    ...purchaseGapWords(found).map(note),
  ]
}

/** What a life or a contract asks for and cannot be is a fault of the case and said on the page. */
function returnsOr(work: () => PurchasesReturns): PurchasesReturns | string {
  try {
    return work()
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault
    return `There are no returns: ${fault.message}.`
  }
}

const nameOf = ({ purchase }: PurchaseReturns) => purchase.name

function booksTable({ purchases, total }: PurchasesReturns): Block {
  const { text, figure } = columnsOver(purchases)
  return table(
    tableOf('purchases', 'What was bought, and what it earns today', 'All purchases', [
      text('purchase', 'Purchase', nameOf),
      figure('boughtAt', 'Bought', 'day', ({ purchase }) => purchase.boughtAtMs ?? NaN),
      figure('machines', 'Machines', 'count', (each) => each.machines, total.machines),
      figure('costUsd', 'Cost', 'usd', ({ purchase }) => purchase.costUsd, total.costUsd),
      figure('bookUsd', 'Book value', 'usd', (each) => each.bookUsd, total.bookUsd),
      figure('lifeLeftDays', 'Life left', 'days', (each) => each.lifeLeftDays),
      figure('cashUsdPerDay', 'Cash now', 'usdPerDay', (each) => each.cashUsdPerDay, total.cashUsdPerDay),
    ]),
  )
}

function valueTable({ purchases, total }: PurchasesReturns): Block {
  const { text, figure } = columnsOver(purchases)
  return table(
    tableOf('returns', 'What it is still worth', 'All purchases', [
      text('purchase', 'Purchase', nameOf),
      figure('outlayUsd', 'Held against', 'usd', (each) => each.outlayUsd, total.outlayUsd),
      figure('valueUsd', 'Value of going on', 'usd', (each) => each.valueUsd, total.valueUsd),
      figure('npvUsd', 'Net present value', 'usd', (each) => each.npvUsd, total.npvUsd),
      figure('internalRatePerYear', 'Internal rate a year', 'share', (each) => each.internalRatePerYear),
      figure('staticPaybackDays', 'Payback at cash now', 'days', (each) => each.staticPaybackDays),
      figure('paybackAlongDays', 'Payback along', 'days', (each) => each.paybackAlongDays),
    ]),
  )
}
