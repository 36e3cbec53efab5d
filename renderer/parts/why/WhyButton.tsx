import { useStore } from '../../state/store.ts'
import type { FigureName, Subject } from '../../state/view-slice.ts'

/** The figures of the whole as what the inspector explains; each the same object, so that it can be compared. */
export const FIGURES = {
  hashprice: { kind: 'figure', name: 'hashprice' },
  adjustment: { kind: 'figure', name: 'adjustment' },
  price: { kind: 'figure', name: 'price' },
  difficulty: { kind: 'figure', name: 'difficulty' },
  network: { kind: 'figure', name: 'network' },
  margin: { kind: 'figure', name: 'margin' },
} as const satisfies Readonly<Record<FigureName, Subject>>

const isSame = (a: Subject | null, b: Subject) =>
  a !== null && (a.kind === 'figure' || b.kind === 'figure' ? a === b : a.kind === b.kind && a.key === b.key)

type Props = {
  /** what it explains, in words: its name is made of it */
  readonly of: string
  readonly subject: Subject
}

/** Stands quietly at a figure and opens the inspector on how it came about; the same button closes it. */
export function WhyButton({ of, subject }: Props) {
  const isOpen = useStore((state) => isSame(state.explained, subject))
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
