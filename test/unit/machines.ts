import type { Site } from '#shared/domain/fleet/columns.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { PLAIN_MACHINE } from '#shared/domain/fleet/fleet.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { plainCash } from '#shared/domain/decision/fleet-cash.ts'
import { NO_HOSTS } from '#shared/domain/money/cost-bridge.ts'
import type { EarningFleet } from '#shared/domain/money/returns.ts'
import type { SimulatedFleet } from '#shared/domain/ahead/simulate/simulate.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'

/** A site that adds nothing of its own: 0.06 USD/kWh, no other cost, no overhead. */
export function site(given: Partial<Site> = {}): Site {
  return { name: 'North', powerPriceUsdPerKwh: 0.06, otherUsdPerKwh: 0, overhead: 0, ...given }
}

/** One machine of 100 TH/s and 3 000 W that takes every price from its site and loses nothing on the way. */
export function machine(given: Partial<Machine> = {}): Machine {
  return {
    ...PLAIN_MACHINE,
    id: 'm',
    model: 'S19',
    site: 'North',
    hashrateThs: 100,
    powerW: 3000,
    ...given,
  }
}

/** Basis of machines at one or more sites. */
export function basisOf(machines: readonly Machine[], sites: readonly Site[] = [site()]): MarginBasis {
  return prepareMargins(fleetFrom(sites, machines))
}

/** A network near block 925 000 that pays 34.5 USD/PH/s/day or so. */
export function network(given: Partial<NetworkConditions> = {}): NetworkConditions {
  return {
    height: 925_000,
    difficulty: 1.6e14,
    priceUsdPerBtc: 88_000,
    feesBtcPerBlock: 0.02,
    epoch: null,
    previousAdjustments: [],
    atMs: null,
    ...given,
  }
}

/** A fleet without contracts, with its cash as a function of hashprice. */
export function withCash(basis: MarginBasis): SimulatedFleet & MarginBasis {
  return { ...basis, cash: [{ fromDay: 0, ...plainCash(basis) }] }
}

/** The same as an investment. */
export function earning(basis: MarginBasis): EarningFleet {
  return { basis, cash: withCash(basis).cash, hosts: NO_HOSTS }
}
