import type { ContractTerms } from '../power/contract-terms.ts'
import { contractWith } from '../power/contract-terms.ts'
import type { MachinePolicy } from '../power/machine-policy.ts'
import { MACHINE_POLICIES } from '../power/machine-policy.ts'
import type { CaseInputs } from './case-inputs.ts'
import type { Fleet, SiteColumns } from '../fleet/fleet.ts'
import type { Currency, CurrencyTariff } from '../power/currency.ts'
import { tariffInUsd } from '../power/currency.ts'
import type { AdviceChanges } from './large-change.ts'
import type { Picture } from './picture.ts'

/** A value before it is stored: what would be other with it. */

/** What a site pays, NaN where it is not given. */
export type SiteTerms = {
  readonly powerPriceUsdPerKwh: number
  readonly otherUsdPerKwh: number
  readonly overhead: number
}

/** What sites that pay in a currency would pay at a rate, by key of the site. */
export function termsAtRate(
  sites: SiteColumns,
  tariffs: readonly (CurrencyTariff & { readonly siteKey: number })[],
  currency: Currency,
  usdPerUnit: number,
): ReadonlyMap<number, SiteTerms> {
  return new Map(
    tariffs
      .filter((tariff) => tariff.currency === currency)
      .map((tariff) => {
        const overhead = sites.overhead[sites.key.indexOf(tariff.siteKey)]!
        return [tariff.siteKey, { ...tariffInUsd(tariff, usdPerUnit), overhead }]
      }),
  )
}

/** The fleet with sites that pay on the terms that are tried. */
export function withTerms({ machines, sites }: Fleet, terms: ReadonlyMap<number, SiteTerms>): Fleet {
  const column = (name: keyof SiteTerms) =>
    sites[name].map((value, row) => terms.get(sites.key[row]!)?.[name] ?? value)
  return {
    machines,
    sites: {
      ...sites,
      powerPriceUsdPerKwh: column('powerPriceUsdPerKwh'),
      otherUsdPerKwh: column('otherUsdPerKwh'),
      overhead: column('overhead'),
    },
  }
}

/** Terms and policies that are tried, by key of the site and of the machine. */
export type CaseTrial = {
  readonly terms: ReadonlyMap<number, ContractTerms>
  readonly policies: ReadonlyMap<number, MachinePolicy>
}

/** The case with what is tried in the place of what is stored. */
export function withCase(inputs: CaseInputs, sites: SiteColumns, tried: CaseTrial): CaseInputs {
  const stored = new Map(inputs.contracts.map((each) => [each.siteKey, each]))
  for (const [siteKey, terms] of tried.terms) {
    const site = sites.name[sites.key.indexOf(siteKey)]!
    stored.set(siteKey, {
      ...{ siteKey, site },
      contract: contractWith(stored.get(siteKey)?.contract ?? null, terms),
    })
  }
  const policyOf = new Map(
    Array.from(inputs.policies.machineKey, (key, i) => [key, inputs.policies.policy[i]!]),
  )
  for (const [key, policy] of tried.policies) policyOf.set(key, MACHINE_POLICIES.indexOf(policy))
  return {
    ...inputs,
    contracts: [...stored.values()],
    policies: {
      machineKey: Float64Array.from(policyOf.keys()),
      policy: Uint8Array.from(policyOf.values()),
    },
  }
}

/** Machines whose verdict differs between two pictures of the same rows; a verdict that is gone or new differs too. */
export function changesBetween(
  { machines: { quantity } }: Fleet,
  before: Picture | null,
  after: Picture | null,
): AdviceChanges {
  let machines = 0
  for (const lot of quantity) machines += lot
  const [from, to] = [before?.advice?.decisions.verdict, after?.advice?.decisions.verdict]
  if (from === undefined || to === undefined) return { changed: null, machines }
  let changed = 0
  for (let row = 0; row < quantity.length; row++) if (from[row] !== to[row]) changed += quantity[row]!
  return { changed, machines }
}
