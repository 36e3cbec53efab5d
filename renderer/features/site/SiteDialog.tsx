import { useState } from 'react'
import type { FleetSnapshot } from '#shared/contract/channels.ts'
import { counted } from '#shared/format/numbers.ts'
import { editable } from '#shared/format/typed.ts'
import { api, settle } from '../../lib/api.ts'
import { asPercent, readNumbers } from '../../lib/form.ts'
import { changed } from '../../state/actions.ts'
import { useStore } from '../../state/store.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { machinesWithOwnPrice } from './own-price.ts'

type NumberField = 'powerPriceUsdPerKwh' | 'otherUsdPerKwh' | 'overhead'
const PERCENTS: ReadonlySet<NumberField> = new Set<NumberField>(['overhead'])

/** Adds a site, or edits one; a new price moves every machine that has none of its own. */
export function SiteDialog({
  fleet,
  siteKey,
}: {
  readonly fleet: FleetSnapshot
  readonly siteKey: number | null
}) {
  const close = useStore((state) => state.closeDialog)
  const { sites } = fleet
  const row = siteKey === null ? -1 : sites.key.indexOf(siteKey)
  const [name, setName] = useState(row < 0 ? '' : sites.name[row]!)
  const [numbers, setNumbers] = useState({
    powerPriceUsdPerKwh: row < 0 ? '' : editable(sites.powerPriceUsdPerKwh[row]!),
    otherUsdPerKwh: row < 0 ? '0' : editable(sites.otherUsdPerKwh[row]!),
    overhead: row < 0 ? '0' : asPercent(sites.overhead[row]!),
  })
  const [replaceOwn, setReplaceOwn] = useState(false)
  const [faults, setFaults] = useState<Partial<Record<NumberField | 'name', string>>>({})
  const [fault, setFault] = useState<string | null>(null)
  const own = row < 0 ? 0 : machinesWithOwnPrice(fleet, row)

  const save = async () => {
    const { values, faults: wrong } = readNumbers(numbers, PERCENTS)
    const all = { ...wrong, ...(name.trim() === '' ? { name: 'A site needs a name.' } : {}) }
    setFaults(all)
    setFault(null)
    if (Object.keys(all).length > 0) return
    const site = {
      name: name.trim(),
      powerPriceUsdPerKwh: values.powerPriceUsdPerKwh,
      otherUsdPerKwh: values.otherUsdPerKwh ?? 0,
      overhead: values.overhead ?? 0,
    }
    const answer = await settle<unknown>(
      siteKey === null ? api.site.add(site) : api.site.update({ key: siteKey, site, replaceOwn }),
    )
    if (answer.ok) {
      close()
      await changed(siteKey === null ? `${site.name} is added.` : `${site.name} is changed.`)
      return
    }
    const { field, message } = answer.error
    if (field === 'name' || (field !== undefined && field in numbers)) setFaults({ [field]: message })
    else setFault(message)
  }
  const set = (field: NumberField) => (text: string) => setNumbers((now) => ({ ...now, [field]: text }))
  return (
    <Dialog
      title={siteKey === null ? 'Add a site' : `Edit ${row < 0 ? 'site' : sites.name[row]!}`}
      onClose={close}
      actions={
        <>
          {fault === null ? null : (
            <p className="fault-text left" role="alert">
              {fault}
            </p>
          )}
          <button type="button" className="button" onClick={close}>
            Cancel
          </button>
          <button type="button" className="button primary" onClick={() => void save()}>
            {siteKey === null ? 'Add' : 'Save'}
          </button>
        </>
      }
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <div className="span-2">
          <Field autoFocus label="Name" value={name} fault={faults.name ?? null} onChange={setName} />
        </div>
        <Field
          numeric
          label="Power price"
          unit="USD/kWh"
          placeholder="0.055"
          value={numbers.powerPriceUsdPerKwh}
          fault={faults.powerPriceUsdPerKwh ?? null}
          hint="What one kWh at the meter costs and is saved when a machine stops."
          onChange={set('powerPriceUsdPerKwh')}
        />
        <Field
          numeric
          label="Other cost per kWh"
          unit="USD/kWh"
          value={numbers.otherUsdPerKwh}
          fault={faults.otherUsdPerKwh ?? null}
          hint="Grid fees, hosting margin: what stops with the machine too."
          onChange={set('otherUsdPerKwh')}
        />
        <Field
          numeric
          label="Overhead (PUE − 1)"
          unit="%"
          value={numbers.overhead}
          fault={faults.overhead ?? null}
          hint="Cooling and losses on top of the machines’ power."
          onChange={set('overhead')}
        />
        {own === 0 ? null : (
          <label className="check span-2">
            <input
              type="checkbox"
              checked={replaceOwn}
              onChange={(event) => setReplaceOwn(event.target.checked)}
            />
            <span>Also for {counted(own, 'row')} with a power price of its own: take the site’s again</span>
          </label>
        )}
        <button type="submit" className="visually-hidden" tabIndex={-1} aria-hidden="true" />
      </form>
    </Dialog>
  )
}
