import { counted } from '#shared/format/numbers.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Progress } from '../../../parts/Progress.tsx'
import { Columns } from './Columns.tsx'
import { Preview } from './Preview.tsx'
import { Questions } from '../../../parts/Questions.tsx'
import { useImport } from './use-import.ts'

/** Choose a file, see what was understood and correct it, then store it all or nothing. Until confirmed nothing is stored. */
export function ImportDialog() {
  const { stage, mode, setMode, accepted, answer, hasMachines, ...act } = useImport()
  const { choose, leave } = act

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
              ? 'Choose a CSV or JSON file in the file dialog.'
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
  const { preview, said, isReading } = stage
  const faulty = preview.errorCount > 0
  const unanswered = preview.questions.some(({ name }) => !accepted.includes(name))
  return (
    <Dialog
      wide
      title={`Import ${preview.fileName}`}
      description={
        faulty
          ? 'Nothing can be stored while something is wrong. Say under Columns what a column is, or correct the file and choose it again.'
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
            disabled={faulty || unanswered || isReading || preview.rows === 0}
            onClick={() => void act.store(preview)}
          >
            {hasMachines && mode === 'replace' ? 'Replace the fleet' : 'Import'} (
            {counted(preview.rows, 'row')})
          </button>
        </>
      }
    >
      <Preview
        preview={preview}
        columns={
          <Columns
            // what was begun about another file does not count for this one
            key={preview.fileName}
            preview={preview}
            said={said}
            onSay={(next) => act.readAgain(preview, next)}
            onForget={() => void act.forget(preview, said, 'columns')}
          />
        }
      />
      {isReading ? (
        <div className="reading">
          <Progress waiting="Reading the file again." />
          <button type="button" className="button" onClick={act.stopReading}>
            Stop
          </button>
        </div>
      ) : null}
      {preview.answered.length === 0 ? null : (
        <p className="remembered">
          Not asked again, as you accepted it before:{' '}
          {preview.answered.map(({ about, count }) => `${about} (${counted(count, 'row')})`).join('; ')}.{' '}
          <button type="button" className="button" onClick={() => void act.forget(preview, said, 'answers')}>
            Forget, and ask again
          </button>
        </p>
      )}
      {faulty || preview.questions.length === 0 ? null : (
        <Questions
          questions={preview.questions}
          isList={preview.isList}
          accepted={accepted}
          onAnswer={answer}
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
