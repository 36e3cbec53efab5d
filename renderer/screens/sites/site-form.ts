import type { FleetView, SiteInput } from '#shared/ipc/schemas/fleet.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { priceField } from '#shared/format/typed-fields.ts'
import type { TypedRead } from '#shared/format/typed.ts'
import { editable } from '#shared/format/typed-text.ts'
import { readTyped } from '#shared/format/typed.ts'
import { readNumbers, textOf } from '../../lib/form.ts'
import { priceFault, tariffAt } from '../../parts/tariff.ts'

export type NumberField = 'powerPrice' | 'other' | 'overhead'

/** The form of a site. Both prices are typed in the currency in which they are paid. */
export type SiteForm = {
  readonly name: string
  readonly currency: Currency
  readonly numbers: Readonly<Record<NumberField, string>>
}

export type SiteFaults = Partial<Record<NumberField | 'name' | 'currency', string>>

/** A new site, or the site of a row as it is stored. */
export function siteForm(
  { sites, tariffs }: Pick<FleetView, 'sites' | 'tariffs'>,
  row: number | null,
): SiteForm {
  if (row === null) {
    return { name: '', currency: 'USD', numbers: { powerPrice: '', other: '0', overhead: '0' } }
  }
  const tariff = tariffAt(tariffs, sites.key[row]!)
  const [powerPrice, other] =
    tariff === null
      ? [sites.powerPriceUsdPerKwh[row]!, sites.otherUsdPerKwh[row]!]
      : [tariff.powerPricePerKwh ?? Number.NaN, tariff.otherPerKwh]
  return {
    name: sites.name[row]!,
    currency: tariff?.currency ?? 'USD',
    numbers: {
      powerPrice: editable(powerPrice),
      other: editable(other),
      overhead: textOf('overhead', sites.overhead[row]!),
    },
  }
}

/** A site as the call wants it: prices in another currency than USD are its tariff. */
export function siteInput(
  site: Pick<SiteInput, 'name' | 'overhead'>,
  currency: Currency,
  powerPricePerKwh: number | null,
  otherPerKwh: number,
): SiteInput {
  return currency === 'USD'
    ? { ...site, powerPriceUsdPerKwh: powerPricePerKwh, otherUsdPerKwh: otherPerKwh, tariff: null }
    : {
        ...site,
        powerPriceUsdPerKwh: null,
        otherUsdPerKwh: 0,
        tariff: { currency, powerPricePerKwh, otherPerKwh },
      }
}

/** The site of a row as it is stored, for whoever may have changed it meanwhile. */
export function storedSite({ sites, tariffs }: Pick<FleetView, 'sites' | 'tariffs'>, row: number): SiteInput {
  const site = { name: sites.name[row]!, overhead: sites.overhead[row]! }
  const tariff = tariffAt(tariffs, sites.key[row]!)
  if (tariff !== null) return siteInput(site, tariff.currency, tariff.powerPricePerKwh, tariff.otherPerKwh)
  const powerPrice = sites.powerPriceUsdPerKwh[row]!
  return siteInput(site, 'USD', Number.isNaN(powerPrice) ? null : powerPrice, sites.otherUsdPerKwh[row]!)
}

/** What was shown, but for the field that another one has changed meanwhile and the person was told of. */
export function shownSite(first: SiteInput, now: SiteInput, told: ReadonlySet<string>): SiteInput {
  const isOfPrices = ['tariff', 'powerPriceUsdPerKwh', 'otherUsdPerKwh'].some((field) => told.has(field))
  const { name, overhead } = first
  return {
    ...(isOfPrices ? now : first),
    name: told.has('name') ? now.name : name,
    overhead: told.has('overhead') ? now.overhead : overhead,
  }
}

/**
 * The form as the call wants it, or what is wrong, by field.
 *
 * @param usdPerUnit of the form's currency; null where no rate is known
 */
export function readSiteForm(
  form: SiteForm,
  usdPerUnit: number | null,
):
  | { readonly input: SiteInput; readonly faults: null }
  | { readonly input: null; readonly faults: SiteFaults } {
  const { currency, numbers } = form
  const name = form.name.trim()
  const unit = { currency, usdPerUnit }
  const field = priceField(currency, usdPerUnit)
  const powerPrice = readTyped(numbers.powerPrice, field)
  const other = readTyped(numbers.other, field)
  const { values, faults: wrong } = readNumbers({ overhead: numbers.overhead })
  const faultIn = (name: Parameters<typeof priceFault>[0], { value, fault }: TypedRead) =>
    fault ?? (value === null ? null : priceFault(name, value, unit))
  const powerFault = faultIn('powerPriceUsdPerKwh', powerPrice)
  const otherFault = faultIn('otherUsdPerKwh', other)
  const faults: SiteFaults = {
    ...wrong,
    ...(name === '' ? { name: 'A site needs a name.' } : {}),
    ...(powerFault === null ? {} : { powerPrice: powerFault }),
    ...(otherFault === null ? {} : { other: otherFault }),
  }
  if (Object.keys(faults).length > 0) return { input: null, faults }
  return {
    faults: null,
    input: siteInput({ name, overhead: values.overhead ?? 0 }, currency, powerPrice.value, other.value ?? 0),
  }
}

const FORM_FIELDS: Readonly<Record<string, keyof SiteFaults>> = {
  name: 'name',
  powerPriceUsdPerKwh: 'powerPrice',
  otherUsdPerKwh: 'other',
  overhead: 'overhead',
  'tariff.currency': 'currency',
  'tariff.powerPricePerKwh': 'powerPrice',
  'tariff.otherPerKwh': 'other',
}

/** The field of the form that a refused call names; null where it names none. */
export function fieldOfFault(field: string | undefined): keyof SiteFaults | null {
  return field === undefined ? null : (FORM_FIELDS[field] ?? null)
}
