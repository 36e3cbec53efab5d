import { counted } from '#shared/format/numbers.ts'
import { saveAs } from '../../state/report-actions.ts'
import { useReports } from '../../state/reports-slice.ts'
import { selectWhatIfActive } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { SteadyButton } from '../../ui/SteadyButton.tsx'
import { goToChecks } from './go-to-checks.ts'

/** What is handed over, and as what. */
export function SaveButtons() {
  const isTrial = useStore(selectWhatIfActive)
  const pages = useReports((state) => state.pages)
  const isBare = useReports((state) => state.pack.isIn.size === 0)
  return (
    <div className="report-save" role="group" aria-label="Save">
      <SteadyButton idle={isBare} className="button primary" onClick={() => void saveAs('pdf')}>
        Save PDF…{pages === null ? '' : ` (${counted(pages, 'page')})`}
      </SteadyButton>
      <Doubts />
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

/** How much there is to look at before, and a way to it. */
function Doubts() {
  const doubts = useReports((state) => state.preview?.checks.filter(({ isFine }) => !isFine).length ?? 0)
  if (doubts === 0) return null
  return (
    <button type="button" className="button quiet report-doubts" onClick={goToChecks}>
      ▲ {counted(doubts, 'thing')} to look at before you hand it over
    </button>
  )
}
