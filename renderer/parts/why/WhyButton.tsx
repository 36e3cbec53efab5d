import { useStore } from '../../state/store.ts'
import type { Subject } from '../../state/view-slice.ts'

type Props = {
  /** what it explains, in words: its name is made of it */
  readonly of: string
  readonly subject: Subject
}

/** Stands quietly at a figure and opens the inspector on how it came about; the same button closes it. */
export function WhyButton({ of, subject }: Props) {
  const isOpen = useStore(
    ({ explained }) =>
      explained?.kind === subject.kind && JSON.stringify(explained) === JSON.stringify(subject),
  )
  const explain = useStore((state) => state.explain)
  return (
    <button
      type="button"
      className="why-figure"
      aria-label={`Why ${of}?`}
      aria-expanded={isOpen}
      data-why
      onClick={() => explain(isOpen ? null : subject)}
    >
      why
    </button>
  )
}
