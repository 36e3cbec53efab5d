import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { count, counted } from '#shared/format/numbers.ts'
import type { ChanceView, LotChance } from '../../engine/plan-protocol.ts'
import { textWidthPx } from '../../lib/text-width.ts'
import { readLots } from '../../state/follow-plan.ts'
import { usePlan } from '../../state/plan-slice.ts'
import { usePlainMoney } from '../../state/use-plain-money.ts'
import type { LotPlace } from './lot-keys.ts'
import { placeAfter } from './lot-keys.ts'
import { Part } from './Part.tsx'
import { chanceCell, startWords } from './words.ts'

const ROW_PX = 22
const HEAD_PX = 24
/** As many rows as are high without a scroller. */
const MOST_ROWS = 16
/** Rows that are kept ready above and below what is in sight. */
const ROWS_AROUND = 24

/** of the column of names, which is as wide as the names that were read last */
const LEAST_NAME_PX = 120
const MOST_NAME_PX = 340
const TEXT_PX = 11
/** the narrowest column of an epoch */
const EPOCH_PX = 30

const modelOf = ({ model }: LotChance): string => (model === '' ? 'Without a model' : model)
const placeOf = ({ site, machines }: LotChance): string => `${site} · ${count(machines)}`
const nameWidth = (lot: LotChance): number =>
  Math.ceil(textWidthPx(`${modelOf(lot)} ${placeOf(lot)}`, TEXT_PX)) + 12

