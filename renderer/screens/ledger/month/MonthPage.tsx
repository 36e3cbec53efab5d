import type { LedgerMonth } from '#shared/domain/money/ledger/month.ts'
import type { SectionLink } from '../../../parts/SectionLinks.tsx'
import { SectionLinks } from '../../../parts/SectionLinks.tsx'
import { AssetsPart } from './AssetsPart.tsx'
import { BalancesPart } from './BalancesPart.tsx'
import { BudgetPart } from './BudgetPart.tsx'
import { CoinsPart } from './CoinsPart.tsx'
import { EnergyPart } from './EnergyPart.tsx'
import { Missing } from './Missing.tsx'
import { PoolsPart } from './PoolsPart.tsx'
import { StatementPart } from './StatementPart.tsx'

const PARTS = [
  {
    id: 'ledger-pools',
    title: 'Pools',
    Part: PoolsPart,
    isThere: ({ pools }: LedgerMonth) => pools.length > 0,
  },
  {
    id: 'ledger-energy',
    title: 'Energy',
    Part: EnergyPart,
    isThere: ({ energy }: LedgerMonth) => energy.length > 0,
  },
  {
    id: 'ledger-budget',
    title: 'Budget',
    Part: BudgetPart,
    isThere: ({ budgets }: LedgerMonth) => budgets.length > 0,
  },
  { id: 'ledger-coins', title: 'Bitcoin', Part: CoinsPart, isThere: () => true },
  { id: 'ledger-result', title: 'Result', Part: StatementPart, isThere: () => true },
  {
    id: 'ledger-assets',
    title: 'Equipment',
    Part: AssetsPart,
    isThere: ({ assets }: LedgerMonth) => assets.length > 0,
  },
  { id: 'ledger-balances', title: 'Balances', Part: BalancesPart, isThere: () => true },
] as const

/** What the sentence of a month rests on, in falling order of use. */
export function MonthPage({ month }: { readonly month: LedgerMonth }) {
  const parts = PARTS.filter(({ isThere }) => isThere(month))
  const links: readonly SectionLink[] = parts.map(({ id, title }) => ({ id, title }))
  return (
    <>
      <Missing month={month} />
      <SectionLinks of="Parts of the month" links={links} />
      {parts.map(({ id, Part }) => (
        <Part key={id} id={id} month={month} />
      ))}
      <p className="muted">
        The books are kept in US dollars and satoshi. Months are those of each site’s time zone.
      </p>
    </>
  )
}

export type PartProps = { readonly id: string; readonly month: LedgerMonth }
