import { useEffect, useState } from 'react'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import type { PoolTerms } from '#shared/domain/money/ledger/entry.ts'
import { PAYOUT_SCHEMES } from '#shared/domain/money/ledger/entry.ts'
import { SCHEME_WORDS } from '#shared/format/ledger-kinds.ts'
import { api, settle } from '../../../lib/api.ts'
import { useStore } from '../../../state/store.ts'
import { Field } from '../../../ui/Field.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { tell } from '../../../ui/toasts.ts'
import type { PoolFaults, PoolTexts } from './pool-form.ts'
import { needsPoolHashrate, poolFrom, termsName } from './pool-form.ts'

const SCHEMES = PAYOUT_SCHEMES.map((value) => ({ value, label: SCHEME_WORDS[value] }))
const REVENUES = [
  { value: 'earned', label: 'on the day that it is earned' },
  { value: 'paid', label: 'when it is paid' },
] as const

type Props = {
  /** what it begins with */
  readonly first: PoolTexts
  /** terms of it are stored, under this name */
  readonly isStored: boolean
  /** all that are stored */
  readonly stored: readonly PoolTerms[]
  readonly onTyped: (isTyped: boolean) => void
  readonly onClose: () => void
}

/** Terms of one pool, in their place in the dialog. */
export function PoolForm({ first, isStored, stored, onTyped, onClose }: Props) {
  const sites = useStore((state) => state.fleet?.sites.name ?? [])
  const [texts, setTexts] = useState(first)
  const [faults, setFaults] = useState<PoolFaults>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const isTyped = JSON.stringify(texts) !== JSON.stringify(first)
  useEffect(() => onTyped(isTyped), [isTyped, onTyped])
  const type = (change: Partial<PoolTexts>) => {
    setTexts({ ...texts, ...change })
    setFaults({})
    setFailure(null)
  }
  const save = async () => {
    const isFirst = ({ name, from }: PoolTerms) => name === first.name && from === first.from
    const others = isStored ? stored.filter((terms) => !isFirst(terms)) : stored
    const { pool, faults: wrong } = poolFrom(texts, others)
    setFaults(wrong ?? {})
    if (pool === null || isBusy) return
    setBusy(true)
    const answer = await settle(api.ledger.putPool({ pool: { ...pool, sites: [...pool.sites] } }))
    setBusy(false)
    if (!answer.ok) {
      setFailure(answer.error.message)
      return
    }
    onClose()
    tell(`Terms of ${termsName(pool)} are stored.`)
  }
  const isChange = isStored && texts.from === first.from
  const isOfAll = texts.sites.length === 0
  // A name that a site had is still that of its entries and plans.
  const before = first.sites.filter((name) => !sites.some((site) => isSameSiteName(site, name)))
  const names = [...sites, ...before]
  return (
    <form
      className="purchase-part"
      aria-label={isStored ? `Change ${first.name}` : 'Terms of a pool'}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div className="form">
        <Field
          autoFocus={first.name === ''}
          label="Pool"
          value={texts.name}
          disabled={isStored}
          fault={faults.name ?? null}
          hint="As its entries name it"
          onChange={(name) => type({ name })}
        />
        <Field
          month
          label="From"
          value={texts.from}
          fault={faults.from ?? null}
          hint={
            isStored
              ? 'Another month: terms begin there, and those that are stored hold until then'
              : 'First month in which they hold; empty: since ever'
          }
          onChange={(from) => type({ from })}
        />
        <Field
          numeric
          autoFocus={first.name !== ''}
          label="Fee"
          unit="%"
          value={texts.fee}
          fault={faults.fee ?? null}
          onChange={(fee) => type({ fee })}
        />
        <SelectField
          label="It pays"
          choices={SCHEMES}
          value={texts.scheme}
          onChange={(scheme) => type({ scheme })}
        />
        <SelectField
          label="Income counts"
          choices={REVENUES}
          value={texts.revenue}
          onChange={(revenue) => type({ revenue })}
        />
        {needsPoolHashrate(texts.scheme) ? (
          <Field
            numeric
            label="Hashrate of the whole pool"
            unit="EH/s"
            value={texts.hashrate}
            fault={faults.hashrate ?? null}
            hint="Says how far luck reaches; empty: not known"
            onChange={(hashrate) => type({ hashrate })}
          />
        ) : null}
      </div>
      {names.length < 2 ? null : (
        <fieldset className="modes">
          <legend className="field-label">Sites whose machines hash for it</legend>
          <label className="check">
            <input type="checkbox" checked={isOfAll} onChange={() => type({ sites: [] })} />
            <span>All sites</span>
          </label>
          {names.map((name) => (
            <label key={name} className="check">
              <input
                type="checkbox"
                checked={texts.sites.some((other) => isSameSiteName(other, name))}
                onChange={(event) =>
                  type({
                    sites: event.target.checked
                      ? [...texts.sites, name]
                      : texts.sites.filter((other) => !isSameSiteName(other, name)),
                  })
                }
              />
              <span>
                {name}
                {before.includes(name) ? <span className="muted"> (no site has this name now)</span> : null}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {failure === null ? null : (
        <p className="fault-text" role="alert">
          {failure}
        </p>
      )}
      <div className="actions">
        <button type="submit" className="button primary" disabled={isBusy}>
          {isChange ? 'Save' : isStored ? 'Store new terms' : 'Store its terms'}
        </button>
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  )
}
