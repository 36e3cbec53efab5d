import { useState } from 'react'
import { LEDGER_FILE_KINDS } from '#shared/domain/money/ledger/file-kinds.ts'
import type { LedgerFileKind } from '#shared/domain/money/ledger/file-kinds.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { CURRENCIES } from '#shared/domain/power/currency.ts'
import { isTimeZone } from '#shared/domain/power/zone-clock.ts'
import { FILE_KIND_WORDS } from '#shared/format/ledger-kinds.ts'
import type { LedgerFileSaid, LedgerImportPreview } from '#shared/ipc/schemas/ledger-import.ts'
import { Field } from '../../../ui/Field.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'

type Props = {
  readonly preview: LedgerImportPreview
  readonly said: LedgerFileSaid
  readonly onSay: (said: LedgerFileSaid) => void
}
type Need = LedgerImportPreview['needs'][number]

const TO_SAY = { value: null, label: 'to be said' } as const
const KINDS = LEDGER_FILE_KINDS.map((value) => ({ value, label: FILE_KIND_WORDS[value] }))
const CURRENCY_CHOICES = CURRENCIES.map((value) => ({ value, label: value }))

/** What the file holds, and what no column of it says. */
export function AboutFile({ preview, said, onSay }: Props) {
  const { kind, needs } = preview
  return (
    <div className="form">
      <SelectField<LedgerFileKind | null>
        label="The file holds"
        choices={kind === null ? [TO_SAY, ...KINDS] : KINDS}
        value={kind}
        fault={kind === null ? 'Say what it holds.' : null}
        // Columns of another kind of file mean something else.
        onChange={(next) => next !== kind && onSay({ ...said, kind: next, columns: [] })}
      />
      {needs.map((need) => (
        <NeedField key={need.what} need={need} preview={preview} said={said} onSay={onSay} />
      ))}
    </div>
  )
}

function NeedField({ need, preview, said, onSay }: Props & { readonly need: Need }) {
  const { what, label, value, isOptional } = need
  const isLacking = value === null && !isOptional
  switch (what) {
    case 'site':
      return (
        <SelectField
          label={label}
          choices={[
            ...(isLacking ? [TO_SAY] : []),
            { value: '', label: 'The company as a whole' },
            ...preview.sites.map((site) => ({ value: site, label: site })),
          ]}
          value={isOptional ? (value ?? '') : value}
          fault={isLacking ? 'Say the site.' : null}
          onChange={(site) => onSay({ ...said, site })}
        />
      )
    case 'currency':
      return (
        <SelectField
          label={label}
          choices={[{ value: null, label: 'as headings or cells say' }, ...CURRENCY_CHOICES]}
          value={value as Currency | null}
          onChange={(currency) => onSay({ ...said, currency })}
        />
      )
    case 'lifeDays':
      return (
        <TypedNeed
          need={need}
          unit="days"
          faultOf={(text) => (/^[1-9]\d{0,4}$/.test(text) ? null : 'Write whole days, like 1461.')}
          onTyped={(text) => onSay({ ...said, lifeDays: text === '' ? null : Number(text) })}
        />
      )
    case 'party':
      return (
        <TypedNeed
          need={need}
          suggestions={preview.pools}
          onTyped={(text) => onSay({ ...said, party: text === '' ? null : text })}
        />
      )
    case 'zone':
      return (
        <TypedNeed
          need={need}
          hint="Empty: that of the site, else UTC"
          faultOf={(text) => (isTimeZone(text) ? null : 'Write a time zone, like America/Chicago or UTC.')}
          onTyped={(text) => onSay({ ...said, zone: text === '' ? null : text })}
        />
      )
  }
}

type TypedProps = {
  readonly need: Need
  readonly unit?: string
  readonly hint?: string
  readonly suggestions?: readonly string[]
  readonly faultOf?: (text: string) => string | null
  readonly onTyped: (text: string) => void
}

/** The file is read again once the field is left, or with Enter. */
function TypedNeed({ need, suggestions = [], faultOf, onTyped, ...look }: TypedProps) {
  const { label, isOptional } = need
  const value = need.value ?? ''
  /** counts as long as nothing else has come to be in force */
  const [typed, setTyped] = useState({ text: value, over: value })
  const text = typed.over === value ? typed.text : value
  const bare = text.trim()
  const fault = bare === '' ? (isOptional ? null : 'This must be said.') : (faultOf?.(bare) ?? null)
  const take = () => {
    if (bare !== value && (bare === '' || fault === null)) onTyped(bare)
  }
  return (
    <form
      onBlur={take}
      onSubmit={(event) => {
        event.preventDefault()
        take()
      }}
    >
      <Field
        label={label}
        value={text}
        fault={fault}
        suggestions={suggestions}
        {...look}
        onChange={(next) => setTyped({ text: next, over: value })}
      />
    </form>
  )
}
