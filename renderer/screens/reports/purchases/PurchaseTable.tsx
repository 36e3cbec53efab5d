import type { PurchaseReturns } from '#shared/domain/money/purchase-returns.ts'
import { count, MISSING, percent } from '#shared/format/numbers.ts'
import { moneyColumn } from '#shared/format/printed-sums.ts'
import { calendarDayOf } from '#shared/format/times.ts'
import { selectMoney } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'
import { FigureTable } from './FigureTable.tsx'
import type { Column } from './FigureTable.tsx'
import type { KnownPurchases, StoredPurchase } from './use-purchases.ts'
import { removePurchase } from './use-purchases.ts'

type Props = {
  readonly known: KnownPurchases
  readonly onChange: (purchase: StoredPurchase) => void
  readonly onRemove: () => void
}

/** A line per purchase, with what it is still worth, and all of them together. */
export function PurchaseTable({ known: { purchases, returns }, onChange, onRemove }: Props) {
  const money = useStore(selectMoney)
  const all = returns?.purchases ?? []
  const total = returns?.total
  const usd = (title: string, of: (each: PurchaseReturns) => number, sum: number | undefined): Column => {
    const { parts, total: printed } = moneyColumn(money, all.map(of), Number.isNaN(sum) ? undefined : sum)
    return { title, cells: parts, total: sum === undefined || Number.isNaN(sum) ? MISSING : printed }
  }
  const plain = (title: string, write: (each: PurchaseReturns) => string, sum = ''): Column => ({
    ...{ title, total: sum },
    cells: all.map(write),
  })
  const books: readonly Column[] = [
    plain('Machines', (each) => count(each.machines), total === undefined ? '' : count(total.machines)),
    plain('Bought', ({ purchase: { boughtAtMs } }) =>
      boughtAtMs === null ? MISSING : calendarDayOf(boughtAtMs),
    ),
    usd('Cost', ({ purchase }) => purchase.costUsd, total?.costUsd),
    usd('Book value', (each) => each.bookUsd, total?.bookUsd),
    plain('Days left', (each) => count(each.lifeLeftDays)),
    usd('Cash now, a day', (each) => each.cashUsdPerDay, total?.cashUsdPerDay),
  ]
  const worth: readonly Column[] = [
    usd('Held against', (each) => each.outlayUsd, total?.outlayUsd),
    usd('Value of going on', (each) => each.valueUsd, total?.valueUsd),
    usd('NPV', (each) => each.npvUsd, total?.npvUsd),
    plain('IRR', (each) => percent(each.internalRatePerYear)),
    plain('Payback at cash now, days', (each) => count(each.staticPaybackDays)),
    plain('Payback along, days', (each) => count(each.paybackAlongDays)),
  ]
  const names = purchases.map(({ name }) => name)
  const change = (row: number) => {
    const purchase = purchases[row]!
    return (
      <div className="actions">
        <button
          type="button"
          className="button"
          aria-label={`Change ${purchase.name}`}
          onClick={() => onChange(purchase)}
        >
          Change…
        </button>
        <button
          type="button"
          className="button"
          aria-label={`Remove ${purchase.name}`}
          onClick={() => {
            onRemove()
            void removePurchase(purchase)
          }}
        >
          Remove
        </button>
      </div>
    )
  }
  return (
    <>
      <FigureTable
        label="Stored purchases"
        of="Purchase"
        names={names}
        columns={books}
        totalLabel="All purchases"
        actionsOf={change}
      />
      <FigureTable
        label="What purchases are still worth"
        of="Purchase"
        names={names}
        columns={worth}
        totalLabel="All purchases"
      />
    </>
  )
}
