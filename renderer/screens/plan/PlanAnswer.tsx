import { planWords } from '#shared/format/plan-answer-words.ts'
import { addToReport } from '../../state/plan-actions.ts'
import { AS_IT_IS, isAsItIs, openPlanDialog, selectChance, usePlan } from '../../state/plan-slice.ts'
import { selectRealStale, selectWhatIfActive } from '../../state/selectors.ts'
import { usePlainMoney } from '../../state/use-plain-money.ts'
import { useStore } from '../../state/store.ts'
import { StaleBadge } from '../../ui/StaleBadge.tsx'
import { Sentence } from '../today/Answer.tsx'
import { FiguresWorking } from './Working.tsx'

/** The one sentence, what it assumes, how sure it is, and what can be done with it. */
export function PlanAnswer() {
  const view = usePlan((state) => state.view)
  const isWorking = usePlan((state) => state.working !== null)
  const isHalted = usePlan((state) => state.isHalted)
  const fault = usePlan((state) => state.fault)
  const chance = usePlan(selectChance)
  const question = usePlan((state) => state.question)
  const money = usePlainMoney()
  const stale = useStore(selectRealStale)
  const isTrying = useStore(selectWhatIfActive)
  const first = question?.scenarios[0] ?? AS_IT_IS
  const shown = view !== null && view.refusal === null ? (view.scenarios[0] ?? null) : null
  const ahead = shown?.ahead ?? null
  const refusal = view === null ? null : (view.refusal ?? shown?.refusal ?? null)
  const words =
    ahead === null
      ? null
      : planWords(money, {
          scenario: first,
          ahead,
          chance,
          responds: isAsItIs(first),
          underWater: question?.underWater ?? 'stop',
        })
  return (
    <section className="answer" aria-label="Answer" aria-busy={isWorking}>
      <h1>
        {words !== null ? (
          <Sentence words={words.sentence} money={money} />
        ) : refusal !== null || isHalted ? (
          'There is no plan yet.'
        ) : (
          'Looking ahead…'
        )}
      </h1>
      <p className="muted">
        {words === null ? null : <StaleBadge values={stale} />}
        {words === null ? refusal : words.details.join(' ')}
        {words === null && refusal !== null
          ? ' Under Data the network is asked, typed, or comes from a network file; under Sites contracts are mended.'
          : ''}
        {isTrying
          ? ' What if on Today is not in these figures: keep it there as a scenario, and it stands here beside the others.'
          : ''}
      </p>
      <FiguresWorking hasFigures={words !== null} />
      {fault === null ? null : (
        <p className="note fault" role="alert">
          {fault}
        </p>
      )}
      <div className="actions">
        {refusal !== null && ahead === null ? (
          <>
            <button type="button" className="button" onClick={() => useStore.getState().show('data')}>
              Open data sources
            </button>
            <button type="button" className="button" onClick={() => useStore.getState().show('sites')}>
              Open sites
            </button>
          </>
        ) : null}
        <button
          type="button"
          className="button"
          onClick={() => openPlanDialog({ kind: 'assumptions', name: isAsItIs(first) ? null : first.name })}
        >
          Assumptions…
        </button>
        <button
          type="button"
          className="button primary"
          disabled={ahead === null}
          onClick={() => void addToReport()}
        >
          Add to report
        </button>
      </div>
    </section>
  )
}
