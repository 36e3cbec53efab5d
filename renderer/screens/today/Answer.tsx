import type { ReactNode } from 'react'
import { labelAt } from '#shared/domain/columns.ts'
import { counted, MISSING } from '#shared/format/numbers.ts'
import { usd, usdPerPh } from '#shared/format/money.ts'
import { dayMonth, longDay } from '#shared/format/times.ts'
import { Menu } from '../../ui/Menu.tsx'
import { exportCsv, saveReport } from '../../state/actions.ts'
import { selectPicture, selectStrikeLine } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import type { Picture } from '../../lib/picture.ts'
import { nearestStrikes } from './nearest-strikes.ts'

/** The one sentence: what to do, what it is worth, by when. */
function sentence({ advice, market, totals }: Picture): ReactNode {
  if (advice === null) {
    if (!Number.isFinite(totals.marginUsdPerDay))
      return 'There is no answer yet: no machine that runs has all its figures.'
    return (
      <>
        As it runs, the fleet earns <Money value={totals.marginUsdPerDay} /> a day. What to power down needs
        the next adjustment.
      </>
    )
  }
  const { off, pause, run } = advice.machines
  const by = longDay(market.horizonEndMs)
  if (off + pause + run === 0) return 'No machine runs.'
  if (off > 0) {
    return (
      <>
        Power down {counted(off, 'machine')} now. It saves <Money value={advice.gainUsd} /> by {by}.
      </>
    )
  }
  if (pause > 0) {
    const until = dayMonth(market.adjustmentAtMs)
    return (
      <>
        Pause {counted(pause, 'machine')} until the adjustment{until === MISSING ? '' : `, about ${until}`}.
        It saves <Money value={advice.gainUsd} /> by {by}.
      </>
    )
  }
  return (
    <>
      Run everything. It earns <Money value={advice.marginNowUsdPerDay.asIs} /> a day after power.
    </>
  )
}

function Money({ value }: { readonly value: number }) {
  return <em className={value < 0 ? 'loses' : 'earns'}>{usd(value)}</em>
}

/** What else, and what would change the answer. */
function beside(picture: Picture, strikes: ReturnType<typeof nearestStrikes>): readonly string[] {
  const { advice, market, totals, basis } = picture
  const { model, site } = basis.fleet.machines
  const lot = (row: number) => `${labelAt(model, row) || 'no model'}, ${basis.fleet.sites.name[site[row]!]!}`
  const said: string[] = []
  if (advice !== null && advice.machines.off > 0 && advice.machines.pause > 0) {
    const until = dayMonth(market.adjustmentAtMs)
    said.push(
      `Of the saving, part comes from ${counted(advice.machines.pause, 'machine')} that pause until the adjustment${until === MISSING ? '' : `, about ${until}`}.`,
    )
  }
  if (strikes.above !== null) {
    said.push(
      `Above a hashprice of ${usdPerPh(strikes.above.usdPerPhDay, 'up')} the next lot earns again (${lot(strikes.above.row)}).`,
    )
  }
  if (strikes.below !== null) {
    said.push(
      `Below ${usdPerPh(strikes.below.usdPerPhDay, 'up')} the next one goes under water (${lot(strikes.below.row)}).`,
    )
  }
  if (totals.withoutFigures > 0) {
    said.push(
      `${counted(totals.withoutFigures, 'running machine')} left out: a figure or the power price is missing.`,
    )
  }
  return said
}

export function Answer() {
  const picture = useStore(selectPicture)
  const line = useStore(selectStrikeLine)
  const market = picture?.market
  const strikes = nearestStrikes(
    picture?.basis ?? null,
    line?.order ?? null,
    market?.hashpriceUsdPerPhDay ?? Number.NaN,
  )
  return (
    <section className="answer" aria-label="Answer">
      <h1>{picture === null ? 'The network is not known yet, so there is no answer.' : sentence(picture)}</h1>
      <p className="muted">
        {picture === null
          ? 'Refresh the sources, or type price, difficulty, height and fees by hand under Data sources. Break-evens below need none of them.'
          : beside(picture, strikes).join(' ')}
      </p>
      <div className="actions">
        {picture === null ? (
          <button
            type="button"
            className="button primary"
            onClick={() => useStore.getState().show('sources')}
          >
            Open data sources
          </button>
        ) : (
          <button type="button" className="button primary" onClick={() => void saveReport()}>
            Save PDF…
          </button>
        )}
        <button
          type="button"
          className="button"
          onClick={() => useStore.getState().open({ kind: 'machine', key: null })}
        >
          Add machines…
        </button>
        <button type="button" className="button" onClick={() => useStore.getState().open({ kind: 'import' })}>
          Import…
        </button>
        <Menu trigger="More" entries={[{ label: 'Export fleet as CSV…', run: () => void exportCsv() }]} />
      </div>
    </section>
  )
}
