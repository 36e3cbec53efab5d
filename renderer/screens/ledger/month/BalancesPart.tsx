import type { AccountLine } from '#shared/domain/money/ledger/accounts.ts'
import { ACCOUNTS } from '#shared/domain/money/ledger/accounts.ts'
import { inUsd, satBtc } from '#shared/format/ledger-month-words.ts'
import { usdCents } from '#shared/format/money.ts'
import { Head, MonthPart, PartTable } from './MonthPart.tsx'
import type { PartProps } from './MonthPage.tsx'

/** Every account at the month's end: debits and credits are the same. */
export function BalancesPart({ id, month: { balances } }: PartProps) {
  const lines = balances.toSorted(
    (one, other) => ACCOUNTS[one.account].number - ACCOUNTS[other.account].number,
  )
  const side = (sign: 1 | -1) =>
    lines.reduce((sum, { usdCents: cents }) => sum + Math.max(0, sign * cents), 0)
  const write = (cents: number) => (cents > 0 ? usdCents(inUsd(cents)) : '')
  return (
    <MonthPart id={id} title="Balances at the end of the month">
      <PartTable name="Balances at the end of the month">
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Of</th>
            <Head>BTC</Head>
            <Head>Debit, USD</Head>
            <Head>Credit, USD</Head>
          </tr>
        </thead>
        <tbody>
          {lines.map((line: AccountLine) => (
            <tr key={`${line.account} ${line.of}`}>
              <th scope="row">
                <span className="muted">{ACCOUNTS[line.account].number}</span> {ACCOUNTS[line.account].name}
              </th>
              <td>{line.of}</td>
              <td className="figure">{line.sat === null ? '' : satBtc(line.sat)}</td>
              <td className="figure">{write(line.usdCents)}</td>
              <td className="figure">{write(0 - line.usdCents)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All accounts</th>
            <td />
            <td />
            <td className="figure">{usdCents(inUsd(side(1)))}</td>
            <td className="figure">{usdCents(inUsd(side(-1)))}</td>
          </tr>
        </tfoot>
      </PartTable>
    </MonthPart>
  )
}
