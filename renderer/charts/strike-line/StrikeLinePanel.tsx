import { useMemo } from 'react'
import { usesSample } from '#shared/ipc/conditions.ts'
import type { Money } from '#shared/format/money.ts'
import type { NamedBar, ShownLine } from '../../engine/protocol.ts'
import {
  selectAxisMoney,
  selectMarket,
  selectNowMs,
  selectRealMarket,
  selectStale,
} from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { StaleBadge } from '../../ui/StaleBadge.tsx'
import { barName, lineMoney, lineSentence } from './bar-words.ts'
import { FlipWords } from './FlipWords.tsx'
import { Legend, occurringIn } from './Legend.tsx'
import { MoneyLine } from './MoneyLine.tsx'
import { StrikeChart } from './StrikeChart.tsx'
import { StrikeTable } from './StrikeTable.tsx'
import { useRecentHashprice } from './use-recent-hashprice.ts'

/** The program's picture. The line is dragged, hover and arrow keys read a bar, a click or Enter filters the table to it. */
export function StrikeLinePanel() {
  const line = useStore((state) => state.picture?.line ?? null)
  const hasMarket = useStore((state) => selectMarket(state) !== null)
  const money = useStore(selectAxisMoney)
  const stale = useStore(selectStale)
  const hasBars = line !== null && line.bars.length > 0
  return (
    <section className="panel strike" aria-label="Strike line">
      <header className="panel-head">
        <h2>
          Strike line{' '}
          <small>
            break-even against hashprice, {money.hashprice.words}; <b>area = money a day</b>
          </small>
        </h2>
        {hasBars ? <StaleBadge brief values={stale} /> : null}
      </header>
      {hasBars && hasMarket ? (
        <Drawn line={line} money={money} />
      ) : (
        <p className="chart-empty muted">
          {line === null ? 'Needs a hashprice.' : 'No machine has all its figures.'}
        </p>
      )}
    </section>
  )
}

function Drawn({ line, money }: { readonly line: ShownLine; readonly money: Money }) {
  const market = useStore(selectMarket)!
  const real = useStore(selectRealMarket)
  const nowMs = useStore(selectNowMs)
  const isSample = useStore((state) => state.network !== null && usesSample(state.network))
  const totals = useStore((state) => state.picture?.totals ?? null)
  const marginUsdPerDay = useStore(
    (state) => state.picture?.advice?.marginNowUsdPerDay.asIs ?? state.picture?.totals?.marginUsdPerDay,
  )
  const moving = useStore((state) => state.picture?.question.keepOrder ?? false)
  // The sample's hashprice is no day's.
  const storedPast = useRecentHashprice()
  const past = isSample ? null : storedPast
  const { setFilter, tryHashprice } = useStore.getState()
  const { bars } = line
  const { hashpriceUsdPerPhDay: now } = market
  const scene = useMemo(
    () => ({
      bars,
      hashprices: {
        now,
        real: real?.hashpriceUsdPerPhDay ?? now,
        after: market.hashpriceAfterUsdPerPhDay,
        after80: market.hashpriceAfter80,
        inSight:
          real === null
            ? [now, market.hashpriceAfterUsdPerPhDay]
            : [real.hashpriceUsdPerPhDay, real.hashpriceAfterUsdPerPhDay],
      },
      past,
      nowMs,
      adjustmentAtMs: market.adjustmentAtMs,
      money,
    }),
    [bars, now, market, real, past, nowMs, money],
  )
  const parts = lineMoney(line, totals?.marginUsdPerDay ?? Number.NaN, marginUsdPerDay ?? Number.NaN)
  const pick = (bar: NamedBar) =>
    setFilter({
      strike: {
        from: bar.fromUsdPerPhDay,
        to: bar.toUsdPerPhDay,
        isIdle: bar.isIdle,
        label: barName(bar),
      },
    })
  return (
    <>
      <MoneyLine of={parts} money={money}>
        <span className="faint hint">drag the line to try a hashprice</span>
      </MoneyLine>
      <StrikeChart
        scene={scene}
        money={money}
        moving={moving}
        sentence={moving ? undefined : lineSentence(bars, now, parts, money)}
        onPick={pick}
        onTry={tryHashprice}
        onLeave={() => setFilter({ strike: null })}
      >
        <FlipWords money={money} />
      </StrikeChart>
      <footer className="strike-foot">
        <Legend occurring={occurringIn(bars)} />
        <StrikeTable bars={bars} money={money} />
      </footer>
    </>
  )
}
