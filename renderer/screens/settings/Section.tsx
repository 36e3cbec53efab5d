import type { ReactNode } from 'react'
import { useId } from 'react'

/** The parts of the settings, in their order. */
const SECTIONS = {
  units: 'Units',
  language: 'Language of numbers',
  currency: 'Currency',
  look: 'Look',
  computer: 'This computer',
  advice: 'Advice and report',
  backups: 'Backups',
  remembered: 'Remembered',
  about: 'About',
} as const
export type SectionName = keyof typeof SECTIONS

const idOf = (name: SectionName) => `settings-${name}`

/** Brings a section into sight with the keyboard at its heading. */
function goTo(name: SectionName): void {
  const section = document.getElementById(idOf(name))
  section?.scrollIntoView({ block: 'start' })
  section?.querySelector('h2')?.focus({ preventScroll: true })
}

/** A way to each section, in sight at once. */
export function SectionLinks() {
  return (
    <nav className="settings-links" aria-label="Sections of the settings">
      {(Object.keys(SECTIONS) as SectionName[]).map((name) => (
        <button key={name} type="button" className="button quiet" onClick={() => goTo(name)}>
          {SECTIONS[name]}
        </button>
      ))}
    </nav>
  )
}

type Props = { readonly of: SectionName; readonly children: ReactNode }

export function Section({ of, children }: Props) {
  const headingId = useId()
  return (
    <section className="panel pad settings-group" id={idOf(of)} aria-labelledby={headingId}>
      <h2 id={headingId} tabIndex={-1}>
        {SECTIONS[of]}
      </h2>
      {children}
    </section>
  )
}

/** Around a panel that has a heading of its own. */
export function SectionOf({ of, children }: Props) {
  return <div id={idOf(of)}>{children}</div>
}
