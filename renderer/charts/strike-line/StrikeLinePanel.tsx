import { Suspense } from 'react'
import type { Money } from '#shared/format/money.ts'
import type { ShownLine } from '../../engine/protocol.ts'
import { selectMarket, selectRealMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { afterStart } from '../../ui/after-start.ts'

const StrikeLine = afterStart<{ readonly line: ShownLine; readonly money: Money }>(() =>
  import('./StrikeLine.tsx').then((m) => m.StrikeLine),
)

/** The program's picture, which comes once the first figures are shown. The line is dragged, hover and arrow keys read a bar, a click or Enter filters the table to it. */
export function StrikeLinePanel() {
  const line = useStore((state) => state.picture?.line ?? null)
  const hasMarket = useStore((state) => selectMarket(state) !== null)
  const money = useStore(selectRealMoney)
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
      </header>
      {hasBars && hasMarket ? (
        <Suspense fallback={<div className="chart" />}>
          <StrikeLine line={line} money={money} />
        </Suspense>
      ) : (
        <p className="chart-empty muted">
          {line === null ? 'Needs a hashprice.' : 'No machine has all its figures.'}
        </p>
      )}
    </section>
  )
}
