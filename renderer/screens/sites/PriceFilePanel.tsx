import { lazy, Suspense, useId, useMemo, useRef } from 'react'
import type { MarketPrices } from '#shared/domain/power/market-prices.ts'
import { marketSummary } from '#shared/domain/power/market-picture.ts'
import { energyUnit, tariffPrice } from '#shared/format/money.ts'
import { counted } from '#shared/format/numbers.ts'
import { dateTime } from '#shared/format/times.ts'
import { usePalette } from '../../charts/use-palette.ts'

const PriceCanvas = lazy(() => import('./PriceCanvas.tsx').then((m) => ({ default: m.PriceCanvas })))

type Props = {
  /** what the prices are for */
  readonly title: string
  readonly prices: MarketPrices
  readonly timeZone: string
  readonly nowMs: number | null
}

/** The prices of a file: a picture, where they end, and how far they go. */
export function PriceFilePanel({ title, prices, timeZone, nowMs }: Props) {
  const headingId = useId()
  const box = useRef<HTMLDivElement>(null)
  const palette = usePalette(box)
  const { fromMs, toMs, least, most, mean } = useMemo(() => marketSummary(prices), [prices])
  const price = (perKwh: number) => tariffPrice(prices.currency, perKwh)
  const end = dateTime(toMs, timeZone)
  const isOver = nowMs !== null && toMs <= nowMs
  const words = `${price(least)} to ${price(most)} per ${energyUnit()}, ${price(mean)} on average`
  return (
    <section className="panel pad site-panel" aria-labelledby={headingId}>
      <header className="panel-head">
        <h2 id={headingId}>{title}</h2>
        <p className="muted">
          {counted(prices.perKwh.length, 'price')} from {dateTime(fromMs, timeZone)}: {words}.{' '}
          <strong>
            {isOver ? 'They ended on' : 'They end on'} {end}
          </strong>
          ; after that the prices of the days before are repeated.
        </p>
      </header>
      <div ref={box} className="price-file">
        {palette === null ? null : (
          <Suspense fallback={null}>
            <PriceCanvas
              prices={prices}
              timeZone={timeZone}
              nowMs={nowMs}
              palette={palette}
              name={`${title}: ${words}, until ${end}`}
            />
          </Suspense>
        )}
      </div>
    </section>
  )
}
