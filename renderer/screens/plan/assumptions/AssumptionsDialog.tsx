import { useState } from 'react'
import { counted } from '#shared/format/numbers.ts'
import { keepAsColumn, writePlan } from '../../../state/plan-actions.ts'
import {
  AS_IT_IS,
  openPlanDialog,
  selectPlanSettings,
  storedNamed,
  usePlan,
} from '../../../state/plan-slice.ts'
import { Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import type { AssumptionTexts, PlaceField } from './assumptions-form.ts'
import { assumesSame, readAssumptions, textsOf } from './assumptions-form.ts'
import { CurveTable } from './CurveTable.tsx'
import { TriedSites } from './TriedSites.tsx'

const close = () => openPlanDialog(null)

const UNDER_WATER = [
  { value: 'stop', label: 'stop, and start again when they pay' },
  { value: 'run', label: 'run on as they run today' },
] as const

const FITTED = 'fitted on steps of 14 days, July 2016 to May 2021'

/** What a scenario assumes and tries, and what holds for every one of the place. @param name null: it begins as it is */
export function AssumptionsDialog({ name }: { readonly name: string | null }) {
  const stored = usePlan((state) => state.stored ?? [])
  const [before] = useState(() => storedNamed(stored, name) ?? AS_IT_IS)
  const isOwn = before === AS_IT_IS
  const [texts, setTexts] = useState(() => textsOf(before, isOwn ? '' : before.name, selectPlanSettings()))
  const [isTried, setTried] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  const others = stored.filter((each) => isOwn || each.name !== before.name).map((each) => each.name)
  const read = readAssumptions(texts, before, others)
  const type = (change: Partial<AssumptionTexts>) => setTexts((known) => ({ ...known, ...change }))
  const place = (field: PlaceField) => (text: string) =>
    setTexts((known) => ({ ...known, place: { ...known.place, [field]: text } }))
  const bare = texts.name.trim()
  const isSame = read.scenario !== null && assumesSame(read.scenario, before)
  /** the scenario itself is to be stored, not only what holds for all */
  const isKept = !isSame || (bare !== '' && bare !== before.name)
  const nameFault =
    read.faults.name ?? (isKept && bare === '' ? 'Give it a name, so that it is kept as a scenario.' : null)
  const isNew = isOwn || bare !== before.name
  const save = async () => {
    setTried(true)
    if (saving || read.place === null || read.scenario === null || nameFault !== null) return
    setSaving(true)
    const failure = isKept
      ? await keepAsColumn(read.scenario, { isReplacing: !isNew, inPlaceOf: isOwn ? null : before.name })
      : null
    setSaving(false)
    if (failure !== null) {
      setFault(failure)
      return
    }
    writePlan(read.place)
    close()
  }
  const points = Math.max(before.assumptions.price.days.length, before.assumptions.hashrate.days.length)
  return (
    <FormDialog
      wide
      title={isOwn ? 'Assumptions' : `Assumptions of ${before.name}`}
      verb={isKept && isNew ? 'Save as a new scenario' : 'Save'}
      fault={
        fault ??
        (isTried && (read.scenario === null || read.place === null) ? 'Something is not right yet.' : null)
      }
      saving={saving}
      draft={texts}
      onSave={() => void save()}
      onClose={close}
    >
      <div className="span-2">
        <Field
          label="Name of the scenario"
          value={texts.name}
          placeholder={AS_IT_IS.name}
          fault={isTried ? nameFault : (read.faults.name ?? null)}
          {...(isOwn
            ? { hint: 'As it is stays as it is: with a name, what you change is kept as a scenario.' }
            : { hint: 'Another name keeps it as a new one.' })}
          onChange={(text) => type({ name: text })}
        />
      </div>
      <Heading>Where it goes from today</Heading>
      <Field
        numeric
        label="Bitcoin price grows a year"
        unit="%"
        value={texts.price}
        fault={read.faults.price ?? null}
        onChange={(price) => type({ price })}
      />
      <Field
        numeric
        label="Network’s hashrate grows a year"
        unit="%"
        value={texts.hashrate}
        fault={read.faults.hashrate ?? null}
        onChange={(hashrate) => type({ hashrate })}
      />
      {points > 1 ? (
        <p className="note span-2">
          It goes along a path of {counted(points, 'point')} from a file first; the rate counts after its end.
        </p>
      ) : null}
      <Heading>What is another today already</Heading>
      <Field
        numeric
        label="Bitcoin price"
        unit="USD"
        value={texts.triedPrice}
        placeholder="as it is"
        fault={read.faults.triedPrice ?? null}
        onChange={(triedPrice) => type({ triedPrice })}
      />
      <Field
        numeric
        label="Next adjustment"
        unit="%"
        value={texts.triedChange}
        placeholder="as expected"
        fault={read.faults.triedChange ?? null}
        onChange={(triedChange) => type({ triedChange })}
      />
      <TriedSites
        sites={texts.triedSites}
        faults={read.siteFaults}
        onChange={(triedSites) => type({ triedSites })}
      />
      <Heading>The network’s response</Heading>
      <label className="check span-2">
        <input
          type="checkbox"
          checked={texts.responds}
          onChange={(event) => type({ responds: event.target.checked })}
        />
        <span>Machines of the network leave and come back with the hashprice</span>
      </label>
      {isOwn ? (
        <p className="note span-2">
          On the simulated paths of As it is they do, by the built-in curve; a scenario does as it says here.
        </p>
      ) : null}
      {texts.responds ? (
        <div className="span-2">
          <CurveTable
            texts={texts.curve}
            read={read.curve}
            isTried={isTried}
            onChange={(curve) => type({ curve })}
          />
        </div>
      ) : null}
      <Heading>For every scenario of this place</Heading>
      <Field
        numeric
        label="Difficulty epochs ahead"
        value={texts.place.epochs}
        fault={read.faults.epochs ?? null}
        hint="13 are about half a year"
        onChange={place('epochs')}
      />
      <SelectField
        label="Lots under water"
        choices={UNDER_WATER}
        value={texts.underWater}
        onChange={(underWater) => type({ underWater })}
      />
      <Field
        numeric
        label="Simulated paths"
        value={texts.place.paths}
        fault={read.faults.paths ?? null}
        hint="10 000: a chance is right to half a point"
        onChange={place('paths')}
      />
      <Field
        numeric
        label="Volatility of the price a year"
        unit="%"
        value={texts.place.priceVolatilityPerYear}
        fault={read.faults.priceVolatilityPerYear ?? null}
        hint={`80 %: ${FITTED}`}
        onChange={place('priceVolatilityPerYear')}
      />
      <Field
        numeric
        label="Volatility of the hashrate a year"
        unit="%"
        value={texts.place.hashrateVolatilityPerYear}
        fault={read.faults.hashrateVolatilityPerYear ?? null}
        hint={`30 %: ${FITTED}`}
        onChange={place('hashrateVolatilityPerYear')}
      />
      <Field
        numeric
        label="Correlation of both"
        value={texts.place.correlation}
        fault={read.faults.correlation ?? null}
        hint={`0.3: ${FITTED}`}
        onChange={place('correlation')}
      />
    </FormDialog>
  )
}

function Heading({ children }: { readonly children: React.ReactNode }) {
  return <h3 className="span-2 form-heading">{children}</h3>
}
