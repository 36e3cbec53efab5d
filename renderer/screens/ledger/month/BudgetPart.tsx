import type { BudgetMonth } from '#shared/domain/money/ledger/month.ts'
import { counted } from '#shared/format/numbers.ts'
import { WhyButton } from '../../../parts/why/WhyButton.tsx'
import { budgetRows } from './budget-rows.ts'
import { Cells, Head, MonthPart, PartTable } from './MonthPart.tsx'
import type { PartProps } from './MonthPage.tsx'

/** What the month was expected to bring, and what did something to it. */
export function BudgetPart({ id, month: { budgets } }: PartProps) {
  return (
    <MonthPart
      id={id}
      title="Budget"
      about="Cash margin as planned, and what each cause did to it; which cause counts first makes no difference."
    >
      <div className="ledger-budgets">
        {budgets.map((budget) => (
          <Budget key={budget.site} budget={budget} />
        ))}
      </div>
    </MonthPart>
  )
}

function Budget({ budget }: { readonly budget: BudgetMonth }) {
  const name = budget.site === '' ? 'Company' : budget.site
  return (
    <PartTable name={`Budget of ${name}`}>
      <thead>
        <tr>
          <th scope="col">
            {name}, {counted(budget.days, 'day')}
            <WhyButton
              of={`Budget of ${name}`}
              subject={{ kind: 'ledger', part: 'budget', of: budget.site }}
            />
          </th>
          <Head>Planned</Head>
          <Head>Actual</Head>
          <Head>Effect, USD</Head>
        </tr>
      </thead>
      <tbody>
        {budgetRows(budget).map(({ name: row, plan, actual, effect, isTotal }) => (
          <tr key={row} data-strong={isTotal || undefined}>
            <th scope="row">{row}</th>
            <Cells of={[plan, actual, effect]} />
          </tr>
        ))}
      </tbody>
    </PartTable>
  )
}
