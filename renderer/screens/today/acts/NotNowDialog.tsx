import { useState } from 'react'
import { recordNotNow } from '../../../state/act-actions.ts'
import { useStore } from '../../../state/store.ts'
import { Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { ByField, useBy } from './ByField.tsx'
import { useCall } from './use-call.ts'

const MOST_LETTERS = 200

/** Why what is advised at a site is not done now, in the operator's own words. */
export function NotNowDialog({ siteKey }: { readonly siteKey: number }) {
  const call = useCall(siteKey)
  const close = useStore((state) => state.closeDialog)
  const [reason, setReason] = useState('')
  const by = useBy()
  if (call === null) return null
  const fault = reason.trim().length > MOST_LETTERS ? `At most ${MOST_LETTERS} letters.` : null
  return (
    <FormDialog
      title={`Not now at ${call.site}`}
      verb="Record"
      fault={null}
      draft={[reason, by.typed]}
      onClose={close}
      onSave={() => {
        if (fault !== null || by.fault !== null) return
        close()
        void recordNotNow(call, reason.trim(), { by: by.name })
      }}
    >
      <p className="muted span-2">
        The row stays, without urgency, until something else is advised there or the day is over.
      </p>
      <Field label="Reason" value={reason} fault={fault} onChange={setReason} />
      <ByField by={by} />
    </FormDialog>
  )
}
