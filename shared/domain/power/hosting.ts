import { DAYS_PER_MONTH } from '../units.ts'

/**
 * What a tenant pays the host, and which part stops with the machine. Seen by the tenant:
 *
 * - flat: a fee per machine or per kW and month. It runs on whether the machine does or not, power included: nothing is
 *   avoidable.
 * - per-kwh: a price for energy, metered (what the machine draws) or by nameplate (its rated power in every hour that it
 *   is operational). All of it stops with the machine.
 * - revenue-share: the host takes a share of revenue. Where the host pays for power too, running costs the
 *   tenant nothing, so the tenant never powers down.
 * - profit-share: the host takes a share of revenue less cost. Who bears a loss is stated: the tenant alone, both in the
 *   same shares, or the host alone. If the host does, the tenant never powers down.
 */
export type Hosting =
  | { readonly model: 'flat'; readonly usdPerMonth: number; readonly per: 'machine' | 'kw' }
  | { readonly model: 'per-kwh'; readonly usdPerKwh: number; readonly basis: 'nameplate' | 'metered' }
  | { readonly model: 'revenue-share'; readonly hostShare: number; readonly energyPaidBy: 'host' | 'tenant' }
  | { readonly model: 'profit-share'; readonly hostShare: number; readonly lossesBorneBy: LossBearer }

export const LOSS_BEARERS = ['tenant', 'both', 'host'] as const
export type LossBearer = (typeof LOSS_BEARERS)[number]

/** Whether power comes with the host's invoice, so that no tariff of the tenant's applies. */
export function includesEnergy(hosting: Hosting | null): boolean {
  if (hosting === null) return false
  switch (hosting.model) {
    case 'flat':
    case 'per-kwh':
      return true
    case 'revenue-share':
      return hosting.energyPaidBy === 'host'
    case 'profit-share':
      return false
  }
}

/** What the host charges per kWh that stops with the machine, USD/kWh. */
export function hostedPowerPriceUsdPerKwh(hosting: Hosting): number {
  return hosting.model === 'per-kwh' ? hosting.usdPerKwh : 0
}

/** Share of revenue that stays with the tenant. */
export function tenantRevenueShare(hosting: Hosting | null): number {
  return hosting?.model === 'revenue-share' ? 1 - hosting.hostShare : 1
}

/** The tenant's part of a cash margin, USD: (1 − s) · profit, and of a loss what the contract says. Grows with the margin. */
export function tenantMarginUsd(hosting: Hosting | null, marginUsd: number): number {
  if (hosting?.model !== 'profit-share') return marginUsd
  if (marginUsd >= 0 || hosting.lossesBorneBy === 'both') return marginUsd * (1 - hosting.hostShare)
  return hosting.lossesBorneBy === 'tenant' ? marginUsd : 0
}

/** Fee that does not stop with the machine, USD/day. */
export function fixedHostingUsdPerDay(hosting: Hosting | null, machines: number, kw: number): number {
  if (hosting?.model !== 'flat') return 0
  return ((hosting.per === 'machine' ? machines : kw) * hosting.usdPerMonth) / DAYS_PER_MONTH
}

/** What hosting means for a machine: where its figures enter the decision changed, and where afterwards. */
export type HostTerms = {
  /** accepted hashrate counts by this factor: the host's share of revenue is hashing for the host */
  readonly acceptedFactor: number
  /** whether the fleet's other cost per kWh counts; where power comes with the host's invoice it does not */
  readonly hasOtherCost: boolean
  /** nameplate: the rated power in every hour in which the machine is on, whatever it draws, and nothing while it stands by */
  readonly billedBy: 'meter' | 'nameplate'
  /** the tenant's part of a cash margin above 0 and below, after clearing: it changes no order of machines */
  readonly ofProfit: number
  readonly ofLoss: number
}

/** null: no host. Shares are fractions, 0..1. */
export function hostTerms(hosting: Hosting | null): HostTerms {
  return {
    acceptedFactor: tenantRevenueShare(hosting),
    hasOtherCost: !includesEnergy(hosting),
    billedBy: hosting?.model === 'per-kwh' && hosting.basis === 'nameplate' ? 'nameplate' : 'meter',
    ofProfit: tenantMarginUsd(hosting, 1),
    ofLoss: -tenantMarginUsd(hosting, -1),
  }
}
