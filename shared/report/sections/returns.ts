import type { PurchaseReturns, PurchasesReturns } from '../../domain/money/purchase-returns.ts'
import { purchaseReturns } from '../../domain/money/purchase-returns.ts'
import { assumptionWords } from '../../format/assumption-words.ts'
import { counted } from '../../format/numbers.ts'
import { purchaseGapWords, purchaseMethodWords } from '../../format/purchase-words.ts'
import { aheadOf } from '../ahead.ts'
import { figures, heading, note, sentence, table, texts } from '../columns.ts'
import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'

/** What each purchase is still worth, along the first scenario. */
export function returnsSection(facts: ReportFacts): readonly Block[] {
  const { finance, scenarios, asOfMs } = facts.case
  const { purchases, discountRatePerYear } = finance
  if (purchases.length === 0)
    return [
      sentence(
        'No purchase is stored, so there are no returns. Add what machines were bought with under Reports, Purchases, and name it in the field “Purchase” of the machines.',
      ),
    ]
  const ahead = aheadOf(facts)
  if ('refusal' in ahead) return [sentence(ahead.refusal)]
  const [{ name, assumptions, scale }] = ahead.scenarios
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
    sentence(`${assumptionWords(assumptions, scale)} ${purchaseMethodWords(discountRatePerYear)}`),
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

const names = ({ purchases }: PurchasesReturns) =>
  texts(
    'purchase',
    'Purchase',
    purchases.map(({ purchase }) => purchase.name),
  )
const column = ({ purchases }: PurchasesReturns, of: (each: PurchaseReturns) => number) => purchases.map(of)

function booksTable(found: PurchasesReturns): Block {
  const { total } = found
  const of = (figure: (each: PurchaseReturns) => number) => column(found, figure)
  return table(
    'purchases',
    'What was bought, and what it earns today',
    [
      names(found),
      figures(
        'boughtAt',
        'Bought',
        'day',
        of(({ purchase }) => purchase.boughtAtMs ?? NaN),
      ),
      figures(
        'machines',
        'Machines',
        'count',
        of((each) => each.machines),
        total.machines,
      ),
      figures(
        'costUsd',
        'Cost',
        'usd',
        of(({ purchase }) => purchase.costUsd),
        total.costUsd,
      ),
      figures(
        'bookUsd',
        'Book value',
        'usd',
        of((each) => each.bookUsd),
        total.bookUsd,
      ),
      figures(
        'lifeLeftDays',
        'Life left',
        'days',
        of((each) => each.lifeLeftDays),
      ),
      figures(
        'cashUsdPerDay',
        'Cash now',
        'usdPerDay',
        of((each) => each.cashUsdPerDay),
        total.cashUsdPerDay,
      ),
    ],
    'All purchases',
  )
}

function valueTable(found: PurchasesReturns): Block {
  const { total } = found
  const of = (figure: (each: PurchaseReturns) => number) => column(found, figure)
  return table(
    'returns',
    'What it is still worth',
    [
      names(found),
      figures(
        'outlayUsd',
        'Held against',
        'usd',
        of((each) => each.outlayUsd),
        total.outlayUsd,
      ),
      figures(
        'valueUsd',
        'Value of going on',
        'usd',
        of((each) => each.valueUsd),
        total.valueUsd,
      ),
      figures(
        'npvUsd',
        'Net present value',
        'usd',
        of((each) => each.npvUsd),
        total.npvUsd,
      ),
      figures(
        'internalRatePerYear',
        'Internal rate a year',
        'share',
        of((each) => each.internalRatePerYear),
      ),
      figures(
        'staticPaybackDays',
        'Payback at cash now',
        'days',
        of((each) => each.staticPaybackDays),
      ),
      figures(
        'paybackAlongDays',
        'Payback along the projection',
        'days',
        of((each) => each.paybackAlongDays),
      ),
    ],
    'All purchases',
  )
}
