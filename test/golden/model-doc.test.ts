import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Outlook } from '#shared/domain/decide.ts'
import { decideFleet, optionValuesUsd, verdictProbability, VERDICTS } from '#shared/domain/decide.ts'
import { machineFigures } from '#shared/domain/fleet-margins.ts'
import {
  hashpriceAfterChange,
  hashpriceBtcPerPhDay,
  hashpriceUsdPerPhDay,
  networkHashrateHs,
  subsidyBtc,
} from '#shared/domain/network.ts'
import { fleetTotals } from '#shared/domain/totals.ts'
import { basisOf, machine, network } from '../unit/domain/machines.ts'

const page = readFileSync(new URL('../../docs/model.md', import.meta.url), 'utf8')

/** The tables under "### Example: <name>": what each says of a name, as it is written. */
function example(name: string): {
  readonly input: Map<string, string>
  readonly result: Map<string, string>
} {
  const start = page.indexOf(`### Example: ${name}\n`)
  if (start < 0) throw new Error(`docs/model.md has no example ${name}`)
  const tables = { input: new Map<string, string>(), result: new Map<string, string>() }
  let table = tables.input
  for (const line of page.slice(start).split('\n').slice(1)) {
    if (line.startsWith('#')) break
    const [first, value] = line
      .split('|')
      .slice(1, 3)
      .map((cell) => cell.trim())
    if (first === 'input') table = tables.input
    else if (first === 'result') table = tables.result
    else if (first?.startsWith('`')) table.set(first.replaceAll('`', ''), value!)
  }
  return tables
}

function inputsOf(name: string): Readonly<Record<string, number>> {
  return Object.fromEntries([...example(name).input].map(([input, value]) => [input, Number(value)]))
}

/** Every result on the page is what the engine gives, to half a unit of its last digit. */
function expectResults(name: string, actual: Readonly<Record<string, number>>): void {
  const { result } = example(name)
  expect(result.size).toBeGreaterThan(0)
  for (const [figure, written] of result) {
    const [digits, exponent] = written.split('e')
    const decimals = digits!.split('.')[1]?.length ?? 0
    const halfUnit = 0.5 * 10 ** (Number(exponent ?? 0) - decimals)
    const given = actual[figure]
    expect(given, figure).toBeDefined()
    // the last digit itself is a binary fraction: a billionth of slack
    expect(
      Math.abs(given! - Number(written)),
      `${figure}: ${given!}, on the page ${written}`,
    ).toBeLessThanOrEqual(halfUnit * (1 + 1e-9))
  }
}

describe('the worked examples of docs/model.md', () => {
  const conditions = network(inputsOf('network'))
  const basis = basisOf([machine(inputsOf('lot'))])
  const hashprice = hashpriceUsdPerPhDay(conditions)

  it('network', () => {
    expectResults('network', {
      subsidyBtc: subsidyBtc(conditions.height),
      networkHashrateEhs: networkHashrateHs(conditions.difficulty) / 1e18,
      hashpriceBtcPerPhDay: hashpriceBtcPerPhDay(conditions),
      hashpriceUsdPerPhDay: hashprice,
    })
  })

  it('lot', () => {
    expectResults('lot', machineFigures(basis, 0, conditions))
  })

  it('fleet', () => {
    expectResults('fleet', fleetTotals(basis, conditions))
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
    expect(VERDICTS[decisions.verdict[0]!]).toBe('pause')
    expect(verdictProbability(basis, decisions, outlook, 0)).toBe(0.5)
    expectResults('decision', {
      hashpriceAfterUsdPerPhDay: hashpriceAfterChange(hashprice, outlook.change),
      marginNowUsdPerDay: decisions.marginNowUsdPerDay[0]!,
      marginAfterUsdPerDay: decisions.marginAfterUsdPerDay[0]!,
      valueRunUsd: values.run,
      valuePauseUsd: values.pause,
      valueOffUsd: values.off,
      gainUsd: decisions.gainUsd[0]!,
      turningChange,
    })
  })
})
