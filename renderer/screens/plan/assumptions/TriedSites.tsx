import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { useStore } from '../../../state/store.ts'
import { Field } from '../../../ui/Field.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import type { AssumptionTexts } from './assumptions-form.ts'

type Props = {
  readonly sites: AssumptionTexts['triedSites']
  readonly faults: readonly (string | null)[]
  readonly onChange: (sites: AssumptionTexts['triedSites']) => void
}

const NONE = ''

/** Power prices that are tried, by site. */
export function TriedSites({ sites, faults, onChange }: Props) {
  const fleetSites = useStore((state) => state.fleet?.sites)
  const names = fleetSites?.name ?? []
  const free = names.filter((name) => !sites.some(({ site }) => isSameSiteName(site, name)))
  return (
    <>
      {sites.map(({ site, text }, i) => (
        <div key={site} className="tried-site">
          <Field
            numeric
            label={`Power at ${site}`}
            unit="USD/kWh"
            value={text}
            fault={faults[i] ?? null}
            {...(names.some((name) => isSameSiteName(site, name))
              ? {}
              : { hint: 'The fleet has no such site: it counts nowhere.' })}
            onChange={(next) => onChange(sites.with(i, { site, text: next }))}
          />
          <button
            type="button"
            className="button quiet"
            aria-label={`Power at ${site} as it is`}
            onClick={() => onChange(sites.toSpliced(i, 1))}
          >
            As it is
          </button>
        </div>
      ))}
      {free.length === 0 ? null : (
        <SelectField
          label="Another power price"
          choices={[
            { value: NONE, label: 'at no other site' },
            ...free.map((name) => ({ value: name, label: `at ${name}` })),
          ]}
          value={NONE}
          onChange={(site) => {
            if (site !== NONE) onChange([...sites, { site, text: '' }])
          }}
        />
      )}
    </>
  )
}
