import { count, counted } from '#shared/format/numbers.ts'
import { RowsTable } from '../RowsTable.tsx'

type FileFault = {
  /** 0: the file as a whole */
  readonly row: number
  readonly column: string
  readonly message: string
  /** what to type on the command line; '': it is the file that has to be corrected */
  readonly remedy: string
}

type Props = {
  readonly errors: readonly FileFault[]
  /** with those that are not told */
  readonly errorCount: number
  /** rows are entries of a list, columns its keys */
  readonly isList: boolean
}

/** Rows of a file that are wrong. */
export function FileFaults({ errors, errorCount, isList }: Props) {
  return (
    <section className="faults" role="alert" aria-label="Faults in the file" tabIndex={0}>
      <h3>{counted(errorCount, 'fault')}</h3>
      <RowsTable
        rows={errors.map((error) => ({ ...error, message: messageOf(error) }))}
        what="What is wrong"
        isList={isList}
      />
      {errorCount > errors.length ? (
        <p className="muted">and {count(errorCount - errors.length)} more</p>
      ) : null}
    </section>
  )
}

/** What the command line is told to type is said under Columns here. */
function messageOf({ message, remedy }: FileFault): string {
  if (remedy === '') return message
  return `${message}${message.endsWith('?') ? '' : '.'} Say it under Columns.`
}
