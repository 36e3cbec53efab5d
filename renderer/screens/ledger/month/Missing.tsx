import type { LedgerMonth } from '#shared/domain/money/ledger/month.ts'
import { useStore } from '../../../state/store.ts'
import type { LackWay } from './lacks.ts'
import { lacksOf } from './lacks.ts'

const WAY_WORDS: Readonly<Record<LackWay, string>> = {
  fleet: 'Go to Fleet',
  data: 'Go to Data',
  import: 'Import…',
  pools: 'Pools…',
}

/** What is not there, and a way on; nothing where all is. */
export function Missing({ month }: { readonly month: LedgerMonth }) {
  const { show, open, closeDialog } = useStore.getState()
  const lacks = lacksOf(month)
  if (lacks.length === 0) return null
  const go = (way: LackWay) => {
    if (way === 'import' || way === 'pools') {
      open({ kind: 'ledger', of: { kind: way } })
    } else {
      closeDialog()
      show(way)
    }
  }
  return (
    <section className="panel pad ledger-missing" aria-label="What is missing">
      <ul>
        {lacks.map(({ of, words, way }) => (
          <li key={words}>
            <p>
              {of === '' ? null : <b>{of}: </b>}
              {words}
            </p>
            <button type="button" className="button quiet" onClick={() => go(way)}>
              {WAY_WORDS[way]}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
