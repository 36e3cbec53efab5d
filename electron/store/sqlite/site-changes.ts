import type { SiteInput, Tariff } from '#shared/ipc/schemas/fleet.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { changedByOther, valueWords } from './conflicts.ts'
import type { InheritedName } from '#shared/domain/fleet/fields.ts'
import { INHERITED_NAMES, MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'

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

/** What belongs together: prices are merged one by one only where nobody has touched a tariff. */
const PRICES = ['tariff', 'powerPriceUsdPerKwh', 'otherUsdPerKwh'] as const
type SitePart = Partial<SiteValues>

const partOf = (site: SiteValues, fields: readonly ChangedField[]): SitePart =>
  Object.fromEntries(fields.map((field) => [field, site[field]]))

/**
 * A site with the changes of both: of the one who was shown it and wants it otherwise, and of another one who has changed it
 * since.
 * @throws StrikelineError 'conflict' where both have changed the same, and not to the same
 */
export function merged(shown: SiteValues, now: SiteValues, wanted: SiteValues): SiteValues {
  const theirs = changedFields(shown, now)
  if (theirs.length === 0) return wanted
  const mine = changedFields(shown, wanted)
  const isOfTariff = theirs.includes('tariff') || mine.includes('tariff')
  const groups: readonly (readonly ChangedField[])[] = isOfTariff
    ? [['name'], PRICES, ['overhead']]
    : CHANGED_FIELDS.map((field) => [field])
  const kept = groups.filter((group) => group.some((field) => theirs.includes(field)))
  const differing = changedFields(now, wanted)
  for (const group of kept) {
    const isMine = group.some((field) => mine.includes(field))
    const field = group.find((one) => differing.includes(one))
    if (isMine && field !== undefined)
      throw changedByOther(`${LABELS[field]} of ${now.name}`, words(field, now), words(field, wanted), field)
  }
  return { ...wanted, ...partOf(now, kept.flat()) }
}

const LABELS: Readonly<Record<ChangedField, string>> = {
  name: 'The name',
  tariff: 'The tariff',
  powerPriceUsdPerKwh: 'The power price',
  otherUsdPerKwh: 'The other cost',
  overhead: 'The overhead',
}

function words(field: ChangedField, site: SiteValues): string {
  if (field === 'name') return site.name
  if (field === 'overhead') return valueWords({ share: true }, site.overhead)
  if (field !== 'tariff') return valueWords(MACHINE_FIELDS[field], site[field])
  const [power, other] = [priceOf.powerPriceUsdPerKwh(site), priceOf.otherUsdPerKwh(site)]
  const unit = `${power.currency}/kWh`
  return `${valueWords({ unit }, power.perKwh)} and ${valueWords({ unit }, other.perKwh)} of other cost`
}
