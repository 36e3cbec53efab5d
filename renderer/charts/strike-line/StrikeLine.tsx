import { useMemo } from 'react'
import { usesSample } from '#shared/ipc/conditions.ts'
import type { Money } from '#shared/format/money.ts'
import type { NamedBar, ShownLine } from '../../engine/protocol.ts'
import { selectMarket, selectNowMs, selectRealMarket } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { barName, lineMoney, lineSentence } from './bar-words.ts'
import { FlipWords } from './FlipWords.tsx'
import { Legend, occurringIn } from './Legend.tsx'
import { MoneyLine } from './MoneyLine.tsx'
import { StrikeChart } from './StrikeChart.tsx'
import { StrikeTable } from './StrikeTable.tsx'
import { useRecentHashprice } from './use-recent-hashprice.ts'

/** The drawing with its sums, its legend and its table. */
export function StrikeLine({ line, money }: { readonly line: ShownLine; readonly money: Money }) {
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
