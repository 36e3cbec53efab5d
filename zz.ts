import { readDailySeries } from '#electron/files/series/read-daily.ts'
import { backtest } from '#shared/domain/backtest/backtest.ts'
import { daysPast } from '#shared/domain/backtest/period.ts'
import { NO_LIMITS, PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { machine, site } from './test/unit/machines.ts'
import { flatPast } from './test/unit/backtest/pasts.ts'
const series = await readDailySeries('/work/shared/data/btc-daily.csv', Date.now(), { bounded: true } as never)
const fleetOf = (prices: number[], restart: number, h = 13.5, w = 1323) => fleetFrom([site()], prices.map((p, i) => machine({ id: `m${i}`, quantity: 100, hashrateThs: h, powerW: w, standbyW: 10, uptime: .97, poolFee: .02, powerPriceUsdPerKwh: p, restartUsd: restart })))
const run = (label: string, fleet: ReturnType<typeof fleetOf>, period: { fromDay: string; toDay: string }, limits = {}) => {
  const past = daysPast(series, { height: new Float64Array(), atMs: new Float64Array() }, period)
  const r = backtest({ fleet, inputs: { ...PLAIN_CASE, limits: { ...NO_LIMITS, ...limits } }, heldAtMs: Date.now(), horizonDays: null, past, ...period })
  const f = (w: 'advice' | 'alwaysOn' | 'averageRule' | 'hindsight') => `${Math.round(r.total[w].cashUsd)} (${Math.round(r.total[w].restartsUsd)}/${r.total[w].starts})`
  console.log(label.padEnd(44), f('advice').padEnd(22), f('alwaysOn').padEnd(18), f('averageRule').padEnd(22), f('hindsight').padEnd(22), (100 * r.reachedShare).toFixed(1))
}
console.log(backtest({ fleet: fleetFrom([site()], [machine({ quantity: 10, powerPriceUsdPerKwh: 0.05, restartUsd: 2 })]), inputs: PLAIN_CASE, heldAtMs: 0, horizonDays: null, past: flatPast('2022-01-31', [50, 50, 30, 30, 50, 50]), fromDay: '2022-02-01', toDay: '2022-02-05' }).total.advice)
const P = { fromDay: '2018-01-01', toDay: '2020-12-31' }
const prices = [0.03, 0.035, 0.04, 0.045, 0.05, 0.055, 0.06, 0.065, 0.07]
for (const r of [0, 2, 5, 10, 20, 50]) run(`S9 0.03-0.07, restart ${r}`, fleetOf(prices, r), P)
for (const n of [1, 7, 30]) run(`restart 5, review ${n}`, fleetOf(prices, 5), P, { reviewDays: n })
for (const v of [0, 0.3, 0.77, 1.5]) run(`restart 5, sigma ${v}`, fleetOf(prices, 5), P, { volatilityPerYear: v })
for (const v of [0, 0.3, 0.77, 1.5]) run(`restart 20, sigma ${v}`, fleetOf(prices, 20), P, { volatilityPerYear: v })
for (const p of prices) run(`price ${p}, restart 5`, fleetOf([p], 5), P)
for (const y of ['2015', '2016', '2017', '2018', '2019', '2020']) run(`${y} S9 0.04-0.07 r 5`, fleetOf([0.04, .05, .06, .07], 5), { fromDay: `${y}-01-01`, toDay: `${y}-12-31` })
run('S7-class 2015-2016 0.03-0.09 r 5', fleetOf([0.03, 0.05, .07, .09], 5, 4.7, 1293), { fromDay: '2015-06-01', toDay: '2016-12-31' })
