import { describe, expect, it } from 'vitest'
import type { Outlook } from '#shared/domain/decision/decide.ts'
import {
  decideFleet,
  optionValuesUsd,
  runningMarginsUsdPerDay,
  verdictProbability,
  VERDICTS,
} from '#shared/domain/decision/decide.ts'
import { machineFigures } from '#shared/domain/margins/fleet-margins.ts'
import {
  hashpriceAfterChange,
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

  it('decision', () => {
    const { change, daysToAdjustment, horizonDays } = inputsOf('decision')
    // asked for its probability, the verdict asks back for the change at which it turns
    let turningChange = NaN
    const outlook: Outlook = {
      hashpriceUsdPerPhDay: hashprice,
      change: change!,
      daysToAdjustment: daysToAdjustment!,
      horizonDays: horizonDays!,
      changeBelow: (asked) => {
        turningChange = asked
        return 0.5
      },
    }
    const decisions = decideFleet(basis, outlook)
    const values = optionValuesUsd(basis, outlook, 0)
    const margins = runningMarginsUsdPerDay(basis, outlook, 0)
    expect(VERDICTS[decisions.verdict[0]!]).toBe('pause')
    expect(verdictProbability(basis, decisions, outlook, 0)).toBe(0.5)
    expectResults(exampleOn(PAGE, 'decision'), {
      hashpriceAfterUsdPerPhDay: hashpriceAfterChange(hashprice, outlook.change),
      marginNowUsdPerDay: margins.now,
      marginAfterUsdPerDay: margins.after,
      valueRunUsd: values.run,
      valuePauseUsd: values.pause,
      valueOffUsd: values.off,
      gainUsd: decisions.gainUsd[0]!,
      turningChange,
    })
  })
})
