import { useId } from 'react'
import type { SiteView } from '../../engine/protocol.ts'
import type { Money } from '#shared/format/money.ts'
import { isChange, optimumWords } from '#shared/format/site-words.ts'
import { power } from '#shared/format/units.ts'
import { W_PER_KW } from '#shared/domain/units.ts'
import { NO_FILTER } from '../../engine/view.ts'
import { useStore } from '../../state/store.ts'

type Props = {
  readonly view: SiteView
  /** null: no limit */
  readonly capKw: number | null
  readonly money: Money
}

/** The best choice at the site in words, what is to be changed first. */
export function Optimum({ view, capKw, money }: Props) {
  const headingId = useId()
  const { optimum, advice, siteKey, refusal } = view
  const changes = optimum.filter(isChange)
  const others = optimum.filter((line) => !isChange(line))
  const lines = [...changes, ...others]
  const { setFilter, show } = useStore.getState()
  return (
    <section className="panel pad site-panel" aria-labelledby={headingId}>
      <header className="panel-head">
        <h2 id={headingId}>
          {capKw === null ? 'What earns most here' : `What earns most under ${power(capKw * W_PER_KW)}`}
        </h2>
        {advice === null ? null : (
          <p className="muted">
            {advice.proven
              ? 'No other choice of machines earns more.'
              : `No other choice of machines earns over ${money.amount(advice.gapUsd)} more.`}
          </p>
        )}
      </header>
      {refusal !== null ? (
        <p className="fault-text">{refusal}</p>
      ) : lines.length === 0 ? (
        <p className="muted">Nothing can be decided here yet.</p>
      ) : (
        <>
          {changes.length === 0 ? <p>All machines go on as they are.</p> : null}
          <ul className="optimum">
            {lines.map((line) => (
              <li
                key={`${line.model} ${line.verdict} ${line.mode}`}
                data-change={isChange(line) || undefined}
              >
                {optimumWords(line)}
              </li>
            ))}
          </ul>
        </>
      )}
      {advice === null || advice.notes.length === 0 ? null : (
        <ul className="notes">
          {advice.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <div className="actions">
        <button
          type="button"
          className="button"
          onClick={() => {
            setFilter({ ...NO_FILTER, siteKey })
            show('fleet')
          }}
        >
          Show the machines
        </button>
      </div>
    </section>
  )
}
