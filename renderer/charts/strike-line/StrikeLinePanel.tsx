import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { percent } from '#shared/format/numbers.ts'
import type { ShownLine } from '../../engine/protocol.ts'
import { selectMoney, selectPicture, selectStale } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { StaleBadge } from '../../ui/StaleBadge.tsx'
import { usePalette } from '../use-palette.ts'
import { barName, barSentence } from './bar-words.ts'
import { spanOf } from './scale.ts'

// The chart library is the heaviest module of the window: the first rows need not wait for it.
const StrikeCanvas = lazy(() =>
  import('./StrikeCanvas.tsx').then((module) => ({ default: module.StrikeCanvas })),
)

const optionId = (bar: number) => `strike-bar-${bar}`

/** The program's picture. Hover and arrow keys read a bar, a click or Enter filters the table to it. */
export function StrikeLinePanel() {
  const picture = useStore(selectPicture)
  const line = picture?.line ?? null
  const market = picture?.market ?? null
  const money = useStore(selectMoney)
  const stale = useStore(selectStale)
  const setFilter = useStore((state) => state.setFilter)
  const panel = useRef<HTMLElement>(null)
  const palette = usePalette(panel)
  const [marked, setMarked] = useState<number | null>(null)

  const scene = useMemo(() => {
    if (line === null || market === null || palette === null) return null
    const { hashpriceUsdPerPhDay: now, hashpriceAfterUsdPerPhDay: after, hashpriceAfter80 } = market
    return {
      line,
      money,
      span: spanOf(line, [now, after, ...(hashpriceAfter80 ?? [])]),
      nowUsdPerPhDay: now,
      afterUsdPerPhDay: after,
      after80: hashpriceAfter80,
      palette,
      marked: marked !== null && marked < line.bars.length ? marked : null,
    }
  }, [line, market, money, palette, marked])

  const bars = line?.bars ?? []
  const pick = (bar: ShownLine['bars'][number]) => {
    setFilter({
      breakeven: {
        from: bar.fromUsdPerPhDay,
        to: bar.toUsdPerPhDay,
        label: barName(bar),
      },
    })
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const last = bars.length - 1
    const from = marked ?? -1
    // Upwards is dearer, as it is drawn.
    const to =
      event.key === 'ArrowUp' || event.key === 'ArrowRight'
        ? Math.min(last, from + 1)
        : event.key === 'ArrowDown' || event.key === 'ArrowLeft'
          ? Math.max(0, from - 1)
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? last
              : null
    if (to !== null && last >= 0) {
      event.preventDefault()
      setMarked(to)
    } else if (
      (event.key === 'Enter' || event.key === ' ') &&
      marked !== null &&
      bars[marked] !== undefined
    ) {
      event.preventDefault()
      pick(bars[marked])
    } else if (event.key === 'Escape') {
      setFilter({ breakeven: null })
      setMarked(null)
    }
  }
  const read = marked === null ? undefined : bars[marked]
  return (
    <section className="panel strike" aria-label="Strike line" ref={panel}>
      <header className="panel-head">
        <h2>
          Strike line <small>hashrate by break-even hashprice, {money.currency} per PH/s a day</small>
        </h2>
        {line === null || bars.length === 0 ? null : (
          <p className="chart-note">
            {percent(line.underwaterShare.now, 0)} under water now, {percent(line.underwaterShare.after, 0)}{' '}
            after <StaleBadge brief values={stale} />
          </p>
        )}
      </header>
      {line === null || bars.length === 0 ? (
        <p className="chart-empty muted">
          {line === null ? 'Needs a hashprice.' : 'No machine that runs has all its figures.'}
        </p>
      ) : (
        <>
          <div
            className="chart"
            role="listbox"
            aria-label="Fleet by break-even hashprice"
            aria-orientation="vertical"
            tabIndex={0}
            aria-activedescendant={marked === null ? undefined : optionId(marked)}
            onKeyDown={onKeyDown}
            onBlur={() => setMarked(null)}
          >
            <Suspense fallback={null}>
              {scene === null ? null : (
                <StrikeCanvas scene={scene} onMark={setMarked} onPick={(bar) => pick(bars[bar]!)} />
              )}
            </Suspense>
            <div className="visually-hidden">
              {bars.map((bar, i) => (
                <div key={bar.firstIndex} id={optionId(i)} role="option" aria-selected={marked === i}>
                  {barSentence(bar, money)}
                </div>
              ))}
            </div>
          </div>
          <p className="chart-read">
            {read === undefined ? (
              <span className="faint">
                Point at a bar to read it; click it to see its machines in the table.
              </span>
            ) : (
              barSentence(read, money)
            )}
          </p>
        </>
      )}
    </section>
  )
}
