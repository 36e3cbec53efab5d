import { useEffect, useState } from 'react'
import { api, settle } from '../../../lib/api.ts'
import { changed } from '../../../state/actions.ts'
import { Field } from '../../../ui/Field.tsx'
import { purchaseFrom, textsOf } from './investing.ts'
import type { PurchaseFaults, PurchaseTexts } from './investing.ts'
import type { StoredPurchase } from './use-purchases.ts'

type Props = {
  /** null: a new one */
  readonly before: StoredPurchase | null
  readonly onTyped: (isTyped: boolean) => void
  readonly onClose: () => void
}

const FIELD_OF: Readonly<Record<string, keyof PurchaseTexts>> = {
  name: 'name',
  boughtAtMs: 'day',
  costUsd: 'cost',
  salvageUsd: 'salvage',
  lifeDays: 'years',
}

/** A purchase that is added or changed, in its place in the dialog. */
export function PurchaseForm({ before, onTyped, onClose }: Props) {
  const [texts, setTexts] = useState(() => textsOf(before))
  const [faults, setFaults] = useState<PurchaseFaults>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const isTyped = JSON.stringify(texts) !== JSON.stringify(textsOf(before))
  useEffect(() => onTyped(isTyped), [isTyped, onTyped])
  const type = (field: keyof PurchaseTexts) => (text: string) => {
    setTexts((known) => ({ ...known, [field]: text }))
    setFaults((known) => ({ ...known, [field]: undefined }))
  }
  const save = async () => {
    const { purchase, faults: wrong } = purchaseFrom(texts, before)
    setFaults(wrong)
    if (purchase === null || isBusy) return
    setBusy(true)
    const answer = await settle(api.purchases.put({ key: before?.key ?? null, purchase }))
    setBusy(false)
    if (answer.ok) {
      onClose()
      await changed(`Purchase ${purchase.name} ${before === null ? 'added' : 'changed'}.`)
      return
    }
    const field = FIELD_OF[answer.error.field ?? '']
    if (field === undefined) setFailure(answer.error.message)
    else setFaults({ [field]: answer.error.message })
  }
  const fault = (field: keyof PurchaseTexts) => faults[field] ?? null
  return (
    <form
      className="purchase-part"
      aria-label={before === null ? 'Add a purchase' : `Change ${before.name}`}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div className="form">
        <Field autoFocus label="Name" value={texts.name} fault={fault('name')} onChange={type('name')} />
        <Field day label="Bought on" value={texts.day} fault={fault('day')} onChange={type('day')} />
        <Field
          numeric
          label="Cost"
          unit="USD"
          value={texts.cost}
          fault={fault('cost')}
          onChange={type('cost')}
        />
        <Field
          numeric
          label="Salvage at the end"
          unit="USD"
          value={texts.salvage}
          placeholder="0"
          fault={fault('salvage')}
          onChange={type('salvage')}
        />
        <Field
          numeric
          label="Life"
          unit="years"
          value={texts.years}
          fault={fault('years')}
          onChange={type('years')}
        />
      </div>
      {before === null ? null : (
        <p className="note">Machines that name it go along where its name changes.</p>
      )}
      {failure === null ? null : (
        <p className="fault-text" role="alert">
          {failure}
        </p>
      )}
      <div className="actions">
        <button type="submit" className="button primary" disabled={isBusy}>
          {before === null ? 'Add' : 'Save'}
        </button>
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  )
}
