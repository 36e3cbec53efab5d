import { memo } from 'react'
import { counted } from '#shared/format/numbers.ts'
import { hashrateOfThs, power } from '#shared/format/units.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'

const NOT_TOGETHER =
  'A site under a contract is decided as a whole: what one machine is worth depends on the others, so that rows do not add up to what they save together, which Today says.'

/** What the selected rows amount to; while none is selected, all that are shown. */
export const StatusBar = memo(function StatusBar() {
  const sums = useStore((state) => state.picture?.sums ?? null)
  const selected = useStore((state) => state.picture?.selected ?? 0)
  const addsUp = useStore((state) => state.picture?.addsUp ?? true)
  const money = useStore(selectMoney)
  if (sums === null || sums.rows === 0) return null
  const figures = [
    counted(sums.machines, 'machine'),
    ...(Number.isFinite(sums.hashrateThs) ? [hashrateOfThs(sums.hashrateThs)] : []),
    ...(Number.isFinite(sums.meterW) ? [`${power(sums.meterW)} at the meter`] : []),
    ...(Number.isFinite(sums.marginUsdPerDay) ? [`margin ${money.cents(sums.marginUsdPerDay)} a day`] : []),
    ...(Number.isFinite(sums.gainUsd) ? [`saves ${money.cents(sums.gainUsd)}`] : []),
  ]
  return (
    <div className="grid-status" role="status" aria-label="Sum">
      <b>
        {selected > 0 ? `${counted(selected, 'row')} selected` : `All ${counted(sums.rows, 'row')} shown`}
      </b>
      {figures.map((figure, i) => (
        // By its place: a text that changes is written where it stands.
        <span key={i}>{figure}</span>
      ))}
      {addsUp ? null : (
        <span className="faint" title={NOT_TOGETHER}>
          row by row
        </span>
      )}
      {sums.isIdle ? <span className="faint">if they ran</span> : null}
    </div>
  )
})
