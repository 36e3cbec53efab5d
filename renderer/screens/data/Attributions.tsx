import { attributionsOf } from '#shared/format/words.ts'

/** What must be said where values of these sources are shown. */
export function Attributions({ sources }: { readonly sources: readonly string[] }) {
  const sentences = attributionsOf(sources)
  if (sentences.length === 0) return null
  return (
    <div className="panel-foot">
      <p className="note">{sentences.join(' · ')}</p>
    </div>
  )
}
