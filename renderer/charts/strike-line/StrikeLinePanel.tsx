import { percent } from '#shared/format/numbers.ts'
import { selectMarket, selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import type { NamedBar } from './bar-words.ts'
import { barName } from './bar-words.ts'
import { StrikeChart } from './StrikeChart.tsx'

/** The program's picture. Hover and arrow keys read a bar, a click or Enter filters the table to it. */
export function StrikeLinePanel() {
  const line = useStore((state) => state.picture?.line ?? null)
  const market = useStore(selectMarket)
  const underwater = useStore((state) => state.picture?.advice?.underwater)
  const runsThs = useStore((state) => state.picture?.totals?.hashrateThs ?? Number.NaN)
  const share = (of: { readonly hashrateThs: number } | undefined) =>
    percent((of?.hashrateThs ?? Number.NaN) / runsThs, 0)
  const moving = useStore((state) => state.picture?.question.keepOrder ?? false)
  const money = useStore(selectMoney)
  const setFilter = useStore((state) => state.setFilter)
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
    <section className="panel strike" aria-label="Strike line">
      <header className="panel-head">
        <h2>
          Strike line{' '}
          <small>hashrate by the hashprice at which it stops or starts, {money.hashprice.words}</small>
        </h2>
        {line === null || line.bars.length === 0 ? null : (
          <p className="chart-note">
            {share(underwater?.now)} under water now, {share(underwater?.after)} after
          </p>
        )}
      </header>
      {line === null || market === null || line.bars.length === 0 ? (
        <p className="chart-empty muted">
          {line === null ? 'Needs a hashprice.' : 'No machine has all its figures.'}
        </p>
      ) : (
        <StrikeChart
          bars={line.bars}
          nowUsdPerPhDay={market.hashpriceUsdPerPhDay}
          afterUsdPerPhDay={market.hashpriceAfterUsdPerPhDay}
          after80={market.hashpriceAfter80}
          money={money}
          moving={moving}
          onPick={pick}
          onLeave={() => setFilter({ strike: null })}
        />
      )}
    </section>
  )
}
