import { it } from 'vitest'
import { fleetFrom } from '#shared/domain/columns.ts'
import { decideWithContracts } from '#shared/domain/contract/decide-with-contracts.ts'
import { NO_CONTRACT } from '#shared/domain/contract/site-contract.ts'
import { siteResults } from '#shared/domain/contract/site-results.ts'
import { siteTerms } from '#shared/domain/contract/site-terms.ts'
import { prepareMargins } from '#shared/domain/fleet-margins.ts'
it('perf', () => {
  const outlook = { hashpriceUsdPerPhDay: 50, change: -0.03, daysToAdjustment: 6, horizonDays: 20, changeBelow: null }
  for (const [n, distinct] of [[100_000, 1], [100_000, 0]] as const) {
  const machines = Array.from({ length: n }, (_, i) => ({
    id: `m${i}`, model: '', site: 'North', status: 'running' as const, quantity: 1,
    hashrateThs: distinct ? 90 + ((i * 7919) % 100_003) / 1000 : 90 + (i % 20) * 5, powerW: 3000 + (i % 7) * 100, powerPriceUsdPerKwh: NaN, otherUsdPerKwh: NaN, overhead: NaN,
    uptime: 1, poolFee: 0, hostShare: 0, standbyW: 0, fixedUsdPerDay: 0, restartUsd: i % 3,
  }))
  const basis = prepareMargins(fleetFrom([{ name: 'North', powerPriceUsdPerKwh: 0.07, otherUsdPerKwh: 0, overhead: 0 }], machines))
  const hours = Float64Array.from({ length: 8760 }, (_, i) => 0.05 + 0.04 * Math.sin(i) + 0.02 * Math.sin(i / 7))
  for (const [name, contract] of [
    ['hourly', { ...NO_CONTRACT, market: { firstHourMs: 0, usdPerKwh: hours, adderUsdPerKwh: 0 } }],
    ['top', { ...NO_CONTRACT, takeOrPay: { committedKwhPerDay: 4_000_000, handBackUsdPerKwh: 0.01, committedUsdPerKwh: null } }],
    ['both', { ...NO_CONTRACT, market: { firstHourMs: 0, usdPerKwh: hours, adderUsdPerKwh: 0 }, takeOrPay: { committedKwhPerDay: 4_000_000, handBackUsdPerKwh: 0.01, committedUsdPerKwh: null } }],
  ] as const) {
    const t0 = performance.now()
    const contracts = { terms: [siteTerms('North', contract, outlook, Date.now())], policies: null }
    const d = decideWithContracts(basis, outlook, contracts)
    const t1 = performance.now()
    const r = siteResults(basis, d, outlook, contracts)[0]!
    process.stderr.write(`${distinct} ${name} ${(t1 - t0).toFixed(0)} + ${(performance.now() - t1).toFixed(0)} ms gap ${r.committed?.gapUsd} ${r.committed?.isProven} of ${r.valueUsd.advised} ${JSON.stringify(r.machines)}\n`)
  }}
}, 600_000)
