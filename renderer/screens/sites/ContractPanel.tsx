import { useId, useState } from 'react'
import type { ContractTerms } from '#shared/domain/power/contract-terms.ts'
import { contractWith } from '#shared/domain/power/contract-terms.ts'
import { CURRENCIES } from '#shared/domain/power/currency.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { isTimeZone } from '#shared/domain/power/zone-clock.ts'
import { contractLines } from '#shared/format/contract-words.ts'
import { currencyName } from '#shared/format/rates.ts'
import { typedText } from '#shared/format/typed-text.ts'
import { readTyped } from '#shared/format/typed.ts'
import { Field } from '../../ui/Field.tsx'
import { SelectField } from '../../ui/SelectField.tsx'
import type { TermNumber } from './term-fields.ts'
import { termParts } from './term-fields.ts'

type Props = {
  readonly stored: SiteContract | null
  readonly terms: ContractTerms
  readonly usdPerUnit: number | null
  readonly onTerms: (terms: ContractTerms) => void
}

const CURRENCY_CHOICES = CURRENCIES.map((value) => ({ value, label: `${value}, ${currencyName(value)}` }))

/** What was agreed, part by part: in words, and opened as fields. */
export function ContractPanel({ stored, terms, usdPerUnit, onTerms }: Props) {
  const headingId = useId()
  const lines = contractLines(contractWith(stored, terms)).filter(({ name }) => name !== 'Tariff')
  const parts = termParts(terms, usdPerUnit)
  const wordsOf = (name: string) => lines.find((line) => line.name === name)?.words ?? null
  const others = lines.filter(({ name }) => name !== 'Time zone' && !parts.some((part) => part.name === name))
  return (
    <section className="panel pad site-panel" aria-labelledby={headingId}>
      <h2 id={headingId}>Contract</h2>
      <div className="terms">
        {parts.map(({ name, items, note }) => (
          <details key={name} aria-label={name}>
            <summary>
              <span className="term-name">{name}</span>
              <span className={wordsOf(name) === null ? 'faint' : 'term-words'}>
                {wordsOf(name) ?? 'not agreed'}
              </span>
            </summary>
            <div className="term-fields">
              {items.map((item) =>
                'choices' in item ? (
                  <SelectField
                    key={item.label}
                    label={item.label}
                    choices={item.choices}
                    value={item.value}
                    onChange={(value) => onTerms(item.choose(value))}
                  />
                ) : (
                  <NumberField key={`${item.label} ${item.unit}`} item={item} onTerms={onTerms} />
                ),
              )}
            </div>
            {note === undefined ? null : <p className="note">{note}</p>}
          </details>
        ))}
        <details aria-label="Time zone and currency">
          <summary>
            <span className="term-name">Zone, currency</span>
            <span className="term-words">
              {terms.timeZone}, {terms.currency}
            </span>
          </summary>
          <div className="term-fields">
            <ZoneField zone={terms.timeZone} onZone={(timeZone) => onTerms({ ...terms, timeZone })} />
            <SelectField
              label="Currency of the contract"
              choices={CURRENCY_CHOICES}
              value={terms.currency}
              onChange={(currency) => onTerms({ ...terms, currency })}
            />
          </div>
          <p className="note">Another currency leaves the figures as they are: 0.05 USD become 0.05 EUR.</p>
        </details>
        {others.map(({ name, words }) => (
          <p key={name} className="term-line">
            <span className="term-name">{name}</span>
            <span className="term-words">{words} (changed in a file: Import contracts…)</span>
          </p>
        ))}
      </div>
    </section>
  )
}

/** A number counts as soon as it reads as one; until then what stood before counts. */
function NumberField({ item, onTerms }: { readonly item: TermNumber; readonly onTerms: Props['onTerms'] }) {
  const [typed, setTyped] = useState<{ readonly text: string; readonly fault: string | null } | null>(null)
  return (
    <div
      onBlur={() => {
        if (typed?.fault === null) setTyped(null)
      }}
    >
      <Field
        label={item.label}
        unit={item.unit}
        numeric
        value={typed?.text ?? typedText(item.value, item.field)}
        fault={typed?.fault ?? null}
        onChange={(text) => {
          const { value, fault } = readTyped(text, item.field)
          setTyped({ text, fault })
          if (fault === null) onTerms(item.write(value))
        }}
      />
    </div>
  )
}

function ZoneField({ zone, onZone }: { readonly zone: string; readonly onZone: (zone: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null)
  const isWrong = typed !== null && !isTimeZone(typed.trim())
  return (
    <Field
      label="Time zone of the site"
      value={typed ?? zone}
      fault={isWrong ? `'${typed}' is not a time zone; write e.g. America/Chicago or UTC.` : null}
      onChange={(text) => {
        setTyped(text)
        if (isTimeZone(text.trim())) onZone(text.trim())
      }}
    />
  )
}
