import { saveAs } from '../../state/report-actions.ts'
import { useReports } from '../../state/reports-slice.ts'
import { selectWhatIfActive } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { SteadyButton } from '../../ui/SteadyButton.tsx'

/** What is handed over, and as what. */
export function SaveButtons() {
  const isTrial = useStore(selectWhatIfActive)
  const isBare = useReports((state) => state.pack.isIn.size === 0)
  return (
    <div className="report-save" role="group" aria-label="Save">
      <SteadyButton idle={isBare} className="button primary" onClick={() => void saveAs('pdf')}>
        Save PDF…
      </SteadyButton>
      <SteadyButton idle={isBare} onClick={() => void saveAs('workbook')}>
        Workbook with live formulas…
      </SteadyButton>
      <SteadyButton idle={isBare} onClick={() => void saveAs('csv')}>
        CSV of every table…
      </SteadyButton>
      <SteadyButton idle={isBare} onClick={() => void saveAs('json')}>
        JSON of every table…
      </SteadyButton>
      {isBare ? <p className="note">Choose at least one section.</p> : null}
      {isTrial ? (
        <p className="note">
          <span className="what-if-mark">what if</span> Something is being tried out. The report speaks of
          what is stored, not of the trial.
        </p>
      ) : null}
    </div>
  )
}
