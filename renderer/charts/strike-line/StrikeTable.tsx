import { useState } from 'react'
import { count } from '#shared/format/numbers.ts'
import type { Money } from '#shared/format/money.ts'
import type { NamedBar } from '../../engine/protocol.ts'
import { acceptedWords, barName, signedMoney, verdictWords } from './bar-words.ts'

/** The same figures as a table, for who would rather read; made when it is opened. */
export function StrikeTable({ bars, money }: { readonly bars: readonly NamedBar[]; readonly money: Money }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="strike-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>As a table</summary>
      {isOpen ? (
        <div className="strike-rows">
          <table>
            <thead>
              <tr>
                <th scope="col">Step</th>
                <th scope="col">Machines</th>
                <th scope="col">Accepted</th>
                <th scope="col">Break-even, {money.hashprice.words}</th>
                <th scope="col">Margin a day</th>
                <th scope="col">Advice</th>
              </tr>
            </thead>
            <tbody>
              {bars.map((bar, i) => (
                <tr key={i}>
                  <th scope="row">{barName(bar)}</th>
                  <td>{count(bar.machines)}</td>
                  <td>{acceptedWords(bar.acceptedPhs)}</td>
                  <td>{money.perPhRange(bar.fromUsdPerPhDay, bar.toUsdPerPhDay)}</td>
                  <td>
                    {signedMoney(bar.marginUsdPerDay, money)}
                    {bar.isIdle ? ' if it ran' : ''}
                  </td>
                  <td>{verdictWords(bar)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </details>
  )
}
