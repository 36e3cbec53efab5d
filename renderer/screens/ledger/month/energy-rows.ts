import type { EnergyMonth } from '#shared/domain/money/ledger/month.ts'
import { ENERGY_CAUSES } from '#shared/domain/money/ledger/month.ts'
import { ENERGY_CAUSE_WORDS } from '#shared/format/ledger-causes.ts'
import { bookedUsd, capital, inKwh, signedBookedUsd, usdPerKwhOf } from '#shared/format/ledger-month-words.ts'
import { energyUnit, usdPerKwh } from '#shared/format/money.ts'
import { MISSING, number } from '#shared/format/numbers.ts'
import { printedSums } from '#shared/format/printed-sums.ts'

type EnergyRow = {
  readonly name: string
  readonly unit: string
  /** a step from what was expected to what was billed */
  readonly isStep: boolean
  readonly isStrong: boolean
  /** by site */
  readonly figures: readonly string[]
  /** null: of one site there is no sum, and none where a part is missing */
  readonly total: string | null
}

/** The sum of what is known of every site; null where a part is missing. */
const sumOf = (values: readonly (number | null)[]): number | null =>
  values.includes(null) ? null : values.reduce<number>((sum, value) => sum + value!, 0)

/** From the machines to the invoice, site by site and added up; every column adds up downwards, every row across. */
export function energyRows(sites: readonly EnergyMonth[]): readonly EnergyRow[] {
  const withTotal = sites.length > 1
  const energy = (name: string, of: (site: EnergyMonth) => number | null): EnergyRow => {
    const values = sites.map(of)
    const printed = printedSums(
      values.map((value) => (value === null ? Number.NaN : inKwh(value))),
      0,
      3,
    )
    const total = sumOf(values) === null ? MISSING : number(printed.total)
    return {
      ...{ name, unit: 'kWh', isStep: false, isStrong: false },
      figures: printed.parts.map((value) => number(value)),
      total: withTotal ? total : null,
    }
  }
  const money = (
    name: string,
    of: (site: EnergyMonth) => number | null,
    looks: { readonly isStep?: boolean; readonly isStrong?: boolean } = {},
  ): EnergyRow => {
    const { isStep = false, isStrong = false } = looks
    const write = isStep ? signedBookedUsd : bookedUsd
    const values = sites.map(of)
    return {
      ...{ name, unit: 'USD', isStep, isStrong, figures: values.map(write) },
      total: withTotal ? write(sumOf(values)) : null,
    }
  }
  const perKwh = (site: Pick<EnergyMonth, 'invoiceUsdCents' | 'invoiceWh'>) =>
    usdPerKwh(usdPerKwhOf(site.invoiceUsdCents, site.invoiceWh))
  return [
    energy('Machines, by plan', ({ machinesWh }) => machinesWh),
    energy('Meter', ({ meterWh }) => meterWh),
    energy('Invoice', ({ invoiceWh }) => invoiceWh),
    money('Expected', ({ expectedUsdCents }) => expectedUsdCents),
    ...ENERGY_CAUSES.map((cause) =>
      money(capital(ENERGY_CAUSE_WORDS[cause]), ({ stepsUsdCents }) => stepsUsdCents?.[cause] ?? null, {
        isStep: true,
      }),
    ),
    money('Invoice', ({ invoiceUsdCents }) => invoiceUsdCents, { isStrong: true }),
    {
      ...{ name: 'Invoice', unit: `USD/${energyUnit()}`, isStep: false, isStrong: false },
      figures: sites.map(perKwh),
      total: withTotal
        ? perKwh({
            invoiceUsdCents: sumOf(sites.map(({ invoiceUsdCents }) => invoiceUsdCents)),
            invoiceWh: sumOf(sites.map(({ invoiceWh }) => invoiceWh)),
          })
        : null,
    },
  ]
}
