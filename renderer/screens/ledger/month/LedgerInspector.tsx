import type { ReactNode } from 'react'
import { termsFinder } from '#shared/domain/money/ledger/identity.ts'
import type { LedgerMonth } from '#shared/domain/money/ledger/month.ts'
import type { LedgerPools } from '#shared/ipc/schemas/ledger.ts'
import { monthWords } from '#shared/format/ledger-month-words.ts'
import { InspectorPanel } from '../../../parts/why/Inspector.tsx'
import { useLedger } from '../../../state/ledger.ts'
import type { LedgerWhyPart } from '../../../state/view-slice.ts'
import { AssetWhy, CoinsWhy, ResultWhy } from './BooksWhy.tsx'
import { BudgetWhy, EnergyWhy } from './SiteMonthWhy.tsx'
import { PoolWhy } from './PoolWhy.tsx'

type Shown = { readonly name: string; readonly body: ReactNode }

/** The inspector on a figure of the month that is looked at; nothing where the month does not have it. */
export function LedgerInspector({ part, of }: { readonly part: LedgerWhyPart; readonly of: string }) {
  const month = useLedger((state) => state.shown)
  const pools = useLedger((state) => state.pools)
  const shown = month === null ? null : shownOf(month, pools, part, of)
  if (month === null || shown === null) return null
  return <InspectorPanel name={shown.name} beside={monthWords(month.month)} body={shown.body} />
}

function shownOf(
  month: LedgerMonth,
  pools: LedgerPools | null,
  part: LedgerWhyPart,
  of: string,
): Shown | null {
  const site = of === '' ? 'Company' : of
  switch (part) {
    case 'pool': {
      const pool = month.pools.find((each) => each.pool === of)
      const terms = termsFinder(pools?.pools ?? [])(of, month.month) ?? null
      return pool === undefined
        ? null
        : {
            name: of,
            body: <PoolWhy pool={pool} terms={terms} plans={month.plans} isOver={month.isOver} />,
          }
    }
    case 'energy': {
      const energy = month.energy.find((each) => each.site === of)
      const plan = month.plans.find((each) => each.site === of) ?? null
      return energy === undefined ? null : { name: site, body: <EnergyWhy energy={energy} plan={plan} /> }
    }
    case 'budget': {
      const budget = month.budgets.find((each) => each.site === of)
      return budget === undefined ? null : { name: `Budget of ${site}`, body: <BudgetWhy budget={budget} /> }
    }
    case 'coins':
      return { name: 'Bitcoin', body: <CoinsWhy coins={month.coins} costing={month.costing} /> }
    case 'asset': {
      const asset = month.assets.find((each) => String(each.entry) === of)
      return asset === undefined ? null : { name: asset.what, body: <AssetWhy asset={asset} /> }
    }
    case 'result':
      return { name: 'Result', body: <ResultWhy month={month} /> }
  }
}
