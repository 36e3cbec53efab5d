import { useState } from 'react'
import type { Currency } from '#shared/domain/power/currency.ts'
import { painted } from '#shared/domain/power/painted-week.ts'
import type { WeekPrices } from '#shared/domain/power/tariff.ts'
import { pricesOf, repriced } from '#shared/domain/power/tariff-edit.ts'
import { tariffWords } from '#shared/format/money.ts'
import { finerWords } from '#shared/format/site-words.ts'
import { WeekPainter } from './WeekPainter.tsx'
import { WeekPriceList } from './WeekPriceList.tsx'

type Props = {
  readonly week: WeekPrices
  readonly currency: Currency
  /** null where no rate is known */
  readonly usdPerUnit: number | null
  readonly onWeek: (week: WeekPrices) => void
}

/** One week with the prices that it is painted with. A price keeps its number while the week is open, also where nothing is of it. */
export function WeekEditor({ week, currency, usdPerUnit, onWeek }: Props) {
  const [others, setOthers] = useState<readonly number[]>(() => pricesOf(week).slice(1))
  const [brush, setBrush] = useState(1)
  const base = week.baseUsdPerKwh
  const prices = [...new Set([base, ...others, ...pricesOf(week)])]
  const brushNow = Math.min(brush, prices.length - 1)
  const finer = finerWords(week)
  return (
    <>
      <div className="week-pair">
        <div className="week-box">
          <WeekPainter
            week={week}
            prices={prices}
            brush={brushNow}
            priceWords={(perKwh) => tariffWords(currency, perKwh)}
            onBrush={setBrush}
            onPaint={(area, perKwh) => {
              setOthers(prices.slice(1))
              onWeek(painted(week, area, perKwh))
            }}
          />
          <p id="week-keys" className="note">
            Drag to paint. Keys: arrows move, Shift with arrows selects, 1 to {Math.min(9, prices.length)}{' '}
            paint with that price.
          </p>
        </div>
        <WeekPriceList
          week={week}
          prices={prices}
          brush={brushNow}
          currency={currency}
          usdPerUnit={usdPerUnit}
          onBrush={setBrush}
          onReprice={(from, to) => {
            setOthers(prices.slice(1).map((each) => (each === from ? to : each)))
            onWeek(repriced(week, from, to))
          }}
          onAdd={(perKwh) => {
            const at = prices.indexOf(perKwh)
            setBrush(at >= 0 ? at : prices.length)
            setOthers([...prices.slice(1), perKwh])
          }}
        />
      </div>
      {finer === null ? null : <p className="note">{finer}</p>}
    </>
  )
}
