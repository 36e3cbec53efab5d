import type { BridgeBar } from '#shared/report/document.ts'
import type { Money } from '#shared/format/money.ts'
import { textWidthPx } from '../lib/text-width.ts'

type Props = {
  readonly bars: readonly BridgeBar[]
  readonly priceUsdPerBtc: number
  readonly money: Money
}

const WIDTH_PX = 700
const ROW_PX = 19
const BAR_PX = 13
const TEXT_PX = 11
const GAP_PX = 5
const LEAST_LABEL_PX = 90
const MOST_LABEL_PX = 230

/** What one bitcoin costs, step by step, against what it fetches. */
export function BridgeDrawing({ bars, priceUsdPerBtc, money }: Props) {
  const rows = bars.map((bar) => {
    const from = bar.isTotal ? 0 : bar.endsAtUsdPerBtc - bar.usdPerBtc
    const text = bar.printed ?? money.whole(bar.usdPerBtc)
    return {
      ...{ bar, text, low: Math.min(from, bar.endsAtUsdPerBtc), high: Math.max(from, bar.endsAtUsdPerBtc) },
      textPx: textWidthPx(text, TEXT_PX, bar.isTotal),
    }
  })
  const labelPx = Math.min(
    MOST_LABEL_PX,
    Math.max(LEAST_LABEL_PX, ...bars.map(({ label, isTotal }) => textWidthPx(label, TEXT_PX, isTotal))),
  )
  const left = labelPx + 2 * GAP_PX
  const right = WIDTH_PX - Math.max(0, ...rows.map(({ textPx }) => textPx)) - 2 * GAP_PX
  const known = [0, priceUsdPerBtc, ...rows.flatMap(({ low, high }) => [low, high])].filter(Number.isFinite)
  const [min, max] = [Math.min(...known), Math.max(...known)]
  const x = (usd: number) => left + ((usd - min) / (max - min || 1)) * (right - left)
  const bottom = rows.length * ROW_PX
  const price = `price ${money.whole(priceUsdPerBtc)}`
  const halfPrice = textWidthPx(price, TEXT_PX, true) / 2
  const hasPrice = Number.isFinite(priceUsdPerBtc)
  const told = rows.map(({ bar, text }) => `${bar.label} ${text}`).join(', ')
  return (
    <svg
      className="bridge"
      viewBox={`0 0 ${WIDTH_PX} ${bottom + (hasPrice ? ROW_PX : 2)}`}
      fontSize={TEXT_PX}
      role="img"
      aria-label={`Waterfall of the cost of one BTC: ${told}${hasPrice ? `; ${price}` : ''}.`}
    >
      <line className="tick" x1={x(0)} x2={x(0)} y1={0} y2={bottom} />
      {rows.map(({ bar, low, high }, i) =>
        Number.isNaN(low) ? null : (
          <rect
            key={i}
            className={bar.isTotal ? 'whole' : bar.usdPerBtc < 0 ? 'step less' : 'step'}
            x={x(low)}
            width={Math.max(1, x(high) - x(low))}
            y={i * ROW_PX + (ROW_PX - BAR_PX) / 2}
            height={BAR_PX}
          />
        ),
      )}
      {hasPrice ? (
        <>
          <line className="price" x1={x(priceUsdPerBtc)} x2={x(priceUsdPerBtc)} y1={0} y2={bottom} />
          <text
            className="strong"
            x={Math.min(Math.max(x(priceUsdPerBtc), halfPrice), WIDTH_PX - halfPrice)}
            y={bottom + ROW_PX * 0.7}
            textAnchor="middle"
          >
            {price}
          </text>
        </>
      ) : null}
      {rows.map(({ bar, text, textPx, high }, i) => {
        const y = i * ROW_PX + ROW_PX / 2
        const at = (Number.isNaN(high) ? left : x(high)) + GAP_PX
        return (
          <g key={i} className={bar.isTotal ? 'strong' : undefined}>
            <text x={0} y={y} dy="0.35em">
              {bar.label}
            </text>
            {/* The line of the price must not run through a figure. */}
            <rect className="ground" x={at - 1} width={textPx} y={y - BAR_PX / 2} height={BAR_PX} />
            <text x={at} y={y} dy="0.35em">
              {text}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
