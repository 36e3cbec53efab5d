import { useState } from 'react'
import type { ShownFleet } from '../../state/fleet-slice.ts'
import { CURRENCIES } from '#shared/domain/power/currency.ts'
import { counted } from '#shared/format/numbers.ts'
import { rateSentence } from '#shared/format/money.ts'
import { currencyName } from '#shared/format/rates.ts'
import { priceField } from '#shared/format/typed-fields.ts'
import { readTyped } from '#shared/format/typed.ts'
import { api, settle } from '../../lib/api.ts'
import { rateOf } from '#shared/ipc/reporting-money.ts'
import { changed } from '../../state/actions.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Freshness } from '../../ui/Freshness.tsx'
import { SelectField } from '../../ui/SelectField.tsx'
import { useNow } from '../../ui/use-now.ts'
import type { NumberField, SiteFaults } from './site-form.ts'
import { fieldOfFault, readSiteForm, shownSite, siteForm, storedSite } from './site-form.ts'
import { agree } from '../../parts/agreed.ts'
import { AskFirst } from '../../parts/AskFirst.tsx'
import { siteQuestion } from './site-question.ts'
import type { SiteQuestion } from './site-question.ts'
import { besideWords } from '../../parts/tariff.ts'

const CURRENCY_CHOICES = CURRENCIES.map((currency) => ({
  value: currency,
  label: `${currency}, ${currencyName(currency)}`,
}))

/** Adds a site, or edits one; a new price moves every machine that has none of its own. */
export function SiteDialog({
  fleet,
  siteKey,
  thenMachines = false,
}: {
  readonly fleet: ShownFleet
  readonly siteKey: number | null
  /** machines were being added, which go on once there is a site */
  readonly thenMachines?: boolean
}) {
  const close = useStore((state) => state.closeDialog)
  const found = siteKey === null ? -1 : fleet.sites.key.indexOf(siteKey)
  const row = found < 0 ? null : found
  const [form, setForm] = useState(() => siteForm(fleet, row))
  const [replaceOwn, setReplaceOwn] = useState(false)
  const [faults, setFaults] = useState<SiteFaults>({})
  const [fault, setFault] = useState<string | null>(null)
  const [question, setQuestion] = useState<SiteQuestion | null>(null)
  const [first] = useState(() => (row === null ? null : storedSite(fleet, row)))
  /** fields that another one has changed meanwhile, which the person was told */
  const [told, setTold] = useState<ReadonlySet<string>>(new Set())
  const { currency, numbers } = form
  const rate = useStore((state) => rateOf(state.network, currency))
  const usdPerUnit = currency === 'USD' ? 1 : (rate?.value ?? null)
  const money = useStore(selectMoney)
  const nowMs = useNow()
  const own = row === null ? 0 : fleet.rowsAtSites[row]!.rowsWithOwnPrice

  const save = async () => {
    const { input: site, faults: wrong } = readSiteForm(form, usdPerUnit)
    setFaults(wrong ?? {})
    setFault(null)
    if (site === null) return
    const asked =
      row === null || usdPerUnit === null ? null : await siteQuestion(fleet, row, site, usdPerUnit)
    setQuestion(asked)
    if (asked !== null) return
    const before =
      first === null || row === null ? {} : { before: shownSite(first, storedSite(fleet, row), told) }
    const answer = await settle<unknown>(
      siteKey === null ? api.site.add(site) : api.site.update({ key: siteKey, site, replaceOwn, ...before }),
    )
    if (answer.ok) {
      close()
      await changed(siteKey === null ? `${site.name} is added.` : `${site.name} is changed.`)
      if (thenMachines) useStore.getState().open({ kind: 'machine', key: null })
      return
    }
    const { code, field: named } = answer.error
    if (code === 'conflict' && named !== undefined) {
      setTold((fields) => new Set([...fields, named]))
      await useStore.getState().readFleet()
    }
    const field = fieldOfFault(named)
    if (field === null) setFault(answer.error.message)
    else setFaults({ [field]: answer.error.message })
  }
  const set = (field: NumberField) => (text: string) => {
    setQuestion(null)
    setForm((now) => ({ ...now, numbers: { ...now.numbers, [field]: text } }))
  }
  /** What a typed price is in other money; without one, what belongs into the field. */
  const hintOf = (field: NumberField, hint: string) =>
    besideWords(
      money,
      currency,
      (readTyped(numbers[field], priceField(currency, usdPerUnit)).value ?? Number.NaN) *
        (usdPerUnit ?? Number.NaN),
    ) ?? hint
  return (
    <FormDialog
      title={row === null ? 'Add a site' : `Edit ${fleet.sites.name[row]!}`}
      verb={siteKey === null ? 'Add' : 'Save'}
      fault={fault}
      draft={[form, replaceOwn]}
      onSave={() => void save()}
      onClose={close}
    >
      <Field
        label="Name"
        value={form.name}
        fault={faults.name ?? null}
        onChange={(name) => setForm((now) => ({ ...now, name }))}
      />
      <SelectField
        label="Paid in"
        choices={CURRENCY_CHOICES}
        value={currency}
        onChange={(next) => setForm((now) => ({ ...now, currency: next }))}

        fault={faults.currency ?? null}
      />
      {currency === 'USD' ? null : rate === null ? (
        <p className="note fault span-2" role="status">
          No rate for {currency} is known. The site can be stored, but has no figures until you type a rate
          under Data.
        </p>
      ) : (
        <p className="note span-2">
          {rateSentence(currency, rate.value)} <Freshness value={rate} nowMs={nowMs} />
        </p>
      )}
      <Field
        numeric
        label="Power price"
        unit={`${currency}/kWh`}
        {...(currency === 'USD' ? { placeholder: '0.055' } : {})}
        value={numbers.powerPrice}
        fault={faults.powerPrice ?? null}
        hint={hintOf('powerPrice', 'What one kWh at the meter costs and is saved when a machine stops.')}
        onChange={set('powerPrice')}
      />
      <Field
        numeric
        label="Other cost per kWh"
        unit={`${currency}/kWh`}
        value={numbers.other}
        fault={faults.other ?? null}
        hint={hintOf('other', 'Grid fees, hosting margin: what stops with the machine too.')}
        onChange={set('other')}
      />
      <Field
        numeric
        label="Overhead (PUE − 1)"
        unit="%"
        value={numbers.overhead}
        fault={faults.overhead ?? null}
        hint="Cooling and losses on top of the machines’ power."
        onChange={set('overhead')}
      />
      {own === 0 ? null : (
        <label className="check span-2">
          <input
            type="checkbox"
            checked={replaceOwn}
            onChange={(event) => setReplaceOwn(event.target.checked)}
          />
          <span>Also for {counted(own, 'row')} with a power price of its own: take the site’s again</span>
        </label>
      )}
      {question === null ? null : (
        <div className="span-2">
          <AskFirst
            question={question.words}
            yes={`Yes, use ${question.shown}`}
            no="No, change it"
            onYes={() => {
              setQuestion(null)
              void agree([question.thing]).then(save)
            }}
            onNo={() => setQuestion(null)}
          />
        </div>
      )}
    </FormDialog>
  )
}
