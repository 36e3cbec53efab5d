import { useEffect, useState } from 'react'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { HORIZON_FIELD } from '#shared/format/typed-fields.ts'
import { editable } from '#shared/format/typed-text.ts'
import { readTyped } from '#shared/format/typed.ts'
import { api, settle } from '../../lib/api.ts'
import { redo, undo } from '../../state/actions.ts'
import { useStore } from '../../state/store.ts'
import { Field } from '../../ui/Field.tsx'
import type { Choice } from '../../ui/Select.tsx'
import { BackupsPanel } from './BackupsPanel.tsx'
import { HomeSite } from './HomeSite.tsx'
import { RememberedPanel } from './RememberedPanel.tsx'
import { ReportingCurrency } from './ReportingCurrency.tsx'

type GroupProps<T> = {
  readonly legend: string
  readonly choices: readonly Choice<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
}

/** A few choices side by side, all in sight. */
function Segments<T extends string>({ legend, choices, value, onChange }: GroupProps<T>) {
  return (
    <fieldset className="setting">
      <legend className="field-label">{legend}</legend>
      <div className="segments">
        {choices.map((choice) => (
          <label key={choice.value} className="segment">
            <input
              type="radio"
              name={legend}
              checked={value === choice.value}
              onChange={() => onChange(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

const THEME_CHOICES: readonly Choice<Settings['theme']>[] = [
  { value: 'system', label: 'Like the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]
const DENSITY_CHOICES: readonly Choice<Settings['density']>[] = [
  { value: 'regular', label: 'Regular' },
  { value: 'compact', label: 'Compact' },
]
const PAPER_CHOICES: readonly Choice<Settings['paper']>[] = [
  { value: 'A4', label: 'A4' },
  { value: 'Letter', label: 'Letter' },
]

export function SettingsScreen() {
  const settings = useStore((state) => state.settings)
  const write = useStore((state) => state.writeSettings)
  const [fault, setFault] = useState<string | null>(null)
  if (settings === null) return null
  const set = (patch: Partial<Settings>) =>
    void write(patch).then((failure) => setFault(failure?.message ?? null))
  return (
    <section className="screen" aria-label="Settings">
      <header className="screen-head">
        <h1>Settings</h1>
        {fault === null ? null : (
          <p className="fault-text" role="alert">
            {fault}
          </p>
        )}
      </header>
      <div className="panel pad settings-group">
        <h2>Display</h2>
        <Segments
          legend="Theme"
          choices={THEME_CHOICES}
          value={settings.theme}
          onChange={(theme) => set({ theme })}
        />
        <Segments
          legend="Density"
          choices={DENSITY_CHOICES}
          value={settings.density}
          onChange={(density) => set({ density })}
        />
      </div>
      <HomeSite settings={settings} onChange={(homeSite) => set({ homeSite })} />
      <ReportingCurrency settings={settings} onChange={(currency) => set({ currency })} />
      <div className="panel pad settings-group">
        <h2>Advice and report</h2>
        <Horizon days={settings.horizonDays} onChange={(horizonDays) => set({ horizonDays })} />
        <Segments
          legend="Paper of the report"
          choices={PAPER_CHOICES}
          value={settings.paper}
          onChange={(paper) => set({ paper })}
        />
      </div>
      <Past />
      <RememberedPanel />
      <BackupsPanel />
      <About />
    </section>
  )
}

/** Days over which a verdict is weighed; empty is the default. */
function Horizon({
  days,
  onChange,
}: {
  readonly days: number | null
  readonly onChange: (days: number | null) => void
}) {
  const [text, setText] = useState<string | null>(null)
  const value = text ?? (days === null ? '' : editable(days))
  const { value: number, fault } = readTyped(value, HORIZON_FIELD)
  const isOutside = number !== null && !(number >= 1 && number <= 3660)
  const wrong = fault ?? (isOutside ? 'Between 1 and 3 660 days, or empty.' : null)
  return (
    <form
      className="horizon"
      onSubmit={(event) => {
        event.preventDefault()
        if (wrong !== null) return
        onChange(number)
        setText(null)
      }}
    >
      <Field
        numeric
        label="Horizon of the advice"
        unit="days"
        placeholder="until the adjustment and 14 days"
        value={value}
        fault={wrong}
        onChange={setText}
      />
      <button type="submit" className="button" disabled={text === null || wrong !== null}>
        Use
      </button>
    </form>
  )
}

/** What undo and redo would do now. */
function Past() {
  const back = useStore((state) => state.fleet?.undo ?? null)
  const forth = useStore((state) => state.fleet?.redo ?? null)
  return (
    <div className="panel pad settings-group">
      <h2>Changes of the fleet</h2>
      <div className="actions">
        <button type="button" className="button" disabled={back === null} onClick={() => void undo()}>
          Undo
        </button>
        <span className="muted">{back ?? 'nothing to undo'}</span>
      </div>
      <div className="actions">
        <button type="button" className="button" disabled={forth === null} onClick={() => void redo()}>
          Redo
        </button>
        <span className="muted">{forth ?? 'nothing to redo'}</span>
      </div>
    </div>
  )
}

function About() {
  const about = useStore((state) => state.about)
  const readAbout = useStore((state) => state.readAbout)
  useEffect(() => void readAbout(), [readAbout])
  if (about === null) return null
  return (
    <div className="panel pad settings-group">
      <h2>About</h2>
      <dl className="about">
        <dt>Strikeline</dt>
        <dd>{about.version}</dd>
        <dt>Electron</dt>
        <dd>
          {about.electron}
          {about.runtimeNote === null ? null : <p className="note">{about.runtimeNote}</p>}
        </dd>
        <dt>Data folder</dt>
        <dd className="address">{about.dataFolder}</dd>
      </dl>
      <p className="muted">
        Your fleet stays on this computer. The only servers asked are those under Data.{' '}
        <button
          type="button"
          className="button quiet"
          onClick={() => void settle(api.app.openLink({ link: 'licence' }))}
        >
          Licence
        </button>
      </p>
    </div>
  )
}
