import { useState } from 'react'
import type { Month } from '#shared/domain/money/ledger/entry.ts'
import { COSTING_WORDS, monthWords } from '#shared/format/ledger-month-words.ts'
import { closeMonth, reopenMonth } from '../../state/ledger-actions.ts'
import { useLedger } from '../../state/ledger.ts'
import { useStore } from '../../state/store.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { Missing } from './month/Missing.tsx'

type Props = { readonly month: Month }

/** The last question before a month is locked: what is missing in it, and what closing does. */
export function CloseMonth({ month }: Props) {
  const close = useStore((state) => state.closeDialog)
  const shown = useLedger((state) => (state.shown?.month === month ? state.shown : null))
  const [isClosing, setClosing] = useState(false)
  const unrecorded = shown?.plans.filter(({ isRecorded }) => !isRecorded) ?? []
  return (
    <Dialog
      title={`Close ${monthWords(month)}?`}
      description="Its figures are locked and sealed: should one change, the month says so. What turns out later is corrected by an entry in an open month; reopening is an entry too."
      onClose={close}
      actions={
        <>
          <button type="button" className="button" onClick={close}>
            Cancel
          </button>
          <button
            type="button"
            className="button primary"
            disabled={isClosing}
            onClick={() => {
              setClosing(true)
              void closeMonth(month).finally(close)
            }}
          >
            {isClosing ? 'Closing…' : 'Close the month'}
          </button>
        </>
      }
    >
      {shown === null ? null : (
        <div className="ledger-closing">
          <Missing month={shown} />
          <p>
            Bitcoin is costed {COSTING_WORDS[shown.costing]}; that cannot change while a month is closed.
            {unrecorded.length === 0
              ? ''
              : ' No plan is recorded of it: that of the fleet of now is kept with it, and theory rests on that for good.'}
          </p>
        </div>
      )}
    </Dialog>
  )
}

/** Why a month is opened again: it is kept. */
export function ReopenMonth({ month }: Props) {
  const close = useStore((state) => state.closeDialog)
  const [reason, setReason] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const save = async () => {
    if (reason.trim() === '') setFault('Say why: it is kept with the entry that opens the month.')
    else if (await reopenMonth(month, reason.trim())) close()
  }
  return (
    <FormDialog
      title={`Reopen ${monthWords(month)}`}
      verb="Reopen"
      fault={null}
      draft={reason}
      onSave={() => void save()}
      onClose={close}
    >
      <div className="span-2">
        <Field
          label="Reason"
          value={reason}
          fault={fault}
          hint="Entries of the month can be added and voided until it is closed again. That it was open stays in the books."
          onChange={(text) => {
            setReason(text)
            setFault(null)
          }}
        />
      </div>
    </FormDialog>
  )
}
