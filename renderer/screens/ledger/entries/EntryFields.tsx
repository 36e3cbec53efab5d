import type { Currency } from '#shared/domain/power/currency.ts'
import { usdWhole } from '#shared/format/money.ts'
import { exchangeRate } from '#shared/format/rates.ts'
import { calendarDay } from '#shared/format/times.ts'
import { Field } from '../../../ui/Field.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import type { EntryField, FieldName } from './entry-fields.ts'
import { fieldOf } from './entry-fields.ts'
import type { DraftFaults, KnownPrices } from './read-entry.ts'

type Texts = Readonly<Partial<Record<FieldName, string>>>
type Props = {
  readonly names: readonly FieldName[]
  readonly texts: Texts
  readonly faults: DraftFaults
  readonly known: KnownPrices
  readonly pools: readonly string[]
  readonly onType: (name: FieldName, text: string) => void
}

/** The fields of a kind of entry. */
export function EntryFields({ names, texts, faults, known, pools, onType }: Props) {
  const currency = (texts.currency ?? 'USD') as Currency
  return names.map((name, at) => {
    const field: EntryField = fieldOf(name)
    const fault = faults[name] ?? null
    if (name === 'rate' && currency === 'USD') return null
    if (field.type === 'choice') {
      return (
        <SelectField
          key={name}
          label={field.label}
          choices={field.choices}
          value={texts[name] ?? ''}
          fault={fault}
          onChange={(text) => onType(name, text)}
        />
      )
    }
    const hint = storedHint(name, currency, texts, known) ?? field.hint
    const unit = unitOf(name, field, currency)
    return (
      <Field
        key={name}
        autoFocus={at === 0}
        numeric={field.type === 'number' || field.type === 'money'}
        day={field.type === 'day'}
        month={field.type === 'month'}
        label={name === 'rate' ? `What one ${currency} was worth` : field.label}
        value={texts[name] ?? ''}
        fault={fault}
        {...(unit === undefined ? {} : { unit })}
        {...(hint === undefined ? {} : { hint })}
        {...(name === 'pool' ? { suggestions: pools } : {})}
        onChange={(text) => onType(name, text)}
      />
    )
  })
}

function unitOf(name: FieldName, field: EntryField, currency: Currency): string | undefined {
  if (field.type === 'money') return currency
  if (name === 'rate') return 'USD'
  return field.type === 'number' && field.unit !== '' ? field.unit : undefined
}

/** What holds where nothing is typed. */
function storedHint(
  name: FieldName,
  currency: Currency,
  texts: Texts,
  { priceOn, rateOn }: KnownPrices,
): string | undefined {
  const day = texts.day ?? texts.to ?? ''
  if (day === '') return undefined
  if (name === 'price') {
    const price = priceOn(day)
    return price === null
      ? `No price of ${calendarDay(day)} is stored.`
      : `Empty: ${usdWhole(price.usdPerBtc)}, the stored price of the day.`
  }
  if (name !== 'rate') return undefined
  const rate = rateOn(currency, day)
  return rate === null
    ? `No rate of ${calendarDay(day)} is stored.`
    : `Empty: ${exchangeRate(rate.usdPerUnit)}, the stored rate of ${calendarDay(rate.day)}.`
}
