import { useState } from 'react'
import { loadSampleFleet } from '../../state/actions.ts'
import { useStore } from '../../state/store.ts'

/** An empty program says what it is for and offers the three ways to begin. */
export function Empty() {
  const open = useStore((state) => state.open)
  const [loading, setLoading] = useState(false)
  return (
    <section className="empty" aria-label="Start">
      <h1>Which machines to run, which to power down, and what the next adjustment changes.</h1>
      <p className="muted">
        Strikeline needs your fleet: for each machine or lot its model, its site, and what power costs there.
        Everything stays on this computer.
      </p>
      <ul className="ways">
        <li>
          <h2>Look around first</h2>
          <p className="muted">
            About 300 machines at three sites, made up. With today’s network, or a sample of one while none is
            known.
          </p>
          <button
            type="button"
            className="button primary"
            disabled={loading}
            onClick={() => {
              setLoading(true)
              void loadSampleFleet().finally(() => setLoading(false))
            }}
          >
            Use the sample fleet
          </button>
        </li>
        <li>
          <h2>Bring a list</h2>
          <p className="muted">A CSV with a heading row. A model name is enough for hashrate and power.</p>
          <button type="button" className="button" onClick={() => open({ kind: 'import' })}>
            Import…
          </button>
        </li>
        <li>
          <h2>Type it in</h2>
          <p className="muted">One machine or a lot of many alike, at a site with its power price.</p>
          <button type="button" className="button" onClick={() => open({ kind: 'machine', key: null })}>
            Add machines…
          </button>
        </li>
      </ul>
    </section>
  )
}
