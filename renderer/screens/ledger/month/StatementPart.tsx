import { Fragment } from 'react'
import { inUsd } from '#shared/format/ledger-month-words.ts'
import { usdCents } from '#shared/format/money.ts'
import { WhyButton } from '../../../parts/why/WhyButton.tsx'
import type { AccountGroup } from './account-rows.ts'
import { statementSide } from './account-rows.ts'
import { Head, MonthPart, PartTable } from './MonthPart.tsx'
import type { PartProps } from './MonthPage.tsx'

/** What the month earned: income is above 0, cost below, and they add up to the result. */
export function StatementPart({ id, month: { statement, resultUsdCents } }: PartProps) {
  const sides = [
    { name: 'Income', ...statementSide(statement, 'income') },
    { name: 'Cost', ...statementSide(statement, 'cost') },
  ].filter(({ groups }) => groups.length > 0)
  return (
    <MonthPart id={id} title="Result of the month" about="Cost is below zero; depreciation is in it.">
      <PartTable name="Result of the month">
        <thead>
          <tr>
            <th scope="col">Account</th>
            <Head>USD</Head>
          </tr>
        </thead>
        <tbody>
          {sides.map(({ name, groups, usdCents: sum }) => (
            <Fragment key={name}>
              {groups.map((group) => (
                <Group key={group.account} group={group} />
              ))}
              <tr data-strong>
                <th scope="row">{name}</th>
                <td className="figure">{usdCents(inUsd(sum))}</td>
              </tr>
            </Fragment>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">
              Result
              <WhyButton of="Result" subject={{ kind: 'ledger', part: 'result', of: '' }} />
            </th>
            <td className={resultUsdCents < 0 ? 'figure loses' : 'figure earns'}>
              {usdCents(inUsd(resultUsdCents))}
            </td>
          </tr>
        </tfoot>
      </PartTable>
    </MonthPart>
  )
}

function Group({ group: { number, name, usdCents: sum, lines } }: { readonly group: AccountGroup }) {
  const [only] = lines.length === 1 ? lines : []
  return (
    <>
      <tr>
        <th scope="row">
          <span className="muted">{number}</span> {name}
          {only === undefined ? null : <span className="muted"> · {only.of}</span>}
        </th>
        <td className="figure">{usdCents(inUsd(sum))}</td>
      </tr>
      {(only === undefined ? lines : []).map((line) => (
        <tr key={line.of} data-step>
          <th scope="row">{line.of === '' ? 'Company' : line.of}</th>
          <td className="figure">{usdCents(inUsd(line.usdCents))}</td>
        </tr>
      ))}
    </>
  )
}
