import { useId, useState } from 'react'
import { exportNetworkFile, openNetworkFile } from '../../state/actions.ts'

/** All that is known of the network as one file, for a site that has no internet. */
export function NetworkFilePanel() {
  const headingId = useId()
  const [withCase, setWithCase] = useState(false)
  return (
    <section className="panel" aria-labelledby={headingId}>
      <div className="panel-head">
        <h2 id={headingId}>Network file</h2>
        <p className="muted">
          For a site without internet: export it in the office, carry the file over on a stick, open it there.
          Values, rates and history come with it, and what is newer at the site stays. It shows what it would
          bring before anything is stored.
        </p>
      </div>
      <div className="panel-foot">
        <label className="check">
          <input type="checkbox" checked={withCase} onChange={(event) => setWithCase(event.target.checked)} />
          <span>Export with contracts, policies, operating points, limits and what sites pay</span>
        </label>
        <div className="actions">
          <button type="button" className="button" onClick={() => void exportNetworkFile(withCase)}>
            Export network file…
          </button>
          <button type="button" className="button" onClick={() => void openNetworkFile()}>
            Open network file…
          </button>
        </div>
      </div>
    </section>
  )
}
