import { useEffect, useState } from 'react'
import { pointTable } from '#shared/domain/ladders/point-table.ts'
import type { PointTable } from '#shared/domain/ladders/point-table.ts'
import type { Ladder, MachineTerms } from '#shared/domain/ladders/point.ts'
import { machineField } from '#shared/format/typed-fields.ts'
import { MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import { energyUnit } from '#shared/format/money.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { pointsCsv } from '#shared/format/points-csv.ts'
import { readTyped } from '#shared/format/typed.ts'
import type { ModelLadder, ModelView } from '../../../engine/model-view.ts'
import { api } from '../../../lib/api.ts'
import { faultOf } from '../../../lib/bounds.ts'
import { textOf } from '../../../lib/form.ts'
import { done } from '../../../state/actions.ts'
import { askEngine } from '../../../state/engine.ts'
import { selectMoney } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'
import { Field } from '../../../ui/Field.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { tell, warn } from '../../../ui/toasts.ts'
import { PageHead } from '../PageHead.tsx'
import { Points } from './Points.tsx'

/** The operating points of a model, which of them is best where, and its machines. */
export function ModelPage({ name }: { readonly name: string }) {
  const view = useModel(name)
  if (view === undefined) return null
  if (view === null)
    return (
      <PageHead title={name} about="">
        <p className="muted">The fleet has no machine of this model.</p>
      </PageHead>
    )
  return <Shown name={name} view={view} />
}

/** Asked again with each look at the fleet; undefined until the engine has answered. */
function useModel(name: string): ModelView | null | undefined {
  const picture = useStore((state) => state.picture)
  const [view, setView] = useState<ModelView | null>()
  useEffect(() => {
    let isMeant = true
    askEngine(
      (engine) => engine.model(name),
      (found) => {
        if (isMeant) setView(found)
      },
    )
    return () => {
      isMeant = false
    }
  }, [name, picture])
  return view
}

function ladderLabel({ ladder: { firmware, source }, counted: ours, possible }: ModelLadder): string {
  const from = firmware === '' ? source || 'operating points' : firmware
  return ours > 0 ? `${from}: counts for ${count(ours)}` : `${from}: possible for ${count(possible)}`
}

/** What the machines are stored with, where no ladder is known. */
const storedLadder = (name: string, { asStored }: ModelView): ModelLadder => ({
  ladder: { model: name, firmware: '', source: '', points: asStored.slice(0, 1) },
  counted: 0,
  possible: 0,
})

function Shown({ name, view }: { readonly name: string; readonly view: ModelView }) {
  const hashprice = useStore((state) => state.picture?.market?.hashpriceUsdPerPhDay ?? Number.NaN)
  const [ladderAt, setLadder] = useState(0)
  const [siteKey, setSite] = useState(view.sites[0]!.key)
  const [typed, setTyped] = useState('')
  const site = view.sites.find(({ key }) => key === siteKey) ?? view.sites[0]!
  const hasLadder = view.ladders.length > 0
  const { ladder } = hasLadder ? (view.ladders[ladderAt] ?? view.ladders[0]!) : storedLadder(name, view)
  const { value, fault } = readTyped(typed, machineField(MACHINE_FIELDS.powerPriceUsdPerKwh))
  const wrong = fault ?? (value === null ? null : faultOf('powerPriceUsdPerKwh', value))
  const price = value === null || wrong !== null ? site.terms.powerPriceUsdPerKwh : value
  const terms: MachineTerms = { ...site.terms, powerPriceUsdPerKwh: price }
  const table = pointTable(ladder.points, terms, hashprice)
  const csv = () =>
    pointsCsv(table.rows, {
      model: name,
      firmware: ladder.firmware,
      site: site.name,
      powerPriceUsdPerKwh: price,
      hashpriceUsdPerPhDay: hashprice,
    })
  const copy = () =>
    navigator.clipboard
      .writeText(
        csv()
          .map((line) => `${line}\n`)
          .join(''),
      )
      .then(
        () => tell(`${counted(table.rows.length, 'point')} copied as CSV.`),
        () => warn('The clipboard could not be written. Save the points as a file instead.'),
      )
  const save = async () => {
    const saved = await done(api.model.savePoints({ name, lines: [...csv()] }))
    if (saved !== null) tell(`${counted(table.rows.length, 'point')} written to ${saved.fileName}.`)
  }
  return (
    <>
      <PageHead
        title={name}
        about={`${counted(view.machines, 'machine')} at ${counted(view.sites.length, 'site')}`}
      >
        <button type="button" className="button primary" onClick={() => void copy()}>
          Copy as CSV
        </button>
        <button type="button" className="button" onClick={() => void save()}>
          Save as CSV…
        </button>
      </PageHead>
      <p className="model-answer" role="status">
        <Answer table={table} terms={terms} hashprice={hashprice} site={site.name} ladder={ladder} />
      </p>
      <section className="panel" aria-label="Operating points">
        <div className="page-choices">
          {view.ladders.length > 1 ? (
            <SelectField
              label="Ladder"
              choices={view.ladders.map((each, at) => ({ value: at, label: ladderLabel(each) }))}
              value={ladderAt}
              onChange={setLadder}
            />
          ) : null}
          <SelectField
            label="Site"
            choices={view.sites.map(({ key, name: label }) => ({ value: key, label }))}
            value={site.key}
            onChange={setSite}
          />
          <Field
            numeric
            label="Power price"
            unit="USD/kWh"
            placeholder={`the site’s: ${textOf('powerPriceUsdPerKwh', Number(site.terms.powerPriceUsdPerKwh.toPrecision(4)))}`}
            value={typed}
            fault={wrong}
            onChange={setTyped}
          />
        </div>
        <Points table={table} />
        <p className="note page-note">
          {hasLadder
            ? view.ladders.length === 1
              ? `${ladderLabel(view.ladders[0]!)} of ${counted(view.machines, 'machine')}. `
              : ''
            : 'No operating points are stored for it, so this is what its machines run at. '}
          Fees, uptime and standby are those of {site.id}. A point that is not on the hull is beaten at every
          price by a mixture of the points around it.
        </p>
      </section>
      <Sites name={name} view={view} />
    </>
  )
}

type AnswerProps = {
  readonly table: PointTable
  readonly terms: MachineTerms
  readonly hashprice: number
  readonly site: string
  readonly ladder: Ladder
}

/** Which point is best now, and at which hashprice that changes. */
function Answer({ table, terms, hashprice, site }: AnswerProps) {
  const money = useStore(selectMoney)
  if (!Number.isFinite(hashprice))
    return 'The hashprice is not known yet, so no point can be called the best.'
  if (!Number.isFinite(terms.powerPriceUsdPerKwh))
    return `What power costs at ${site} is not known, so no point can be called the best.`
  const best = table.rows.find(({ isBest }) => isBest)
  const { changesAbove: above, changesBelow: below } = table
  const named = (to: string | null) => to ?? 'standing still'
  return (
    <>
      At {money.perPh(hashprice)} {money.hashprice.per} and {money.perKwh(terms.powerPriceUsdPerKwh)} per{' '}
      {energyUnit()} ({site}){' '}
      <strong>{best === undefined ? 'no point earns: off is best' : `${best.profile.name} is best`}</strong>
      {best === undefined ? '.' : `, ${money.cents(best.marginUsdPerDay)} a day each.`}
      {Number.isNaN(above.usdPerPhDay)
        ? ''
        : ` From ${money.perPh(above.usdPerPhDay, 'up')} on ${named(above.to)} is.`}
      {Number.isNaN(below.usdPerPhDay)
        ? ''
        : ` Below ${money.perPh(below.usdPerPhDay, 'up')} ${named(below.to)} is.`}
    </>
  )
}

/** Where its machines stand, with a way to them. */
function Sites({ name, view: { sites } }: { readonly name: string; readonly view: ModelView }) {
  const { clearFilter, setFilter, closePage } = useStore.getState()
  const showThere = (siteKey: number | null) => {
    clearFilter()
    setFilter({ model: name, siteKey })
    closePage()
  }
  return (
    <section className="panel" aria-label="Its machines">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">Site</th>
            <th scope="col" className="figure">
              Machines
            </th>
            <th scope="col" className="row-actions">
              <button type="button" className="button quiet" onClick={() => showThere(null)}>
                Show all in the table
              </button>
            </th>
          </tr>
        </thead>
        <tbody>
          {sites.map(({ key, name: site, machines }) => (
            <tr key={key}>
              <th scope="row">{site}</th>
              <td className="figure">{count(machines)}</td>
              <td className="row-actions">
                <button
                  type="button"
                  className="button quiet"
                  aria-label={`Show those at ${site} in the table`}
                  onClick={() => showThere(key)}
                >
                  Show
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
