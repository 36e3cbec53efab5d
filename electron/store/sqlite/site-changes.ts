import type { SiteInput, Tariff } from '#shared/ipc/schemas/channels.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import type { InheritedName } from '#shared/domain/fleet/fields.ts'
import { INHERITED_NAMES } from '#shared/domain/fleet/fields.ts'

/** A site with every field, as it is stored: one with a tariff has no figures in USD. */
export type SiteValues = Omit<SiteInput, 'tariff'> & { readonly tariff: Tariff | null }

export function settled({ tariff = null, ...site }: SiteInput): SiteValues {
  return tariff === null
    ? { ...site, tariff }
    : { ...site, powerPriceUsdPerKwh: null, otherUsdPerKwh: 0, tariff }
}

/** In the currency in which the site pays; null: not given. */
type Price = { readonly currency: Currency; readonly perKwh: number | null }
type PriceField = Exclude<InheritedName, 'overhead'>

const priceOf: Readonly<Record<PriceField, (site: SiteValues) => Price>> = {
  powerPriceUsdPerKwh: ({ tariff, powerPriceUsdPerKwh }) =>
    tariff === null
      ? { currency: 'USD', perKwh: powerPriceUsdPerKwh }
      : { currency: tariff.currency, perKwh: tariff.powerPricePerKwh },
  otherUsdPerKwh: ({ tariff, otherUsdPerKwh }) =>
    tariff === null
      ? { currency: 'USD', perKwh: otherUsdPerKwh }
      : { currency: tariff.currency, perKwh: tariff.otherPerKwh },
}

/** Nothing is nothing in every currency. */
function isSamePrice(a: Price, b: Price): boolean {
  return a.perKwh === b.perKwh && (a.currency === b.currency || a.perKwh === null || a.perKwh === 0)
}

/** What a machine may have of its own, where it differs between two states of its site. */
export function movedFields(before: SiteValues, after: SiteValues): readonly InheritedName[] {
  return INHERITED_NAMES.filter((field) =>
    field === 'overhead'
      ? before.overhead !== after.overhead
      : !isSamePrice(priceOf[field](before), priceOf[field](after)),
  )
}

const CHANGED_FIELDS = ['name', 'tariff', ...INHERITED_NAMES] as const
export type ChangedField = (typeof CHANGED_FIELDS)[number]

/** The change in a person's words: prices of a tariff, or that come or go with one, are "the tariff". */
export function changedFields(before: SiteValues, after: SiteValues): readonly ChangedField[] {
  const moved = movedFields(before, after)
  const isOfTariff = before.tariff !== null || after.tariff !== null
  const isTariffChanged =
    before.tariff?.currency !== after.tariff?.currency ||
    (isOfTariff && moved.some((field) => field !== 'overhead'))
  return CHANGED_FIELDS.filter((field) => {
    if (field === 'name') return before.name !== after.name
    if (field === 'tariff') return isTariffChanged
    return moved.includes(field) && (field === 'overhead' || !isOfTariff)
  })
}
