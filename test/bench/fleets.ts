import { float64Columns } from '#shared/domain/fleet/columns.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import {
  each,
  LABEL_NAMES,
  NUMBER_NAMES,
  FIGURE_SOURCE_NAMES,
  TEXT_NAMES,
} from '#shared/domain/fleet/fields.ts'
import { ENTERED } from '#shared/domain/fleet/provenance.ts'

/** Random numbers from 0 to 1 that are the same in every run. */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/**
 * A fleet as the database gives it: rows in no order that helps, twenty sites, every tenth machine with a power
 * price of its own, every twentieth off or in repair, every fiftieth without a figure.
 */
export function benchFleet(length: number): Fleet {
  const random = numbersFrom(7)
  const sites = 20
  const fill = (column: Float64Array, value: () => number) => {
    for (let i = 0; i < length; i++) column[i] = value()
  }
  const columns = float64Columns(length, ['key', ...NUMBER_NAMES])
  fill(columns.quantity, () => 1 + Math.floor(random() * 10))
  fill(columns.hashrateThs, () => 80 + random() * 200)
  fill(columns.powerW, () => (random() < 0.02 ? NaN : 2500 + random() * 2000))
  fill(columns.powerPriceUsdPerKwh, () => (random() < 0.1 ? 0.04 + random() * 0.03 : NaN))
  fill(columns.otherUsdPerKwh, () => NaN)
  fill(columns.overhead, () => NaN)
  fill(columns.uptime, () => 0.95 + random() * 0.05)
  fill(columns.poolFee, () => 0.02)
  fill(columns.hostShare, () => 0)
  fill(columns.standbyW, () => 20)
  fill(columns.fixedUsdPerDay, () => 0.3)
  fill(columns.restartUsd, () => 0.5)
  const perSite = (value: () => number) => Float64Array.from({ length: sites }, value)
  return {
    machines: {
      ...columns,
      length,
      ...each(TEXT_NAMES, () => ({ bytes: new Uint8Array(0), offsets: new Uint32Array(length + 1) })),
      ...each(LABEL_NAMES, () => ({ labels: [''], codes: new Uint32Array(length) })),
      model: {
        labels: Array.from({ length: 100 }, (_, i) => `model ${i}`),
        codes: Uint32Array.from({ length }, () => Math.floor(random() * 100)),
      },
      site: Uint32Array.from({ length }, () => Math.floor(random() * sites)),
      status: Uint8Array.from({ length }, () => (random() < 0.05 ? 1 : 0)),
      ...each(FIGURE_SOURCE_NAMES, () => new Uint8Array(length).fill(ENTERED)),
    },
    sites: {
      length: sites,
      key: Float64Array.from({ length: sites }, (_, i) => i),
      name: Array.from({ length: sites }, (_, i) => `site ${i}`),
      powerPriceUsdPerKwh: perSite(() => 0.035 + random() * 0.04),
      otherUsdPerKwh: perSite(() => random() * 0.005),
      overhead: perSite(() => random() * 0.1),
    },
  }
}

const CSV_HEADER =
  'id,model,quantity,hashrate_ths,power_w,site,power_price_usd_kwh,other_usd_kwh,overhead,uptime,pool_fee,host_share,standby_w,fixed_usd_day,restart_usd,status'

function csvRow(_: unknown, i: number): string {
  const hashrateThs = (90 + (i % 97) * 1.1).toFixed(1)
  const powerW = (3000 + (i % 101) * 7.3).toFixed(1)
  const price = (0.05 + (i % 20) * 0.0005 + (i % 10 === 0 ? 0.001 : 0)).toFixed(4)
  return `rig-${i},Model ${i % 50},${1 + (i % 4)},${hashrateThs},${powerW},Site ${i % 20},${price},0.002,0.03,0.98,0.01,0,${i % 5},0.3,0.5,running`
}

/** A fleet.csv of so many rows at twenty sites, every tenth machine with a power price of its own. */
export function fleetCsv(rows: number): string {
  return `${CSV_HEADER}\n${Array.from({ length: rows }, csvRow).join('\n')}\n`
}
