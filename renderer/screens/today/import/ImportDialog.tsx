import { useEffect, useRef, useState } from 'react'
import type { ImportPreview } from '#shared/ipc/schemas/channels.ts'
import { counted } from '#shared/format/numbers.ts'
import { api, settle } from '../../../lib/api.ts'
import { changed } from '../../../state/actions.ts'
import { selectHasMachines } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Progress } from '../../../parts/Progress.tsx'
import { Preview } from './Preview.tsx'
import { Questions } from './Questions.tsx'

type Mode = 'merge' | 'replace'
type Stage =
  | { readonly at: 'choosing' }
  | { readonly at: 'preview'; readonly preview: ImportPreview }
  | { readonly at: 'storing'; readonly preview: ImportPreview }
  | { readonly at: 'failed'; readonly message: string }

/** Choose a file, see what was understood, then store it all or nothing. Until confirmed nothing is stored. */
export function ImportDialog() {
  const close = useStore((state) => state.closeDialog)
  const hasMachines = useStore(selectHasMachines)
  const takeProgress = useStore((state) => state.takeProgress)
  const [stage, setStage] = useState<Stage>({ at: 'choosing' })
  const [mode, setMode] = useState<Mode>('merge')
  const [accepted, setAccepted] = useState<readonly string[]>([])
  const token = useRef<string | null>(null)
  const begun = useRef(false)

  const choose = async () => {
    setStage({ at: 'choosing' })
    takeProgress(null)
    const answer = await settle(api.import.choose({}))
    takeProgress(null)
    if (answer.ok && answer.value !== null) {
      token.current = answer.value.token
      setAccepted([])
      setStage({ at: 'preview', preview: answer.value })
    } else if (answer.ok || answer.error.code === 'cancelled') {
      close()
    } else {
      setStage({ at: 'failed', message: answer.error.message })
    }
  }
  useEffect(() => {
    // The effect runs twice while developing; the file dialog should open once.
    if (begun.current) return
    begun.current = true
    void choose()
  })

  const leave = () => {
    if (stage.at === 'choosing' || stage.at === 'storing') void settle(api.task.cancel({}))
    else if (token.current !== null) void settle(api.import.discard({ token: token.current }))
    close()
  }
  const store = async (preview: ImportPreview) => {
    setStage({ at: 'storing', preview })
    takeProgress(null)
    const answer = await settle(
      api.import.confirm({
        token: preview.token,
        mode: hasMachines ? mode : 'replace',
        accepted: [...accepted],
      }),
    )
    takeProgress(null)
    if (answer.ok) {
      token.current = null
      close()
      const { added, updated, removed } = answer.value
      const parts = [
        added > 0 ? `${counted(added, 'row')} added` : null,
        updated > 0 ? `${counted(updated, 'row')} updated` : null,
        removed > 0 ? `${counted(removed, 'row')} removed` : null,
      ].filter((part) => part !== null)
      await changed(`${preview.fileName}: ${parts.join(', ') || 'nothing new'}.`)
    } else if (answer.error.code === 'cancelled') {
      setStage({ at: 'preview', preview })
    } else {
      setStage({ at: 'failed', message: answer.error.message })
    }
  }

  if (stage.at === 'choosing' || stage.at === 'storing') {
    return (
      <Dialog
        title={stage.at === 'choosing' ? 'Import a fleet' : `Storing ${stage.preview.fileName}`}
        onClose={leave}
        actions={
          <button type="button" className="button" onClick={leave}>
            Cancel
          </button>
        }
      >
        <Progress
          waiting={
            stage.at === 'choosing'
              ? 'Choose a CSV file in the file dialog.'
              : 'Storing all of it or nothing.'
          }
        />
      </Dialog>
    )
  }
  if (stage.at === 'failed') {
    return (
      <Dialog
        title="The file was not imported"
        onClose={leave}
        actions={
          <>
            <button type="button" className="button" onClick={leave}>
              Close
            </button>
            <button type="button" className="button primary" onClick={() => void choose()}>
              Choose another file…
            </button>
          </>
        }
      >
        <p className="fault-text" role="alert">
          {stage.message}
        </p>
        <p className="muted">Nothing was stored; your fleet is as it was.</p>
      </Dialog>
    )
  }
  const { preview } = stage
  const faulty = preview.errorCount > 0
  const unanswered = preview.questions.some(({ name }) => !accepted.includes(name))
  return (
    <Dialog
      wide
      title={`Import ${preview.fileName}`}
      description={
        faulty
          ? 'Nothing can be stored while rows are wrong. Correct them in the file and choose it again.'
          : 'This is what was understood. Nothing is stored until you confirm.'
      }
      onClose={leave}
      actions={
        <>
          <button type="button" className="button left" onClick={() => void choose()}>
            Choose another file…
          </button>
          <button type="button" className="button" onClick={leave}>
            Cancel
          </button>
          <button
            type="button"
            className="button primary"
            disabled={faulty || unanswered || preview.rows === 0}
            onClick={() => void store(preview)}
          >
            {hasMachines && mode === 'replace' ? 'Replace the fleet' : 'Import'} (
            {counted(preview.rows, 'row')})
          </button>
        </>
      }
    >
      <Preview preview={preview} />
      {faulty || preview.questions.length === 0 ? null : (
        <Questions
          questions={preview.questions}
          accepted={accepted}
          onAnswer={(name, isRight) =>
            setAccepted(isRight ? [...accepted, name] : accepted.filter((other) => other !== name))
          }
        />
      )}
      {hasMachines && !faulty ? (
        <fieldset className="modes">
          <legend className="field-label">With the fleet that is here</legend>
          <label className="check">
            <input type="radio" name="mode" checked={mode === 'merge'} onChange={() => setMode('merge')} />
            <span>
              <b>Merge.</b> A known id replaces that machine ({counted(preview.updated, 'row')}), the rest of
              the fleet stays.
            </span>
          </label>
          <label className="check">
            <input
              type="radio"
              name="mode"
              checked={mode === 'replace'}
              onChange={() => setMode('replace')}
            />
            <span>
              <b>Replace.</b> The file is the fleet; everything else goes. Undo brings it back.
            </span>
          </label>
        </fieldset>
      ) : null}
    </Dialog>
  )
}
