import type { WhatMatters as Matters } from '#shared/domain/ahead/what-matters.ts'
import { movedWords } from '#shared/format/plan-words.ts'
import { usePlainMoney } from '../../state/use-plain-money.ts'
import { Part } from './Part.tsx'

/** One thing moved at a time, widest first: a table whose figures stand at the ends of bars. */
export function WhatMatters({ matters }: { readonly matters: Matters }) {
  const { sensitivities, baseUsdPerDay } = matters
  const money = usePlainMoney()
  const ends = sensitivities.map((each) => {
    const low = Math.min(each.lowUsdPerDay, each.highUsdPerDay)
    const high = Math.max(each.lowUsdPerDay, each.highUsdPerDay)
    return { title: movedWords(each), low, high }
  })
  const reach = Math.max(0, ...ends.flatMap(({ low, high }) => [baseUsdPerDay - low, high - baseUsdPerDay]))
  const share = (usd: number) => (reach > 0 && usd > 0 ? usd / reach : 0)
  const letters = Math.max(
    0,
    ...ends.flatMap(({ low, high }) => [low, high]).map((usd) => money.amount(usd).length),
  )
  return (
    <Part
      title="What matters most"
      about="margin a day after the adjustment, one thing moved at a time"
      className="what-matters"
    >
      <div className="table-scroll" tabIndex={0} role="group" aria-label="What matters most, in figures">
        <table style={{ '--letters': letters } as React.CSSProperties}>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">Moved</th>
              <th scope="col">Margin a day, the worse way</th>
              <th scope="col">Margin a day, the better way</th>
            </tr>
          </thead>
          <tbody>
            {ends.map(({ title, low, high }) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                <td className="worse">
                  <span className="bar-line">
                    {money.amount(low)}
                    <span
                      className="bar"
                      style={{ '--share': share(baseUsdPerDay - low) } as React.CSSProperties}
                    />
                  </span>
                </td>
                <td className="better">
                  <span className="bar-line">
                    <span
                      className="bar"
                      style={{ '--share': share(high - baseUsdPerDay) } as React.CSSProperties}
                    />
                    {money.amount(high)}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="note">The line in the middle: {money.amount(baseUsdPerDay)} a day.</p>
    </Part>
  )
}
