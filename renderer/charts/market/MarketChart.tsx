import { useMemo, useState } from 'react'
import type { Money } from '#shared/format/money.ts'
import { signedPercent } from '#shared/format/numbers.ts'
import { calendarDay } from '#shared/format/times.ts'
import { useSize } from '../../ui/use-size.ts'
import { bandSentence } from './band-words.ts'
import type { MarketScene } from './market-plan.ts'
import { dayAt, marketPlan, pieceAt } from './market-plan.ts'
import { MarketDrawing } from './MarketDrawing.tsx'
import { MarketLegend } from './MarketLegend.tsx'

const TEXT_PX = 10.5

/** What is pointed at: a day by its row, or a part of a band. */
type Read = { readonly day: number } | { readonly piece: number } | null

/** The picture with a cursor for its days and its bands, and what is read there in words. */
export function MarketChart({
  scene,
  money,
  label,
}: {
  readonly scene: Omit<MarketScene, 'size'>
  readonly money: Money
  readonly label: string
}) {
  const [chart, setChart] = useState<HTMLElement | null>(null)
  const [read, setRead] = useState<Read>(null)
  const size = useSize(chart)
  const plan = useMemo(
    () => (size === null ? null : marketPlan({ ...scene, size: { ...size, textPx: TEXT_PX } })),
    [scene, size],
  )
  const { days, fleet, now, unitsOf } = scene
  const span = days?.span ?? null
  const day =
    read !== null && 'day' in read && span !== null && read.day >= span.from && read.day <= span.to
      ? read.day
      : null
  const piece =
    read !== null && 'piece' in read && read.piece < (plan?.pieces.length ?? 0) ? read.piece : null
  const dayWords = (row: number) => {
    const usd = days!.usdPerPhDay[row]!
    const against =
      Number.isNaN(usd) || Number.isNaN(now) ? '' : `, ${signedPercent(usd / now - 1)} against now`
    return `${calendarDay(days!.dates[row]!)}: ${money.perPh(usd)}${against}`
  }
  const marked = useMemo(
    () =>
      plan === null || days === null || day === null
        ? null
        : { row: day, y: plan.upright.y(unitsOf(days.usdPerPhDay[day]!)) },
    [plan, days, day, unitsOf],
  )
  const words =
    day !== null
      ? dayWords(day)
      : piece !== null && plan !== null && fleet !== null
        ? bandSentence(fleet.bands[plan.pieces[piece]!.band]!, fleet.now.acceptedPhs, money)
        : null
  return (
    <>
      <div
        ref={setChart}
        className="chart market-chart"
        onPointerMove={(event) => {
          if (plan === null) return
          const { left, top } = event.currentTarget.getBoundingClientRect()
          const [x, y] = [event.clientX - left, event.clientY - top]
          const row = dayAt(plan, x)
          const part = row === null ? pieceAt(plan, x, y) : null
          setRead(row !== null ? { day: row } : part !== null ? { piece: part } : null)
        }}
        onPointerLeave={() => setRead(null)}
      >
        {plan === null ? null : <MarketDrawing plan={plan} label={label} day={marked} piece={piece} />}
        {span === null ? null : (
          <input
            className="signal-cursor"
            type="range"
            min={span.from}
            max={span.to}
            value={day ?? span.to}
            aria-label="Hashprice, day"
            aria-valuetext={dayWords(day ?? span.to)}
            onFocus={() => setRead({ day: span.to })}
            onBlur={() => setRead(null)}
            onChange={(event) => setRead({ day: Number(event.target.value) })}
            onKeyDown={(event) => event.key === 'Escape' && setRead(null)}
          />
        )}
      </div>
      <p className="chart-read">
        {words ?? <MarketLegend states={[...new Set(fleet?.bands.map(({ state }) => state))]} />}
      </p>
    </>
  )
}
