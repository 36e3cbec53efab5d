import { useRef, useState } from 'react'
import { NO_DISCOUNT_RATE, purchaseGapWords, purchaseMethodWords } from '#shared/format/purchase-words.ts'
import { readTyped } from '#shared/format/typed.ts'
import { useStore } from '../../../state/store.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { focusSoon } from '../../../ui/focus-soon.ts'
import { BuyNext } from './BuyNext.tsx'
import { GROWTH } from '../../../parts/growth-field.ts'
import { PurchaseForm } from './PurchaseForm.tsx'
import { PurchaseTable } from './PurchaseTable.tsx'
import type { StoredPurchase } from './use-purchases.ts'
import { usePurchases } from './use-purchases.ts'

/** What machines were bought with and what it is still worth; and what to buy next. */
export function PurchasesDialog() {
  const close = useStore((state) => state.closeDialog)
  const rate = useStore((state) => state.settings?.discountRatePerYear ?? null)
  /** null: a new one; undefined: none is being changed */
  const [edited, setEdited] = useState<StoredPurchase | null | undefined>(undefined)
  const [isDraft, setDraft] = useState(false)
  /** takes the focus when what had it is gone */
  const add = useRef<HTMLButtonElement>(null)
  const [texts, setTexts] = useState({ price: '0', hashrate: '0' })
  const price = readTyped(texts.price, GROWTH)
  const hashrate = readTyped(texts.hashrate, GROWTH)
  const growths = {
    priceGrowthPerYear: price.value ?? 0,
    hashrateGrowthPerYear: hashrate.value ?? 0,
  }
  const known = usePurchases(growths)
  return (
    <Dialog
      wide
      title="Purchases"
      description="What machines were bought with, and what it is still worth. A machine names its purchase in the field “Purchase”; in Fleet it is set for many at once."
      isTyped={isDraft}
      onClose={close}
      actions={
        <button type="button" className="button" onClick={close}>
          Close
        </button>
      }
    >
      <div className="purchase-part">
        <div className="form">
          <Field
            numeric
            label="Price grows a year"
            unit="%"
            value={texts.price}
            fault={price.fault}
            onChange={(text) => setTexts({ ...texts, price: text })}
          />
          <Field
            numeric
            label="Network’s hashrate grows a year"
            unit="%"
            value={texts.hashrate}
            fault={hashrate.fault}
            onChange={(text) => setTexts({ ...texts, hashrate: text })}
          />
        </div>
        {known === null ? (
          <p role="status">Reading…</p>
        ) : (
          <>
            {known.purchases.length === 0 ? (
              <p className="note">No purchase is stored.</p>
            ) : (
              <PurchaseTable known={known} onChange={setEdited} onRemove={() => focusSoon(add)} />
            )}
            {known.refusal === null ? null : (
              <p className="fault-text" role="alert">
                {known.refusal}
              </p>
            )}
            {known.purchases.length === 0 ? null : <p className="note">{purchaseMethodWords(rate)}</p>}
            {known.returns === null ? null : (
              <ul className="notes">
                {purchaseGapWords(known.returns).map((words) => (
                  <li key={words}>{words}</li>
                ))}
              </ul>
            )}
          </>
        )}
        {edited === undefined ? (
          <div className="actions">
            <button ref={add} type="button" className="button" onClick={() => setEdited(null)}>
              Add a purchase…
            </button>
          </div>
        ) : (
          <PurchaseForm
            key={edited?.key ?? 'new'}
            before={edited}
            onTyped={setDraft}
            onClose={() => {
              setDraft(false)
              setEdited(undefined)
              focusSoon(add)
            }}
          />
        )}
        <h2>What to buy next</h2>
        {rate === null ? <p className="note">{NO_DISCOUNT_RATE}</p> : <BuyNext growths={growths} />}
      </div>
    </Dialog>
  )
}
