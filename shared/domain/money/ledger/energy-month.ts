import { CENTS_PER_USD, HOURS_PER_DAY, WH_PER_KWH, W_PER_KW } from '../../units.ts'
import type { Counted, CountedMonth } from './counted.ts'
import type { Day, Entry } from './entry.ts'
import { sum } from './hashing.ts'
import { nameKey } from './identity.ts'
import type { EnergyMonth, LedgerLack, LedgerMonth } from './month.ts'
import { countedThrough, coveredThrough, daysWithout } from './to-date.ts'

/** What the bills of a site say of a month. */
type Invoice = {
  /** of bills for energy or for all; null: no bill says kWh */
  readonly wh: number | null
  readonly energyUsdCents: number
  /** demand charges and what is fixed */
  readonly otherUsdCents: number
  readonly usdCents: number
  readonly hasEnergy: boolean
}

type SiteEnergy = {
  /** null: meters do not cover all days */
  readonly meterWh: number | null
  readonly invoice: Invoice
  /** bills for energy cover all days */
  readonly isBilled: boolean
  readonly creditsUsdCents: number
}

/**
 * Machines against meter against invoice of each site in a month, by name: those with a plan, a meter or a bill
 * (docs/ledger-reconciliation.md). A bill in parts says its kWh in its part `energy`; kWh of demand charges and of what is fixed are the
 * same ones again and do not count.
 * @param isOver of a month that is not, its days so far: those that bills for energy and meters reach, where there are some
 */
export function energyMonths(
  counted: CountedMonth,
  plans: LedgerMonth['plans'],
  isOver = true,
): readonly EnergyMonth[] {
  const named = [...counted.meters, ...counted.bills].map(({ entry }) => entry.site)
  const sites = namesOnce([...plans.map(({ site }) => site), ...named])
  return sites.map((site) => {
    const plan = plans.find((of) => isSame(of.site, site))?.plan ?? null
    const allMeters = counted.meters.filter(({ entry }) => isSame(entry.site, site))
    const allBills = counted.bills.filter(({ entry }) => isSame(entry.site, site))
    const forEnergy = allBills.filter(({ fact }) => isEnergy(fact.part))
    const through = isOver ? null : coveredThrough(counted.days, [allMeters, forEnergy])
    const days = through === null ? counted.days : counted.days.filter((day) => day <= through)
    const period = { from: days[0]!, to: days.at(-1)! }
    const [meters, bills] = [countedThrough(allMeters, period), countedThrough(allBills, period)]
    const meterWh = meters.length === 0 ? null : sum(meters.map(({ fact }) => fact.wh))
    const invoice = bills.length === 0 ? null : invoiceOf(bills)
    const machinesWh =
      plan === null ? null : Math.round(days.length * HOURS_PER_DAY * W_PER_KW * plan.powerKw * plan.uptime)
    const notMetered = daysWithout(days, meters)
    const notBilled = daysWithout(
      days,
      bills.filter(({ fact }) => isEnergy(fact.part)),
    )
    const missing: LedgerLack[] = []
    if (plan === null) missing.push({ what: 'plan' })
    missing.push(...lackOf('meter', meterWh === null, notMetered))
    missing.push(...lackOf('bill', invoice?.hasEnergy !== true, notBilled))
    const isWhole = invoice !== null && notBilled.length === 0
    return {
      site,
      through,
      machinesWh,
      meterWh,
      invoiceWh: invoice?.wh ?? null,
      expectedUsdCents: plan === null ? null : costCents(machinesWh!, plan.usdPerKwh),
      invoiceUsdCents: invoice?.usdCents ?? null,
      stepsUsdCents:
        plan === null || !isWhole
          ? null
          : stepsOf(machinesWh!, notMetered.length === 0 ? meterWh : null, invoice, plan.usdPerKwh),
      missing,
    }
  })
}

const isSame = (one: string, other: string) => nameKey(one) === nameKey(other)

/** Each as it is written first, in order. */
function namesOnce(names: readonly string[]): string[] {
  const written = new Map<string, string>()
  for (const name of names) if (!written.has(nameKey(name))) written.set(nameKey(name), name)
  return [...written.values()].sort()
}

const isEnergy = (part: 'all' | 'energy' | 'demand' | 'fixed') => part === 'all' || part === 'energy'

function invoiceOf(bills: readonly Counted<'bill'>[]): Invoice {
  const energy = bills.filter(({ fact }) => isEnergy(fact.part))
  const said = energy.flatMap(({ fact }) => (fact.wh === null ? [] : [fact.wh]))
  const centsOf = (list: typeof bills) => sum(list.map(({ fact }) => fact.amount.usdCents))
  const [usdCents, energyUsdCents] = [centsOf(bills), centsOf(energy)]
  return {
    wh: said.length === 0 ? null : sum(said),
    energyUsdCents,
    otherUsdCents: usdCents - energyUsdCents,
    usdCents,
    hasEnergy: energy.length > 0,
  }
}

/**
 * Energy of some sites together as bills and meters say it; whole where every day of each of them is covered.
 * @param isAll what is said of no site counts too, and covers the days of each
 */
export function siteEnergy(counted: CountedMonth, sites: readonly string[], isAll: boolean): SiteEnergy {
  const isIn = ({ entry }: { readonly entry: Entry }) =>
    isAll || sites.some((site) => isSame(site, entry.site))
  const covers = (list: Parameters<typeof daysWithout>[1]) =>
    sites.every((site) => {
      const own = list.filter(({ entry }) => isSame(entry.site, site) || (isAll && entry.site === ''))
      return daysWithout(counted.days, own).length === 0
    })
  const [bills, meters] = [counted.bills.filter(isIn), counted.meters.filter(isIn)]
  return {
    meterWh: covers(meters) ? sum(meters.map(({ fact }) => fact.wh)) : null,
    invoice: invoiceOf(bills),
    isBilled: covers(bills.filter(({ fact }) => isEnergy(fact.part))),
    creditsUsdCents: sum(counted.credits.filter(isIn).map(({ fact }) => fact.amount.usdCents)),
  }
}

/** Each with those before it as they really were: kWh at the agreed price, then what the energy cost beyond it, then the rest of the bills. */
function stepsOf(
  machinesWh: number,
  meterWh: number | null,
  invoice: Invoice,
  usdPerKwh: number,
): EnergyMonth['stepsUsdCents'] {
  const metered = meterWh ?? machinesWh
  const [machines, meter, invoiced] = [machinesWh, metered, invoice.wh ?? metered].map((wh) =>
    costCents(wh, usdPerKwh),
  ) as [number, number, number]
  return {
    metered: meter - machines,
    invoiced: invoiced - meter,
    price: invoice.energyUsdCents - invoiced,
    'other charges': invoice.otherUsdCents,
  }
}

const costCents = (wh: number, usdPerKwh: number) =>
  Math.round((wh / WH_PER_KWH) * usdPerKwh * CENTS_PER_USD) + 0

function lackOf(of: 'meter' | 'bill', isAbsent: boolean, days: readonly Day[]): LedgerLack[] {
  if (isAbsent) return [{ what: of }]
  return days.length === 0 ? [] : [{ what: 'days', of, days }]
}
