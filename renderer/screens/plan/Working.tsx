import type { ReactNode } from 'react'
import { count } from '#shared/format/numbers.ts'
import { cancelChance, cancelFigures, chanceAgain, figuresAgain } from '../../state/follow-plan.ts'
import type { Progress } from '../../state/plan-slice.ts'
import { usePlan } from '../../state/plan-slice.ts'

/** How far the figures are, and the way to end them; else that they were ended. */
export function FiguresWorking({ hasFigures }: { readonly hasFigures: boolean }) {
  const working = usePlan((state) => state.working)
  const isHalted = usePlan((state) => state.isHalted)
  if (working !== null)
    return (
      <Bar
        name="Figures"
        words={`Working out ${hasFigures ? 'newer' : 'the'} figures`}
        step="step"
        progress={working}
        onCancel={cancelFigures}
      />
    )
  if (!isHalted) return null
  return (
    <Ended
      words={hasFigures ? 'These are the figures of before.' : 'There are no figures yet.'}
      button="Work out the figures"
      onAgain={figuresAgain}
    />
  )
}

/** How far the simulation is, and the way to end it; else what became of it. */
export function ChanceWorking() {
  const progress = usePlan((state) => state.progress)
  const isCancelled = usePlan((state) => state.isCancelled)
  const chance = usePlan((state) => state.chance)
  if (progress !== null)
    return (
      <Bar name="Simulation" words="Simulating" step="epoch" progress={progress} onCancel={cancelChance} />
    )
  if (isCancelled) return <Ended words="Cancelled." button="Simulate" onAgain={chanceAgain} />
  return chance !== null && chance.refusal !== null ? <Line>{chance.refusal}</Line> : null
}

const Line = ({ children }: { readonly children: ReactNode }) => (
  <div className="working-line" role="status">
    {children}
  </div>
)

type BarProps = {
  readonly name: string
  readonly words: string
  /** what is counted */
  readonly step: string
  readonly progress: Progress
  readonly onCancel: () => void
}

function Bar({ name, words, step, progress: { done, total }, onCancel }: BarProps) {
  return (
    <Line>
      <span>
        {words}
        {total > 0 ? `: ${step} ${count(Math.min(done + 1, total))} of ${count(total)}` : '…'}
      </span>
      <progress aria-label={name} {...(total > 0 ? { value: done, max: total } : {})} />
      <button type="button" className="button quiet" onClick={onCancel}>
        Cancel
      </button>
    </Line>
  )
}

type EndedProps = { readonly words: string; readonly button: string; readonly onAgain: () => void }

const Ended = ({ words, button, onAgain }: EndedProps) => (
  <Line>
    <span>{words}</span>
    <button type="button" className="button quiet" onClick={onAgain}>
      {button}
    </button>
  </Line>
)
