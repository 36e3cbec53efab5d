import { useState } from 'react'
import type { Entry } from '#shared/domain/money/ledger/entry.ts'
import { entryTitle, figuresWords } from '#shared/format/ledger-entry-words.ts'
import { api, settle } from '../../../lib/api.ts'
import { useStore } from '../../../state/store.ts'
import { Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { tell } from '../../../ui/toasts.ts'

/** An entry was a mistake: it stays in the list and counts for nothing, alone or with all that came with it. */
export function VoidDialog({ entry }: { readonly entry: Entry }) {
  const close = useStore((state) => state.closeDialog)
  const [isBatch, setBatch] = useState(false)
  const [reason, setReason] = useState('')
  const [reasonFault, setReasonFault] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const { fact, key, batch, origin, corrects } = entry
  const figures = figuresWords(fact, corrects !== null)
  const save = async () => {
    if (reason.trim() === '') {
      setReasonFault('Say why, for whoever reads the books later.')
      return
    }
    if (isBusy) return
    setBusy(true)
    const of = isBatch ? { batch } : { entry: key }
    const answer = await settle(api.ledger.void({ of, reason: reason.trim() }))
    setBusy(false)
    if (!answer.ok) {
      setFault(answer.error.message)
      return
    }
    close()
    tell(isBatch ? `All of ${origin?.file ?? 'the import'} is void.` : `Void. ${entryTitle(fact)}.`)
  }
  return (
    <FormDialog
      title={`Void entry ${key}?`}
      verb="Void"
      fault={fault}
      saving={isBusy}
      draft={[isBatch, reason]}
      onSave={() => void save()}
      onClose={close}
    >
      <p className="span-2">
        {entryTitle(fact)}
        {figures === '' ? '' : `: ${figures}`}. It stays in the list and counts for nothing; the same can be
        booked anew.
      </p>
      {origin === null ? null : (
        <fieldset className="modes span-2">
          <legend className="field-label">It came from {origin.file}</legend>
          <label className="check">
            <input type="radio" name="void-of" checked={!isBatch} onChange={() => setBatch(false)} />
            <span>
              <b>This entry.</b> Line {origin.line} alone.
            </span>
          </label>
          <label className="check">
            <input type="radio" name="void-of" checked={isBatch} onChange={() => setBatch(true)} />
            <span>
              <b>The whole import.</b> Everything that was booked with it.
            </span>
          </label>
        </fieldset>
      )}
      <div className="span-2">
        <Field
          autoFocus
          label="Why"
          value={reason}
          fault={reasonFault}
          onChange={(text) => {
            setReason(text)
            setReasonFault(null)
          }}
        />
      </div>
    </FormDialog>
  )
}
