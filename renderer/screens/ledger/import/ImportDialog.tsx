import { counted } from '#shared/format/numbers.ts'
import { FileFaults } from '../../../parts/import/FileFaults.tsx'
import { FailedFile, ReadingAgain, WaitingFile } from '../../../parts/import/FileStages.tsx'
import { ImportActions } from '../../../parts/import/ImportActions.tsx'
import { RememberedAnswers } from '../../../parts/import/Remembered.tsx'
import { SampleRows } from '../../../parts/import/SampleRows.tsx'
import { Questions } from '../../../parts/Questions.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { AboutFile } from './AboutFile.tsx'
import { LedgerColumns } from './LedgerColumns.tsx'
import { LedgerPreview } from './LedgerPreview.tsx'
import { useLedgerImport } from './use-ledger-import.ts'

/** Choose a file, see what was understood and correct it, then book it all or nothing. */
export function ImportDialog() {
  const { stage, accepted, answer, ...act } = useLedgerImport()
  const { choose, leave } = act

  switch (stage.at) {
    case 'choosing':
      return (
        <WaitingFile
          title="Import into the ledger"
          waiting="Choose a CSV file in the file dialog: payouts of a pool, bills, sales."
          onLeave={leave}
        />
      )
    case 'storing':
      return (
        <WaitingFile
          title={`Booking ${stage.preview.fileName}`}
          waiting="Booking all of it or nothing."
          onLeave={leave}
        />
      )
    case 'failed':
      return (
        <FailedFile
          message={stage.message}
          untouched="the books are as they were"
          onLeave={leave}
          onChoose={() => void choose()}
        />
      )
    case 'preview':
  }
  const { preview, said, isReading } = stage
  const { kind, errorCount, questions, added } = preview
  const isOpen = kind === null || preview.needs.some(({ value, isOptional }) => value === null && !isOptional)
  const isFaulty = errorCount > 0
  // What is asked for above is no fault of the file.
  const errors = isOpen
    ? preview.errors.filter(({ row, remedy }) => row > 0 || remedy === '')
    : preview.errors
  const faults = errorCount - (preview.errors.length - errors.length)
  const isUnanswered = questions.some(({ name }) => !accepted.includes(name))
  return (
    <Dialog
      wide
      title={`Import ${preview.fileName}`}
      description={
        isOpen
          ? 'Say first what the file does not say itself. Nothing is booked until you confirm.'
          : isFaulty
            ? 'Nothing can be booked while something is wrong. Say under Columns what a column is, or correct the file and choose it again.'
            : 'This is what was understood. Nothing is booked until you confirm.'
      }
      onClose={leave}
      actions={
        <ImportActions
          label={added === 0 ? 'Book' : `Book ${counted(added, 'entry', 'entries')}`}
          isDisabled={isOpen || isFaulty || isUnanswered || isReading || added === 0}
          onChoose={() => void choose()}
          onLeave={leave}
          onStore={() => void act.store(preview)}
        />
      }
    >
      <div className="preview">
        <LedgerPreview preview={preview} />
        <AboutFile preview={preview} said={said} onSay={(next) => act.readAgain(preview, next)} />
        {faults === 0 ? null : <FileFaults errors={errors} errorCount={faults} isList={false} />}
        <LedgerColumns
          // what was opened about another file does not count for this one
          key={preview.fileName}
          preview={preview}
          said={said}
          onSay={(next) => act.readAgain(preview, next)}
          onForget={() => void act.forget(preview, said, 'columns')}
        />
        <SampleRows columns={preview.columns} sample={preview.sample} />
      </div>
      {isReading ? <ReadingAgain onStop={act.stopReading} /> : null}
      <RememberedAnswers
        answered={preview.answered}
        onForget={() => void act.forget(preview, said, 'answers')}
      />
      {isFaulty || questions.length === 0 ? null : (
        <Questions questions={questions} isList={false} accepted={accepted} onAnswer={answer} />
      )}
    </Dialog>
  )
}
