import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readFleetFile } from '#electron/files/fleet/read-fleet.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { models } from './catalogue-models.ts'

const file = await readFleetFile(
  fileURLToPath(new URL('../../../assets/sample-fleet.csv', import.meta.url)),
  { models },
)
const { machines, sites } = file.fleet

it('the sample fleet is complete: about 300 machines over three sites, nothing missing', () => {
  expect(file.faults).toEqual([])
  expect([file.withoutFigures, file.withoutPowerPrice]).toEqual([0, 0])
  const total = machines.quantity.reduce((sum, quantity) => sum + quantity, 0)
  expect(total).toBeGreaterThanOrEqual(280)
  expect(total).toBeLessThanOrEqual(330)
  expect(sites.name).toEqual(['North', 'Harbor', 'Ridge'])
  expect(new Set(machines.status)).toEqual(new Set([0, 1, 2]))
})

it('every machine of a site pays the same for its energy', () => {
  for (const column of [machines.powerPriceUsdPerKwh, machines.otherUsdPerKwh, machines.overhead]) {
    const pairs = new Set(Array.from(column, (value, row) => `${machines.site[row]!} ${value}`))
    expect(pairs.size).toBe(sites.length)
  }
})

it('has machines that run, that turn, and that are under water at a hashprice of 34 to 45 USD/PH/day', () => {
  const breakeven = prepareMargins(file.fleet).breakevenHashpriceUsdPerPhDay
  const count = (least: number, most: number) =>
    breakeven.reduce(
      (sum, value, row) => sum + (value >= least && value < most ? machines.quantity[row]! : 0),
      0,
    )
  expect(count(-Infinity, 34)).toBeGreaterThan(60)
  expect(count(34, 45)).toBeGreaterThan(100)
  expect(count(45, Infinity)).toBeGreaterThan(30)
})
