import { useState } from 'react'
import type { AlertKind, AlertRule } from '#shared/domain/alerts.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import type { Money } from '#shared/format/money.ts'
import { US_DOLLARS, usdPerPh } from '#shared/format/money.ts'
import { selectAlertConditions } from '../../../state/alerts-slice.ts'
import { selectRealMoney } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import type { Choice } from '../../../ui/Select.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import type { AlertForm } from './alert-form.ts'
import { formOf, readAlertForm } from './alert-form.ts'

const KINDS: readonly Choice<AlertKind>[] = [
  { value: 'hashprice-below', label: 'Hashprice falls below' },
  { value: 'breakeven-crossed', label: 'A lot crosses its break-even' },
  { value: 'verdict-changed', label: 'The advice for a lot changes' },
  { value: 'strike-crossed', label: 'A lot crosses its stop or start strike' },
  { value: 'adjustment-beyond', label: 'Expected adjustment goes beyond' },
  { value: 'nvt-zone', label: 'NVT enters or leaves its value zone' },
  { value: 'data-stale', label: 'Data is stale or missing' },
]

const HINTS: Readonly<Record<AlertKind, string>> = {
  'hashprice-below': 'Told when the hashprice falls below it; over when it is back by 1 %.',
  'breakeven-crossed':
    'Told when the market takes running lots below their break-even, and when it has brought them back by 1 %.',
  'verdict-changed':
    'Told when the market changes what lots should do: which, how many machines, and what following it is worth.',
  'strike-crossed':
    'Told when the market takes running lots over the hashprice at which to stop, or idle ones over that at which to start, either way.',
  'adjustment-beyond':
    'Told when the estimate of the next adjustment passes it; over when it is back by 0.5 points.',
  'nvt-zone': 'Told when a day of the history has moved dynamic NVT into or out of its value zone.',
  'data-stale': 'Told when price, difficulty, height or fees are stale or missing.',
}

/** Adds an alert, or edits one. */
export function AlertDialog({
  alertKey,
  rule,
  onClose,
}: {
  readonly alertKey: number | null
  readonly rule: AlertRule | null
  readonly onClose: () => void
}) {
  const put = useStore((state) => state.putAlert)
  const conditions = useStore(selectAlertConditions)
  const now = conditions === null ? null : hashpriceUsdPerPhDay(conditions)
  const money = useStore(selectRealMoney)
  const typing = { money, priceUsdPerBtc: conditions?.priceUsdPerBtc ?? null }
  const [form, setForm] = useState<AlertForm>(() =>
    rule === null ? { kind: 'hashprice-below', text: '' } : formOf(rule, typing),
  )
  const [fieldFault, setFieldFault] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const save = async () => {
    const reading = readAlertForm(form, typing, rule)
    setFault(null)
    setFieldFault('fault' in reading ? reading.fault : null)
    if ('fault' in reading) return
    const failure = await put(alertKey, reading.rule)
    if (failure === null) onClose()
    else setFault(failure.message)
  }
  const setText = (text: string) => {
    setForm(({ kind }) => ({ kind, text }))
    setFieldFault(null)
  }
  return (
    <FormDialog
      title={alertKey === null ? 'Add an alert' : 'Edit the alert'}
      verb={alertKey === null ? 'Add' : 'Save'}
      fault={fault}
      draft={form}
      onSave={() => void save()}
      onClose={onClose}
    >
      <SelectField
        label="Tell me when"
        choices={KINDS}
        value={form.kind}
        onChange={(kind) => {
          setForm({ kind, text: '' })
          setFieldFault(null)
        }}
      />
      {form.kind === 'hashprice-below' ? (
        <Hashprice
          text={form.text}
          reading={readAlertForm(form, typing, rule)}
          {...{ now, money }}
          fault={fieldFault}
          onChange={setText}
        />
      ) : form.kind === 'adjustment-beyond' ? (
        <Field
          key="adjustment"
          numeric
          label="Change of difficulty"
          unit="%"
          placeholder="−5"
          value={form.text}
          fault={fieldFault}
          hint="Negative: when it falls by more. Positive: when it rises by more."
          onChange={setText}
        />
      ) : null}
      <p className="note span-2">{HINTS[form.kind]}</p>
    </FormDialog>
  )
}

/** A threshold is typed as the screens write it, and kept in USD: in another unit it would move with a rate. */
function Hashprice({
  text,
  reading,
  now,
  money,
  fault,
  onChange,
}: {
  readonly text: string
  readonly reading: ReturnType<typeof readAlertForm>
  /** null: not known */
  readonly now: number | null
  readonly money: Money
  readonly fault: string | null
  readonly onChange: (text: string) => void
}) {
  const isUsd = money.currency === 'USD' && !money.hashprice.inSats
  const hints = [
    now === null ? null : `It is ${money.perPh(now)} now.`,
    !isUsd && 'rule' in reading && reading.rule.kind === 'hashprice-below'
      ? `That is ${usdPerPh(reading.rule.usdPerPhDay)} ${US_DOLLARS.hashprice.per}, which is what is kept.`
      : null,
  ].filter((hint) => hint !== null)
  return (
    <Field
      key="hashprice"
      numeric
      label="Hashprice"
      unit={money.hashprice.signs}
      placeholder={now === null ? '' : money.perPh(now)}
      value={text}
      fault={fault}
      {...(hints.length === 0 ? {} : { hint: hints.join(' ') })}
      onChange={onChange}
    />
  )
}
