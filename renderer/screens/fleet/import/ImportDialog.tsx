import { counted } from '#shared/format/numbers.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FailedFile, ReadingAgain, WaitingFile } from '../../../parts/import/FileStages.tsx'
import { ImportActions } from '../../../parts/import/ImportActions.tsx'
import { RememberedAnswers } from '../../../parts/import/Remembered.tsx'
import { Columns } from './Columns.tsx'
import { Preview } from './Preview.tsx'
import { Questions } from '../../../parts/Questions.tsx'
import { useImport } from './use-import.ts'

/** Choose a file, see what was understood and correct it, then store it all or nothing. Until confirmed nothing is stored. */
export function ImportDialog() {
  const { stage, mode, setMode, accepted, answer, hasMachines, ...act } = useImport()
  const { choose, leave } = act

  switch (stage.at) {
    case 'choosing':
      return (
        <WaitingFile
          title="Import a fleet"
          waiting="Choose a CSV or JSON file in the file dialog."
          onLeave={leave}
        />
      )
    case 'storing':
      return (
        <WaitingFile
          title={`Storing ${stage.preview.fileName}`}
          waiting="Storing all of it or nothing."
          onLeave={leave}
        />
      )
    case 'failed':
      return (
        <FailedFile
          message={stage.message}
          untouched="your fleet is as it was"
          onLeave={leave}
          onChoose={() => void choose()}
        />
      )
    case 'preview':
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
        <ImportActions
          label={`${hasMachines && mode === 'replace' ? 'Replace the fleet' : 'Import'} (${counted(preview.rows, 'row')})`}
          isDisabled={faulty || unanswered || isReading || preview.rows === 0}
          onChoose={() => void choose()}
          onLeave={leave}
          onStore={() => void act.store(preview)}
        />
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
      {isReading ? <ReadingAgain onStop={act.stopReading} /> : null}
      <RememberedAnswers
        answered={preview.answered}
        onForget={() => void act.forget(preview, said, 'answers')}
      />
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
