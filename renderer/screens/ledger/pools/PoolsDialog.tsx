import { useRef, useState } from 'react'
import { useStore } from '../../../state/store.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { focusSoon } from '../../../ui/focus-soon.ts'
import { CostingChoice } from './CostingChoice.tsx'
import type { PoolTexts } from './pool-form.ts'
import { newPoolTexts, poolTexts } from './pool-form.ts'
import { PoolForm } from './PoolForm.tsx'
import { PoolTable } from './PoolTable.tsx'
import { usePools } from './use-pools.ts'

/** What was agreed with pools, which theory rests on, and which bitcoin goes first when some is sold. */
export function PoolsDialog() {
  const close = useStore((state) => state.closeDialog)
  const { known, fault } = usePools()
  /** null: none is being typed */
  const [edited, setEdited] = useState<{ readonly texts: PoolTexts; readonly isStored: boolean } | null>(null)
  const [isDraft, setDraft] = useState(false)
  const add = useRef<HTMLButtonElement>(null)
  const edit = (texts: PoolTexts, isStored: boolean) => setEdited({ texts, isStored })
  return (
    <Dialog
      wide
      title="Pools"
      description="What was agreed with each pool: without it nobody can say what it should have paid."
      isTyped={isDraft}
      onClose={close}
      actions={
        <button type="button" className="button" onClick={close}>
          Close
        </button>
      }
    >
      <div className="purchase-part">
        {fault === null ? null : (
          <p className="fault-text" role="alert">
            {fault}
          </p>
        )}
        {known === null ? (
          fault === null ? (
            <p role="status">Reading…</p>
          ) : null
        ) : (
          <>
            {known.pools.length === 0 ? (
              <p className="note">No terms of a pool are stored.</p>
            ) : (
              <PoolTable
                pools={known.pools}
                onChange={(pool) => edit(poolTexts(pool), true)}
                onRemove={() => focusSoon(add)}
              />
            )}
            {known.withoutTerms.length === 0 ? null : (
              <div className="actions">
                <span>Entries name these without terms:</span>
                {known.withoutTerms.map((name) => (
                  <button
                    key={name}
                    type="button"
                    className="button"
                    onClick={() => edit(newPoolTexts(name, known.openFrom), false)}
                  >
                    {name}…
                  </button>
                ))}
              </div>
            )}
            {edited === null ? (
              <div className="actions">
                <button
                  ref={add}
                  type="button"
                  className="button"
                  onClick={() => edit(newPoolTexts('', known.openFrom), false)}
                >
                  Add a pool…
                </button>
              </div>
            ) : (
              <PoolForm
                key={`${edited.texts.name} ${edited.texts.from}`}
                first={edited.texts}
                isStored={edited.isStored}
                stored={known.pools}
                onTyped={setDraft}
                onClose={() => {
                  setDraft(false)
                  setEdited(null)
                  focusSoon(add)
                }}
              />
            )}
            <CostingChoice costing={known.costing} />
          </>
        )}
      </div>
    </Dialog>
  )
}
