import { useState } from 'react'
import { hourPrice, minutesOf } from '#shared/domain/power/painted-week.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import type { WeekPrices } from '#shared/domain/power/tariff.ts'
import { counted } from '#shared/format/numbers.ts'
import { priceField } from '#shared/format/typed-fields.ts'
import { readTyped } from '#shared/format/typed.ts'
import { priceFault } from '../../parts/tariff.ts'
import { Field } from '../../ui/Field.tsx'
import { LiveNumber } from '../../ui/LiveNumber.tsx'

type Props = {
  readonly week: WeekPrices
  readonly prices: readonly number[]
  readonly brush: number
  readonly currency: Currency
  /** null where no rate is known */
  readonly usdPerUnit: number | null
  readonly onBrush: (brush: number) => void
  readonly onReprice: (from: number, to: number) => void
  readonly onAdd: (price: number) => void
}

/** The prices that a week is painted with: each has the number of its key. */
export function WeekPriceList({ week, prices, brush, currency, usdPerUnit, ...on }: Props) {
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const field = priceField(currency, usdPerUnit)
  const faultOf = (perKwh: number) => priceFault('powerPriceUsdPerKwh', perKwh, { currency, usdPerUnit })
  const hours = hoursOf(week)

  const add = () => {
    const { value, fault: unread } = readTyped(text, field)
    const wrong = unread ?? (value === null ? null : faultOf(value))
    setFault(wrong)
    if (wrong !== null || value === null) return
    setText('')
    on.onAdd(value)
  }
  return (
    <div className="week-prices">
      <ul aria-label="Prices to paint with">
        {prices.map((price, place) => (
          <li key={place}>
            <button
              type="button"
              className="week-key"
              aria-pressed={place === brush}
              aria-label={`Paint with price ${place + 1}`}
              onClick={() => on.onBrush(place)}
            >
              {place + 1}
            </button>
            <LiveNumber
              label={place === 0 ? 'Base price' : `Price ${place + 1}`}
              unit={`${currency}/kWh`}
              leastWidth={66}
              field={field}
              value={price}
              faultOf={faultOf}
              onLive={() => undefined}
              onCommit={(to) => {
                if (to !== null && to !== price) on.onReprice(price, to)
              }}
            />
            <span className="muted">
              {place === 0 ? 'base price, ' : ''}
              {counted(hours.get(price) ?? 0, 'hour')} a week
            </span>
          </li>
        ))}
      </ul>
      <form
        className="week-add"
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <Field
          label="Another price"
          unit={`${currency}/kWh`}
          numeric
          value={text}
          fault={fault}
          onChange={(typed) => {
            setText(typed)
            setFault(null)
          }}
        />
        <button type="submit" className="button">
          Add the price
        </button>
      </form>
    </div>
  )
}

function hoursOf(week: WeekPrices): ReadonlyMap<number, number> {
  const minutes = minutesOf(week)
  const hours = new Map<number, number>()
  for (let at = 0; at < 168; at++) {
    const price = hourPrice(minutes, Math.floor(at / 24), at % 24)
    hours.set(price, (hours.get(price) ?? 0) + 1)
  }
  return hours
}
