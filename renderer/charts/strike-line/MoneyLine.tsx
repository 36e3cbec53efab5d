import type { ReactNode } from 'react'
import type { Money } from '#shared/format/money.ts'
import type { LineMoney } from './bar-words.ts'
import { moneyParts } from './bar-words.ts'

/** What the areas add up to, with what no step stands for: the margin of the panel of totals. */
export function MoneyLine({
  of,
  money,
  children,
}: {
  readonly of: LineMoney
  readonly money: Money
  readonly children?: ReactNode
}) {
  const { parts, together } = moneyParts(of, money)
  return (
    <p className="strike-sum">
      {parts.map(({ name, tone, text }) => (
        <span key={name} className={tone}>
          {name} <b>{text}</b>
        </span>
      ))}
      <span>
        together <b>{together}</b> a day
      </span>
      {children}
    </p>
  )
}
