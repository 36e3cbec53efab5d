import { counted } from '#shared/format/numbers.ts'

/** The columns are read as someone said them before. */
export function RememberedColumns({ onForget }: { readonly onForget: () => void }) {
  return (
    <p className="remembered" role="status">
      The columns are read as you said for a file with the same headings.{' '}
      <button type="button" className="button" onClick={onForget}>
        Forget
      </button>
    </p>
  )
}

type AnswersProps = {
  readonly answered: readonly { readonly about: string; readonly count: number }[]
  readonly onForget: () => void
}

/** What was surprising and is not asked again; nothing where that is nothing. */
export function RememberedAnswers({ answered, onForget }: AnswersProps) {
  if (answered.length === 0) return null
  return (
    <p className="remembered">
      Not asked again, as you accepted it before:{' '}
      {answered.map(({ about, count }) => `${about} (${counted(count, 'row')})`).join('; ')}.{' '}
      <button type="button" className="button" onClick={onForget}>
        Forget, and ask again
      </button>
    </p>
  )
}
