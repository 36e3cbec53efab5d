import type { ReactNode } from 'react'
import { useId } from 'react'
import type { SectionLink } from '../../parts/SectionLinks.tsx'

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

export const SECTION_LINKS: readonly SectionLink[] = (Object.keys(SECTIONS) as SectionName[]).map((name) => ({
  id: idOf(name),
  title: SECTIONS[name],
}))

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
