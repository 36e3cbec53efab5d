import type { PoolTerms } from '#shared/domain/money/ledger/entry.ts'
import { monthWords } from '#shared/format/ledger-month-words.ts'
import { MISSING, number, percent, THIN_SPACE } from '#shared/format/numbers.ts'
import { ConfirmInPlace } from '../../../parts/ConfirmInPlace.tsx'
import { done } from '../../../state/actions.ts'
import { api } from '../../../lib/api.ts'
import { tell } from '../../../ui/toasts.ts'
import { termsName } from './pool-form.ts'

type Props = {
  readonly pools: readonly PoolTerms[]
  readonly onChange: (pool: PoolTerms) => void
  readonly onRemove: () => void
}

/** What was agreed with each pool, a row for each time that it was agreed anew. */
export function PoolTable({ pools, onChange, onRemove }: Props) {
  const remove = async (pool: PoolTerms) => {
    if ((await done(api.ledger.removePool({ name: pool.name, from: pool.from }))) === null) return
    onRemove()
    tell(`Terms of ${termsName(pool)} are removed.`)
  }
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label="Terms of pools">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">Pool</th>
            <th scope="col">From</th>
            <th scope="col">Scheme</th>
            <th scope="col" className="figure">
              Fee
            </th>
            <th scope="col">Income counts</th>
            <th scope="col">Sites</th>
            <th scope="col" className="figure">
              The pool’s hashrate
            </th>
            <th scope="col">
              <span className="visually-hidden">Change or remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {pools.map((pool) => (
            <tr key={`${pool.name} ${pool.from}`}>
              <th scope="row">{pool.name}</th>
              <td>{pool.from === '' ? 'since ever' : monthWords(pool.from)}</td>
              <td>{pool.scheme.toUpperCase()}</td>
              <td className="figure">{percent(pool.fee, 2)}</td>
              <td>{pool.revenue === 'earned' ? 'when earned' : 'when paid'}</td>
              <td>{pool.sites.length === 0 ? 'all' : pool.sites.join(', ')}</td>
              <td className="figure">
                {pool.poolHashrateEhs === null
                  ? MISSING
                  : `${number(pool.poolHashrateEhs, 1)}${THIN_SPACE}EH/s`}
              </td>
              <td>
                <div className="actions">
                  <button
                    type="button"
                    className="button quiet"
                    aria-label={`Change ${termsName(pool)}`}
                    onClick={() => onChange(pool)}
                  >
                    Change…
                  </button>
                  <ConfirmInPlace
                    className="button quiet"
                    label="Remove"
                    name={`Remove ${termsName(pool)}`}
                    question={
                      pools.some(({ name, from }) => name === pool.name && from < pool.from)
                        ? 'Its entries stay; the terms before hold on.'
                        : 'Its entries stay; theory is not known without terms.'
                    }
                    yes="Remove its terms"
                    onYes={() => void remove(pool)}
                  />
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
