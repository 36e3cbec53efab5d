import { useId } from 'react'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { useStore } from '../../state/store.ts'
import { Select } from '../../ui/Select.tsx'
import { Section } from './Section.tsx'

/** Where this computer stands: that site comes first on Today. */
export function HomeSite({
  settings,
  onChange,
}: {
  readonly settings: Settings
  readonly onChange: (homeSite: string) => void
}) {
  const sites = useStore((state) => state.fleet?.sites.name)
  const id = useId()
  if (sites === undefined || sites.length === 0) return null
  const { homeSite } = settings
  const names = homeSite === '' || sites.includes(homeSite) ? sites : [...sites, homeSite]
  return (
    <Section of="computer">
      <div className="setting">
        <span className="field-label" id={id}>
          This computer stands at
        </span>
        <Select
          label="This computer stands at"
          labelledBy={id}
          choices={[
            { value: '', label: 'no site of its own' },
            ...names.map((name) => ({ value: name, label: name })),
          ]}
          value={homeSite}
          onChange={onChange}
        />
        <p className="muted">
          Its site comes first on Today and is named in the sentence. It stays here when everything moves to
          another computer.
        </p>
      </div>
    </Section>
  )
}
