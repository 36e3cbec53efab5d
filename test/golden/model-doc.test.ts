import { describe, it } from 'vitest'
import { machineFigures } from '#shared/domain/margins/fleet-margins.ts'
import {
  hashpriceBtcPerPhDay,
  hashpriceUsdPerPhDay,
  networkHashrateHs,
  subsidyBtc,
} from '#shared/domain/chain/network.ts'
import { fleetTotals } from '#shared/domain/margins/totals.ts'
import { basisOf, machine, network } from '../unit/machines.ts'
import { exampleOn, expectResults } from './page-example.ts'

const PAGE = 'model.md'

function inputsOf(name: string): Readonly<Record<string, number>> {
  return Object.fromEntries([...exampleOn(PAGE, name).input].map(([input, value]) => [input, Number(value)]))
}

describe('the worked examples of docs/model.md', () => {
  const conditions = network(inputsOf('network'))
  const basis = basisOf([machine(inputsOf('lot'))])
  const hashprice = hashpriceUsdPerPhDay(conditions)

  it('network', () => {
    expectResults(exampleOn(PAGE, 'network'), {
      subsidyBtc: subsidyBtc(conditions.height),
      networkHashrateEhs: networkHashrateHs(conditions.difficulty) / 1e18,
      hashpriceBtcPerPhDay: hashpriceBtcPerPhDay(conditions),
      hashpriceUsdPerPhDay: hashprice,
    })
  })

  it('lot', () => {
    expectResults(exampleOn(PAGE, 'lot'), machineFigures(basis, 0, conditions))
  })

  it('fleet', () => {
    expectResults(exampleOn(PAGE, 'fleet'), fleetTotals(basis, conditions))
  })
})
