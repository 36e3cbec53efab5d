import fc from 'fast-check'
import type { Site } from '#shared/domain/fleet/columns.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { PLAIN_MACHINE } from '#shared/domain/fleet/fleet.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })
/** a value of its own, or the site's */
const ownOrNot = (min: number, max: number) => fc.oneof(between(min, max), fc.constant(NaN))

export const SITE_NAMES = ['North', 'South'] as const

/** Machines with all their figures. Shares stay below 1, so that something is earned. */
export const anyMachine: fc.Arbitrary<Machine> = fc
  .record({
    id: fc.constant('m'),
    model: fc.constantFrom('S19', 'S21', 'M60'),
    site: fc.constantFrom(...SITE_NAMES),
    status: fc.constantFrom('running', 'running', 'running', 'off', 'repair'),
    quantity: fc.integer({ min: 1, max: 5000 }),
    hashrateThs: between(0.5, 1000),
    powerW: between(1, 20_000),
    powerPriceUsdPerKwh: ownOrNot(0.001, 0.5),
    otherUsdPerKwh: ownOrNot(0, 0.05),
    overhead: ownOrNot(0, 0.5),
    uptime: between(0.01, 1),
    poolFee: between(0, 0.1),
    hostShare: between(0, 0.5),
    standbyW: between(0, 100),
    fixedUsdPerDay: between(0, 5),
    restartUsd: between(0, 50),
  })
  .map((given) => ({ ...PLAIN_MACHINE, ...given }))

export const anySites: fc.Arbitrary<readonly Site[]> = fc.tuple(
  ...SITE_NAMES.map((name) =>
    fc.record({
      name: fc.constant(name),
      powerPriceUsdPerKwh: between(0.001, 0.3),
      otherUsdPerKwh: between(0, 0.05),
      overhead: between(0, 0.5),
    }),
  ),
)

export const anyNetwork: fc.Arbitrary<NetworkConditions> = fc.record({
  height: fc.integer({ min: 0, max: 2_000_000 }),
  difficulty: between(1e12, 1e16),
  priceUsdPerBtc: between(1000, 1e6),
  feesBtcPerBlock: between(0, 5),
  epoch: fc.constant(null),
  previousAdjustments: fc.constant([]),
  atMs: fc.constant(null),
})
