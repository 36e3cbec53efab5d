import { useState } from 'react'
import type { CountedKind } from '#shared/domain/money/ledger/counted.ts'
import { entryTitle } from '#shared/format/ledger-entry-words.ts'
import { FACT_WORDS } from '#shared/format/ledger-kinds.ts'
import { useStore } from '../../../state/store.ts'
import { Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { tell } from '../../../ui/toasts.ts'
import { focusFault } from './focus-fault.ts'
import type { FieldName } from './entry-fields.ts'
import { FIELDS_OF, TYPED_KINDS } from './entry-fields.ts'
import { EntryFields } from './EntryFields.tsx'
import type { DraftFaults, EntryDraft } from './read-entry.ts'
import { entryFrom } from './read-entry.ts'
import type { EntryBasis } from './use-basis.ts'
import { useBooking } from './use-booking.ts'

const KINDS = TYPED_KINDS.map((value) => ({ value, label: FACT_WORDS[value] }))
const COMPANY = 'The company as a whole'
const EMPTY = { currency: 'USD', part: 'all', category: 'rent' } as const

/** One entry by hand. What two kinds share stays where another kind is chosen. */
export function NewEntryForm({ basis }: { readonly basis: EntryBasis }) {
  const close = useStore((state) => state.closeDialog)
  const [kind, setKind] = useState<CountedKind>('payout')
  const [texts, setTexts] = useState<EntryDraft['texts']>(EMPTY)
  const [site, setSite] = useState('')
  /** null: that of the site */
  const [typedZone, setZone] = useState<string | null>(null)
  const [reference, setReference] = useState('')
  const [note, setNote] = useState('')
  const [faults, setFaults] = useState<DraftFaults>({})
  const [fault, setFault] = useState<string | null>(null)
  const { isBusy, book } = useBooking((refusal) => {
    setFaults(refusal.faults)
    setFault(refusal.fault)
  })
  const zone = typedZone ?? basis.zoneOf(site)
  const draft: EntryDraft = { kind, texts, site, zone, reference, note }

  const type = (name: FieldName, text: string) => {
    setTexts({ ...texts, [name]: text })
    setFaults({ ...faults, [name]: undefined })
    setFault(null)
  }
  const save = async () => {
    const { entry, faults: wrong } = entryFrom(draft, basis.known)
    setFaults(wrong ?? {})
    setFault(null)
    if (entry === null) focusFault()
    if (entry === null) return
    if (!(await book(entry))) return
    close()
    tell(`Booked. ${entryTitle(entry.fact)}.`)
  }
  return (
    <FormDialog
      wide
      title="Add an entry"
      verb="Add"
      fault={fault}
      saving={isBusy}
      draft={draft}
      onSave={() => void save()}
      onClose={close}
    >
      <SelectField
        label="What it is"
        choices={KINDS}
        value={kind}
        onChange={(next) => {
          setKind(next)
          setFaults({})
          setFault(null)
        }}
      />
      <SelectField
        label="Site"
        choices={[
          { value: '', label: COMPANY },
          ...basis.sites.map((name) => ({ value: name, label: name })),
        ]}
        value={site}
        onChange={setSite}
      />
      <EntryFields
        names={FIELDS_OF[kind]}
        texts={texts}
        faults={faults}
        known={basis.known}
        pools={basis.pools}
        onType={type}
      />
      <Field
        label="Reference"
        value={reference}
        hint="Number of the bill, transaction id: what others know it by"
        onChange={setReference}
      />
      <Field
        label="Time zone of its days"
        value={zone}
        fault={faults.zone ?? null}
        onChange={(text) => {
          setZone(text)
          setFaults({ ...faults, zone: undefined })
        }}
      />
      <Field label="Note" value={note} onChange={setNote} />
    </FormDialog>
  )
}
