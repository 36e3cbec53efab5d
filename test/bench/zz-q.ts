import { prepareMargins } from '../../shared/domain/fleet-margins.ts'
import { decideFleet } from '../../shared/domain/decide.ts'
import { benchFleet } from '../../test/bench/fleets.ts'
import { quickest } from '../../tools/bench-row.ts'
const f = benchFleet(100000)
let b = prepareMargins(f); const o = { hashpriceUsdPerPhDay: 38, change: -0.04, daysToAdjustment: 5, horizonDays: 19, changeBelow: null }
const d = decideFleet(b, o)
const [p, q] = quickest([() => { b = prepareMargins(f, b) }, () => { decideFleet(b, o, d) }], 500)
console.log('prepare', (p!*10).toFixed(2), 'ns/row  decide', (q!*10).toFixed(2))
