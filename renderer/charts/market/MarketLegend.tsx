import type { BreakevenBand } from '#shared/domain/margins/breakeven-bands.ts'
import { BAND_STATE_WORDS } from './band-words.ts'

/** Which ground is what, of those that are in the picture. */
export function MarketLegend({ states }: { readonly states: readonly BreakevenBand['state'][] }) {
  if (states.length === 0) return <span className="faint">Point at a day to read it.</span>
  return (
    <span className="legend">
      <span className="faint">Your hashrate by its break-even:</span>
      {states.map((state) => (
        <span key={state} className="key ground">
          <svg className="market-key" viewBox="0 0 16 10" aria-hidden="true">
            <path className={`piece ${state.replace(' ', '-')}`} d="M0.5 0.5h15v9h-15z" />
          </svg>
          {BAND_STATE_WORDS[state]}
        </span>
      ))}
    </span>
  )
}
