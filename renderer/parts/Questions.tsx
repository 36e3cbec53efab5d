import type { FileQuestions } from '#shared/ipc/schemas/questions.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { RowsTable } from './RowsTable.tsx'

/** What is surprising in a file: each kind is asked once, with the rows that it is about. Nothing is stored before all are answered. */
export function Questions({
  questions,
  isList,
  accepted,
  onAnswer,
}: {
  readonly questions: FileQuestions
  /** rows are entries of a list, columns its keys */
  readonly isList: boolean
  readonly accepted: readonly string[]
  readonly onAnswer: (name: string, isRight: boolean) => void
}) {
  return (
    <section className="faults" aria-label="Questions about the file">
      <h3>{counted(questions.length, 'question')} before anything is stored</h3>
      {questions.map((question) => (
        <div key={question.name}>
          <RowsTable rows={question.rows} what="What is surprising" isList={isList} />
          {question.count > question.rows.length ? (
            <p className="muted">and {count(question.count - question.rows.length)} more</p>
          ) : null}
          <label className="check">
            <input
              type="checkbox"
              checked={accepted.includes(question.name)}
              onChange={(event) => onAnswer(question.name, event.target.checked)}
            />
            <span>This is right: {question.about}.</span>
          </label>
        </div>
      ))}
      <p className="muted">
        What you accept is remembered with the file: the same figure of the same model or site is not asked
        again.
      </p>
    </section>
  )
}
