import { useStore } from '../../state/store.ts'
import { LedgerActions } from './LedgerActions.tsx'

/** What the ledger is, and how one begins. */
export function FirstSteps() {
  const show = useStore((state) => state.show)
  return (
    <header className="screen-head">
      <h1>Nothing is in the ledger yet.</h1>
      <p className="muted ledger-about">
        It holds what really came in and went out, and says why it is not what theory expects: uptime, fees,
        luck, price, or something that nobody has explained yet. Begin with what a pool paid: import the CSV
        of its payouts or earnings, then say under Pools how it pays and what it keeps.
      </p>
      <LedgerActions isBegun={false} />
      <ol className="ledger-steps">
        <li>
          <b>Payouts and earnings</b> of each pool, as its site exports them. Columns that are not known are
          asked for once.
        </li>
        <li>
          <b>Pools</b>: scheme and fee, so that there is a theory to hold them against.
        </li>
        <li>
          <b>Bills, meters, credits</b>, sales of bitcoin, other costs and what was bought: by file, or typed.
        </li>
        <li>
          <b>The price and the network of each day</b> come from the stored history.{' '}
          <button type="button" className="button quiet" onClick={() => show('data')}>
            Fill it in Data
          </button>
        </li>
      </ol>
    </header>
  )
}
