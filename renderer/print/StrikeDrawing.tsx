import type { Market } from '#shared/domain/decision/market.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { barNames } from '#shared/domain/margins/bar-names.ts'
import type { StrikeBar, StrikeLine } from '#shared/domain/margins/strike-line.ts'
import { number } from '#shared/format/numbers.ts'
import type { Money } from '#shared/format/money.ts'
import { barName } from '../charts/strike-line/bar-words.ts'
import { spanOf } from '../charts/strike-line/scale.ts'

const WIDTH = 700
const TOP = 26
const BOTTOM = 196
const HEIGHT = 214
const LEFT = 2
const RIGHT = 694
const NAME_HEIGHT = 10

const FILL: Readonly<Record<StrikeBar['state'], string>> = {
  earns: 'bar earns',
  waits: 'bar waits',
  'under water': 'bar under',
}

/** Round steps of 1, 2 or 5 that give four to eight marks. */
function ticks(min: number, max: number): readonly number[] {
  const rough = (max - min) / 6
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough
  const first = Math.ceil(min / step)
  return Array.from({ length: Math.floor(max / step) - first + 1 }, (_, i) => (first + i) * step)
}

/** The strike line as vectors. What is under water is hatched too, so that it reads without colour. */
export function StrikeDrawing({
  line,
  fleet,
  market,
  money,
}: {
  readonly line: StrikeLine
  readonly fleet: Fleet
  readonly market: Market
  readonly money: Money
}) {
  const { hashpriceUsdPerPhDay: now, hashpriceAfterUsdPerPhDay: after, hashpriceAfter80 } = market
  const span = spanOf(line, [now, after, ...(hashpriceAfter80 ?? [])])
  // The marks of the axis stand at round figures of the reader's currency.
  const [min, max] = [money.units(span.min), money.units(span.max)]
  const xOfUnits = (units: number) =>
    LEFT + ((Math.min(Math.max(units, min), max) - min) / (max - min)) * (RIGHT - LEFT)
  const x = (usdPerPhDay: number) => xOfUnits(money.units(usdPerPhDay))
  const y = (phs: number) => BOTTOM - (phs / line.hashratePhs) * (BOTTOM - TOP)
  const afterKnown = Number.isFinite(after)
  const nowIsLeft = !afterKnown || now <= after
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="Fleet by break-even hashprice">
      <defs>
        <pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="under-ground" width="4" height="4" />
          <line className="under-stroke" x1="0" y1="0" x2="0" y2="4" />
        </pattern>
        <pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">
          <rect className="waits-ground" width="5" height="5" />
          <circle className="waits-dot" cx="2.5" cy="2.5" r="0.8" />
        </pattern>
      </defs>
      {ticks(min, max).map((value) => (
        <g key={value}>
          <line className="tick" x1={xOfUnits(value)} x2={xOfUnits(value)} y1={TOP} y2={BOTTOM} />
          <text
            className="axis"
            x={xOfUnits(value)}
            y={BOTTOM + 13}
            textAnchor={value <= min ? 'start' : 'middle'}
          >
            {number(value, value % 1 === 0 ? 0 : 1)}
          </text>
        </g>
      ))}
      {hashpriceAfter80 === null ? null : (
        <rect
          className="band"
          x={x(hashpriceAfter80[0])}
          width={Math.max(1, x(hashpriceAfter80[1]) - x(hashpriceAfter80[0]))}
          y={TOP - 8}
          height={BOTTOM - TOP + 8}
        />
      )}
      {line.bars.map((bar) => {
        const top = y(bar.hashrateBeforePhs + bar.hashratePhs)
        const height = y(bar.hashrateBeforePhs) - top
        const end = x(bar.breakevenHashpriceUsdPerPhDay)
        const zero = x(0)
        return (
          <rect
            key={bar.firstIndex}
            className={FILL[bar.state]}
            x={Math.min(zero, end)}
            width={Math.max(1, Math.abs(end - zero))}
            y={top}
            height={Math.max(0.6, height - (height > 4 ? 1 : 0))}
          />
        )
      })}
      <line className="now" x1={x(now)} x2={x(now)} y1={TOP - 8} y2={BOTTOM} />
      {afterKnown ? <line className="after" x1={x(after)} x2={x(after)} y1={TOP - 8} y2={BOTTOM} /> : null}
      {line.bars.map((bar) => {
        const bottom = y(bar.hashrateBeforePhs)
        const top = y(bar.hashrateBeforePhs + bar.hashratePhs)
        if (bottom - top < NAME_HEIGHT + 1) return null
        return (
          <text key={bar.firstIndex} className="name" x={x(0) + 5} y={(top + bottom) / 2 + 2.8}>
            {barName(barNames(bar, fleet))}
          </text>
        )
      })}
      <text
        className="now-text"
        x={x(now) + (nowIsLeft ? -5 : 5)}
        y={TOP - 12}
        textAnchor={nowIsLeft ? 'end' : 'start'}
      >
        now {money.perPh(now)}
      </text>
      {afterKnown ? (
        <text
          className="after-text"
          x={x(after) + (nowIsLeft ? 5 : -5)}
          y={TOP - 12}
          textAnchor={nowIsLeft ? 'start' : 'end'}
        >
          after the adjustment {money.perPh(after)}
        </text>
      ) : null}
    </svg>
  )
}
