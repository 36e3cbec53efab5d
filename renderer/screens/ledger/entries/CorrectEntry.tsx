import { useState } from 'react'
import type { Entry, NewEntry } from '#shared/domain/money/ledger/entry.ts'
import { monthOf } from '#shared/domain/money/ledger/entry.ts'
import { daysOf, differenceWords, entryTitle } from '#shared/format/ledger-entry-words.ts'
import { monthWords } from '#shared/format/ledger-month-words.ts'
import { isoDay } from '#shared/format/times.ts'
import { useStore } from '../../../state/store.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { tell } from '../../../ui/toasts.ts'
import { focusFault } from './focus-fault.ts'
import type { CorrectedFact } from './correct.ts'
import { datedAt, differenceTo, figureFields, textsOf } from './correct.ts'
import type { FieldName } from './entry-fields.ts'
import { EntryFields } from './EntryFields.tsx'
import type { DraftFaults, KnownPrices } from './read-entry.ts'
import { entryFrom } from './read-entry.ts'
import type { EntryBasis } from './use-basis.ts'
import { useBooking } from './use-booking.ts'
import { useCorrected } from './use-corrected.ts'

type Props = { readonly basis: EntryBasis; readonly of: Entry }

/** What is right is typed; what it differs by is booked, in a month that is open. */
export function CorrectEntry({ basis, of }: Props) {
  const close = useStore((state) => state.closeDialog)
  const read = useCorrected(of)
  if (read === null) return null
  if (read.fault === null) return <CorrectionForm basis={basis} of={of} now={read.fact as CorrectedFact} />
  return (
    <Dialog
      title="Correct an entry"
      onClose={close}
      actions={
        <button type="button" className="button" onClick={close}>
          Close
        </button>
      }
    >
      <p className="fault-text" role="alert">
        {read.fault}
      </p>
    </Dialog>
  )
}

/** Price and rate stay those of the entry. */
const ownPrices = (fact: CorrectedFact): KnownPrices => ({
  priceOn: () => ('price' in fact ? fact.price : null),
  rateOn: () => ('amount' in fact ? fact.amount.rate : 'proceeds' in fact ? fact.proceeds.rate : null),
})

type FormProps = Props & { /** with the corrections before */ readonly now: CorrectedFact }

function CorrectionForm({ basis, of, now }: FormProps) {
  const close = useStore((state) => state.closeDialog)
  const [before] = useState(() => textsOf(now))
  const [texts, setTexts] = useState(before)
  const [days, setDays] = useState(() => openDays(now, basis.lastClosed))
  const [reference, setReference] = useState('')
  const [note, setNote] = useState('')
  const [faults, setFaults] = useState<DraftFaults>({})
  const [fault, setFault] = useState<string | null>(null)
  const { isBusy, book } = useBooking((refusal) => {
    setFaults(refusal.faults)
    setFault(refusal.fault)
  })
  const hasPeriod = 'days' in now

  const correction = () => {
    const draft = { kind: now.kind, texts, site: of.site, zone: of.zone, reference, note }
    const { entry, faults: wrong } = entryFrom(draft, ownPrices(now), true)
    if (entry === null) return { entry: null, faults: wrong }
    const difference = differenceTo(entry.fact, now)
    const made: NewEntry | null =
      difference === null ? null : { ...entry, fact: datedAt(difference, days), corrects: of.key }
    return { entry: made, faults: {} }
  }
  const { entry: ready } = correction()
  const type = (name: FieldName, text: string) => {
    setTexts({ ...texts, [name]: text })
    setFaults({ ...faults, [name]: undefined })
    setFault(null)
  }
  const setDay = (next: typeof days) => {
    setDays(next)
    setFaults({ ...faults, day: undefined, from: undefined, to: undefined })
  }
  const save = async () => {
    const { entry, faults: wrong } = correction()
    setFaults(wrong)
    if (Object.keys(wrong).length > 0) {
      focusFault()
      return
    }
    if (entry === null) {
      setFault('Nothing differs from what is booked.')
      return
    }
    if (!(await book(entry))) return
    close()
    tell(`Corrected. ${entryTitle(of.fact)}: ${differenceWords(entry.fact)}.`)
  }
  return (
    <FormDialog
      wide
      title={`Correct ${entryTitle(of.fact)}`}
      verb="Book the correction"
      fault={fault}
      saving={isBusy}
      draft={[texts, days, reference, note]}
      onSave={() => void save()}
      onClose={close}
    >
      <p className="span-2 muted">
        Type what is right. The entry stays as it is; the difference is booked beside it. What else is wrong
        than figures, such as the pool or the price, is mended by voiding the entry and adding it anew.
      </p>
      <EntryFields
        names={figureFields(now.kind)}
        texts={texts}
        faults={faults}
        known={basis.known}
        pools={basis.pools}
        onType={type}
      />
      <Field
        day
        label={hasPeriod ? 'Counts from' : 'Counts on'}
        value={days.from}
        fault={faults.day ?? faults.from ?? null}
        {...(basis.lastClosed === null
          ? {}
          : { hint: `Months are closed through ${monthWords(basis.lastClosed)}.` })}
        onChange={(from) => setDay({ from, to: hasPeriod ? days.to : from })}
      />
      {hasPeriod ? (
        <Field
          day
          label="Counts to"
          value={days.to}
          fault={faults.to ?? null}
          onChange={(to) => setDay({ ...days, to })}
        />
      ) : null}
      <Field label="Reference" value={reference} onChange={setReference} />
      <Field label="Why" value={note} onChange={setNote} />
      <p className="span-2" role="status">
        {ready === null ? 'Nothing differs yet.' : `Books the difference: ${differenceWords(ready.fact)}.`}
      </p>
    </FormDialog>
  )
}

/** Its own days, or today where they lie in a month that is closed. */
function openDays(fact: CorrectedFact, lastClosed: string | null) {
  const own = daysOf(fact)!
  if (lastClosed === null || monthOf(own.from) > lastClosed) return own
  const today = isoDay(Date.now())
  return { from: today, to: today }
}
