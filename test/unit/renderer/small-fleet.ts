import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Fleet, Machine } from '#shared/domain/fleet/fleet.ts'
import { PLAIN_MACHINE } from '#shared/domain/fleet/fleet.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'

const MACHINE: Machine = {
  ...PLAIN_MACHINE,
  model: 'Antminer S21 200T',
  site: 'North',
  hashrateThs: 200,
  powerW: 3500,
}

/** Two sites; break-even hashprice of a machine is 24 × J/TH × price: at North (0.05) 1.2 × J/TH, at Harbor (0.08) 1.92 ×. */
export function smallFleet(machines: readonly Partial<Machine>[]): Fleet {
  return fleetFrom(
    [
      { name: 'North', powerPriceUsdPerKwh: 0.05, otherUsdPerKwh: 0, overhead: 0 },
      { name: 'Harbor', powerPriceUsdPerKwh: 0.08, otherUsdPerKwh: 0, overhead: 0 },
    ],
    machines.map((machine, i) => ({ ...MACHINE, id: `m-${i + 1}`, ...machine })),
  )
}

/** Hashprice about 34.5 USD/PH/s/day; three quarters into an epoch that runs slow, so difficulty falls. */
export const NETWORK: NetworkConditions = {
  height: 925_100,
  difficulty: 162.05e12,
  priceUsdPerBtc: 88_300,
  feesBtcPerBlock: 0.0201,
  epoch: { blocks: 1500, seconds: 1500 * 632 },
  previousAdjustments: [0.012],
  atMs: Date.UTC(2025, 10, 22, 12),
}
