import type { Verdict as Word } from '#shared/domain/decision/words.ts'
import { VERDICT_WORDS } from '#shared/format/advice-words.ts'

/** The advice as a word on a ground of its meaning; what is about a machine that is off gets an outline, since nothing runs there. */
export function Verdict({ verdict }: { readonly verdict: Word }) {
  return (
    <span className="verdict" data-verdict={verdict}>
      {VERDICT_WORDS[verdict]}
    </span>
  )
}
