import { useState } from 'react'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { useStore } from '../../state/store.ts'
import { SectionLinks } from '../../parts/SectionLinks.tsx'
import type { Choice } from '../../ui/Select.tsx'
import { About } from './About.tsx'
import { BackupsPanel } from './BackupsPanel.tsx'
import { HomeSite } from './HomeSite.tsx'
import { Horizon } from './Horizon.tsx'
import { NumberLanguage } from './NumberLanguage.tsx'
import { RememberedPanel } from './RememberedPanel.tsx'
import { ReportingCurrency } from './ReportingCurrency.tsx'
import { Section, SECTION_LINKS, SectionOf } from './Section.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { Units } from './Units.tsx'

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
      <SectionLinks of="Sections of the settings" links={SECTION_LINKS} />
      <Units display={settings} onChange={set} />
      <NumberLanguage
        language={settings.numberLanguage}
        onChange={(numberLanguage) => set({ numberLanguage })}
      />
      <ReportingCurrency settings={settings} onChange={(currency) => set({ currency })} />
      <Section of="look">
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
      </Section>
      <HomeSite settings={settings} onChange={(homeSite) => set({ homeSite })} />
      <Section of="advice">
        <Horizon days={settings.horizonDays} onChange={(horizonDays) => set({ horizonDays })} />
        <Segments
          legend="Paper of the report"
          choices={PAPER_CHOICES}
          value={settings.paper}
          onChange={(paper) => set({ paper })}
        />
      </Section>
      <SectionOf of="backups">
        <BackupsPanel />
      </SectionOf>
      <SectionOf of="remembered">
        <RememberedPanel />
      </SectionOf>
      <About />
    </section>
  )
}
