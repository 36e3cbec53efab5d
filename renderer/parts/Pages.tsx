import { count } from '#shared/format/numbers.ts'
import { SteadyButton } from '../ui/SteadyButton.tsx'

type Props = {
  readonly label: string
  /** rows of a page */
  readonly size: number
  /** of rows */
  readonly total: number
  /** counted from 0 */
  readonly page: number
  readonly onPage: (page: number) => void
}

/** The way through a list that is shown some rows at a time; nothing where it is all there. */
export function Pages({ label, size, total, page, onPage }: Props) {
  const last = Math.min(total, (page + 1) * size)
  if (total <= size) return null
  return (
    <nav className="log-pages" aria-label={label}>
      <SteadyButton idle={page === 0} onClick={() => onPage(page - 1)}>
        Before
      </SteadyButton>
      <span role="status">
        {count(page * size + 1)} to {count(last)} of {count(total)}
      </span>
      <SteadyButton idle={last === total} onClick={() => onPage(page + 1)}>
        Next
      </SteadyButton>
    </nav>
  )
}
