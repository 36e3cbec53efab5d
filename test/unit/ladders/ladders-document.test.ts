import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadLadders } from '#electron/files/ladders/shipped.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { cutOffTable, cutOffUsdPerKwh, stepHashcostUsdPerPhDay } from '#shared/domain/ladders/cut-offs.ts'
import { bestUnderLimits } from '#shared/domain/decision/clearing/best-under-limits.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { aDay } from '../decision/one-day.ts'
import { marginAtPointUsdPerDay, offPoint, termsOfRow } from '#shared/domain/ladders/point.ts'
import { ASSETS_FOLDER } from '../store/stores.ts'
import { machine, site } from '../machines.ts'

const text = readFileSync(fileURLToPath(new URL('../../../docs/profiles.md', import.meta.url)), 'utf8')

/** Cells of the table whose header begins with these titles. */
function tableOf(...titles: readonly string[]): readonly (readonly string[])[] {
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
  const lines = text.split('\n')
  const head = lines.findIndex((line) => titles.every((title, i) => cells(line)[i] === title))
  const end = lines.findIndex((line, i) => i > head && !line.startsWith('|'))
  return lines.slice(head + 2, end).map(cells)
}

/** The number that stands between two texts of the page. */
function numberIn(before: string, after: string): number {
  const flat = text.replace(/\s+/g, ' ')
  const from = flat.indexOf(before) + before.length
  expect(from).toBeGreaterThan(before.length)
  return Number(flat.slice(from, flat.indexOf(after, from)))
}

const pointsOf = (rows: readonly (readonly string[])[]) =>
  rows.map(([name, ths, watts]) => ({ name: name!, hashrateThs: Number(ths), powerW: Number(watts) }))
const free = termsOfRow(fleetFrom([site({ powerPriceUsdPerKwh: 0.075 })], [machine()]), 0)

describe('docs/profiles.md', () => {
  it('has the cut-offs of the Avalon Q', () => {
    const rows = tableOf('mode', 'TH/s')
    const orePerPhDay = (3.14 * 956_000 * 144 * 1000 * 100) / 1.02e9
    const table = cutOffTable(pointsOf(rows), free, orePerPhDay)
    expect(rows.map(([, , , average, step]) => [average, step])).toEqual(
      table.map((row) => [row.averageUsdPerKwh.toFixed(1), row.cutOffUsdPerKwh.toFixed(1)]),
    )
  })

  it('has the hashcosts of the S19j Pro', () => {
    const rows = tableOf('point', 'TH/s')
    const points = pointsOf(rows)
    const cost = (from: Parameters<typeof stepHashcostUsdPerPhDay>[0], i: number) =>
      (stepHashcostUsdPerPhDay(from, points[i]!, free) / 1000).toFixed(4)
    const hull = cutOffTable(points, free, 50)
    expect(rows.map((row) => row.slice(3))).toEqual(
      points.map((_, i) => [
        cost(offPoint(free), i),
        i === 0 ? '' : cost(points[0]!, i),
        hull[i]!.onHull ? 'yes' : 'no',
      ]),
    )
  })

  it('works the example that it shows', () => {
    const eco = { name: 'eco', hashrateThs: 80, powerW: 2000 }
    const normal = { name: 'normal', hashrateThs: 100, powerW: 2900 }
    const ladder = { model: 'A', firmware: '', source: '', points: [eco, normal] }
    const fleet = fleetFrom(
      [site({ powerPriceUsdPerKwh: 0.06 })],
      [machine({ quantity: 2, powerW: 2900 }), machine({ id: 'c', hashrateThs: 200, powerW: 3500 })],
    )
    const terms = termsOfRow(fleet, 0)
    const inputs = {
      ...PLAIN_CASE,
      ladders: { ...PLAIN_CASE.ladders, ofLots: [{ machineKey: fleet.machines.key[0]!, ladder }] },
    }
    const margins = tableOf('machine', 'points').map((row) => row[2])
    const margin = (point: Parameters<typeof marginAtPointUsdPerDay>[0]) =>
      marginAtPointUsdPerDay(point, terms, 50).toFixed(3)
    expect(margins).toEqual([`${margin(eco)}, ${margin(normal)}`, margin({ hashrateThs: 200, powerW: 3500 })])
    expect(cutOffUsdPerKwh(eco, normal, terms, 50).toFixed(4)).toBe(
      numberIn('50 · 20 / (24 · 900) = ', ' USD/kWh').toFixed(4),
    )
    const capped = bestUnderLimits(fleet, inputs, aDay(50), null, { capKw: 7, floorKw: null })
    expect(capped.marginUsdPerDay).toBeCloseTo(numberIn('others: the margin is ', ' USD/day'), 3)
    expect(capped.powerKw).toBeCloseTo(numberIn('6.080 USD/day with ', ' kW'), 9)
    expect(capped.relaxedMarginUsdPerDay).toBeCloseTo(numberIn('other one as well: ', '. A kW'), 3)
    expect(capped.limitValueUsdPerKwDay).toBeCloseTo(numberIn('A kW more is worth ', ' USD a day'), 3)
    const held = bestUnderLimits(fleet, inputs, aDay(50), null, { capKw: 7, floorKw: 6 })
    expect(held.marginUsdPerDay).toBeCloseTo(numberIn('go to normal: ', ' USD/day'), 3)
    expect(held.powerKw).toBeCloseTo(numberIn('5.784 USD/day with ', ' kW'), 9)
  })

  it('lists the ladders that ship', async () => {
    const shipped = await loadLadders(ASSETS_FOLDER)
    expect(tableOf('model', 'firmware').map((row) => row.slice(0, 3))).toEqual(
      shipped.map(({ model, firmware, points }) => [model, firmware || '–', String(points.length)]),
    )
  })
})
