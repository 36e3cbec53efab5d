import { useId, useState } from 'react'
import type { Failure } from '#shared/ipc/errors.ts'
import type { PastStatus } from '#shared/ipc/schemas/past.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { sourceWord } from '#shared/format/words.ts'
import { useStore } from '../../state/store.ts'
import { SteadyButton } from '../../ui/SteadyButton.tsx'
import { useNow } from '../../ui/use-now.ts'
import { pastSources, progressWords, runWords } from './past-words.ts'

type Props = { readonly status: PastStatus; readonly settings: Settings }

/** Fills the history from the sources, says how far it is, and stops it; what is stored stays. */
export function FillPast({ status, settings }: Props) {
  const { startBackfill, stopBackfill } = useStore.getState()
  const [fault, setFault] = useState<string | null>(null)
  const nowMs = useNow()
  const progressId = useId()
  const sources = pastSources(settings)
  const { running, progress, unfinished, faults } = status
  const run = async (call: Promise<Failure | null>) => setFault((await call)?.message ?? null)
  return (
    <div className="history-run">
      <p role="status">{runWords(status, nowMs)}</p>
      {running && progress !== null ? (
        <>
          <p id={progressId} className="muted">
            {progressWords(progress)}
          </p>
          <progress
            aria-labelledby={progressId}
            {...(progress.total > 0 ? { value: progress.done, max: progress.total } : {})}
          />
        </>
      ) : null}
      <div className="actions">
        <SteadyButton idle={running || sources.length === 0} onClick={() => void run(startBackfill())}>
          {unfinished && !running ? 'Go on filling the history' : 'Fill the history'}
        </SteadyButton>
        <SteadyButton idle={!running} onClick={() => void run(stopBackfill())}>
          Stop
        </SteadyButton>
      </div>
      <p className="note">
        {sources.length === 0
          ? 'No source that is switched on knows the past: import a file, or switch one on.'
          : `Asked in this order: ${sources.map(sourceWord).join(', ')}. What is stored stays when you stop.`}
      </p>
      {fault === null ? null : (
        <p className="note fault" role="alert">
          {fault}
        </p>
      )}
      {faults.length === 0 ? null : (
        <div role="group" aria-label="Faults of the last run">
          {faults.map(({ source, words }) => (
            <p key={`${source} ${words}`} className="loses">
              {sourceWord(source)}: {words}
            </p>
          ))}
        </div>
      )}
    </div>
  )
}