/** The chance of each lot to be under water, epoch by epoch; rows that are in sight alone are drawn. */
export function LotTable({ chance }: { readonly chance: ChanceView }) {
  const money = usePlainMoney()
  const lots = usePlan((state) => state.lots)
  const chances = usePlan((state) => state.chances)
  const scroller = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<LotPlace>({ row: 0, column: 0 })
  const [isFocused, setFocused] = useState(false)
  const { epochs } = chance
  const rows = chance.lots
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called in this render, never kept
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 4,
    scrollPaddingStart: HEAD_PX,
  })
  const drawn = virtual.getVirtualItems()
  const from = Math.max(0, (drawn[0]?.index ?? 0) - ROWS_AROUND)
  const to = Math.min(rows, (drawn.at(-1)?.index ?? MOST_ROWS) + 1 + ROWS_AROUND)
  const isThere =
    lots !== null &&
    lots.from <= (drawn[0]?.index ?? 0) &&
    lots.from + lots.rows.length > (drawn.at(-1)?.index ?? 0)
  useEffect(() => {
    if (rows > 0 && !isThere) readLots({ from, to })
  }, [rows, isThere, from, to, chances])
  const rowAt = (index: number): LotChance | null =>
    lots === null ? null : (lots.rows[index - lots.from] ?? null)
  const cellId = ({ row, column }: LotPlace) => `lot-${row}-${column}`
  const starts = epochs.map(({ startsAtMs, startsAtDay }) => startWords(startsAtMs, startsAtDay))
  const active = { row: Math.min(place.row, rows - 1), column: Math.min(place.column, epochs.length) }
  const read = rowAt(active.row)
  const words =
    read === null
      ? ''
      : `${modelOf(read)} at ${read.site}, ${counted(read.machines, 'machine')}: ` +
        (active.column === 0
          ? `breaks even at ${money.perPh(read.breakevenUsdPerPhDay, 'up')} ${money.hashprice.per}.`
          : `from ${starts[active.column - 1]!} under water on ${chanceCell(read.chances[active.column - 1]!)} of 100 paths.`)
  const namesPx = Math.min(MOST_NAME_PX, Math.max(LEAST_NAME_PX, ...(lots?.rows ?? []).map(nameWidth)))
  const span = Math.ceil((Math.max(0, ...starts.map((start) => textWidthPx(start, TEXT_PX))) + 4) / EPOCH_PX)
  const go = (next: LotPlace) => {
    setPlace(next)
    virtual.scrollToIndex(next.row)
    requestAnimationFrame(() =>
      document.getElementById(cellId(next))?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    )
  }
  return (
    <Part
      title="When each lot goes under"
      about={`chance in % per epoch that it is under water; ${counted(rows, 'lot')}, cheapest first`}
      className="lot-chances"
    >
      <div
        ref={scroller}
        className="lot-grid"
        role="grid"
        aria-label="Chance of each lot to be under water"
        aria-rowcount={rows + 1}
        aria-colcount={epochs.length + 1}
        aria-activedescendant={isFocused ? cellId(active) : undefined}
        tabIndex={0}
        style={
          {
            '--epochs': epochs.length,
            '--names': `${namesPx}px`,
            '--epoch': `${EPOCH_PX - 1}px`,
            height: HEAD_PX + ROW_PX * Math.min(rows, MOST_ROWS) + 2,
          } as React.CSSProperties
        }
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={(event) => {
          const edge = event.ctrlKey && (event.key === 'Home' || event.key === 'End')
          const next = edge
            ? { row: event.key === 'Home' ? 0 : rows - 1, column: active.column }
            : placeAfter(event.key, active, rows, epochs.length, MOST_ROWS - 1)
          if (next === null || event.altKey || event.metaKey) return
          event.preventDefault()
          go(next)
        }}
      >
        <div className="lot-row lot-head" role="row" aria-rowindex={1}>
          <span role="columnheader" aria-colindex={1} className="lot-name">
            Lot
          </span>
          {starts.map((start, epoch) => (
            // The words of one beginning are as wide as several columns.
            <span
              key={epoch}
              role="columnheader"
              aria-colindex={epoch + 2}
              {...(epoch % span > 0 || (epoch > 0 && epoch + span > starts.length)
                ? { className: 'visually-hidden' }
                : { style: { '--span': span } as React.CSSProperties })}
            >
              {start}
            </span>
          ))}
        </div>
        <div className="lot-body" style={{ height: virtual.getTotalSize() }} role="rowgroup">
          {drawn.map(({ index, start }) => {
            const lot = rowAt(index)
            return (
              <div
                key={index}
                className="lot-row"
                role="row"
                aria-rowindex={index + 2}
                style={{ transform: `translateY(${start}px)` }}
              >
                <span
                  id={cellId({ row: index, column: 0 })}
                  className="lot-name"
                  role="rowheader"
                  aria-colindex={1}
                  data-active={(isFocused && active.row === index && active.column === 0) || undefined}
                  onMouseDown={() => setPlace({ row: index, column: 0 })}
                >
                  {lot === null ? (
                    '…'
                  ) : (
                    <>
                      {modelOf(lot)} <small>{placeOf(lot)}</small>
                    </>
                  )}
                </span>
                {epochs.map(({ epoch }, i) => {
                  const share = lot?.chances[i] ?? Number.NaN
                  return (
                    <span
                      key={epoch}
                      id={cellId({ row: index, column: i + 1 })}
                      className="lot-chance"
                      role="gridcell"
                      aria-colindex={i + 2}
                      data-active={
                        (isFocused && active.row === index && active.column === i + 1) || undefined
                      }
                      style={
                        {
                          '--chance': `${Number.isFinite(share) ? Math.round(share * 100) : 0}%`,
                        } as React.CSSProperties
                      }
                      onMouseDown={() => setPlace({ row: index, column: i + 1 })}
                    >
                      {lot === null ? (
                        ''
                      ) : share === 0 ? (
                        <span className="visually-hidden">0</span>
                      ) : (
                        chanceCell(share)
                      )}
                    </span>
                  )
                })}
              </div>
            )
          })}
        </div>
      </div>
      <p className="chart-read lot-read" role="status">
        {isFocused ? words : <span className="faint">Blank is never. Arrow keys read a cell.</span>}
      </p>
    </Part>
  )
}
