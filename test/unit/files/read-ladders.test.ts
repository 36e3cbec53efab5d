import { describe, expect, it } from 'vitest'
import { readLadderText } from '#electron/files/ladders/read-ladders.ts'
import { loadLadders } from '#electron/files/ladders/shipped.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { ladderMatcher } from '#shared/domain/ladders/ladder-match.ts'
import type { Ladder } from '#shared/domain/ladders/point.ts'
import { ladderFault } from '#shared/domain/ladders/point.ts'
import { ASSETS_FOLDER } from '../store/stores.ts'
import { models } from './catalogue-models.ts'

const read = (text: string) => readLadderText(Buffer.from(text), 'profiles.csv').ladders

function refusal(text: string): string {
  try {
    read(text)
  } catch (error) {
    if (error instanceof StrikelineError) return error.message
    throw error
  }
  throw new Error('it was accepted')
}

const HEADER = 'model,profile,hashrate_ths,power_w\n'

describe('a profiles.csv', () => {
  it('is ladders by model and firmware, wherever their rows stand', () => {
    const text = [
      'manufacturer,Model,firmware,profile,hashrate_ths,power_w,source,remark',
      'Bitmain,S19,A,"low, quiet",80,2000,a page,x',
      '',
      'Bitmain,S21,A,eco,150,2400,,',
      'Bitmain,s19,a,high,100,3000,,',
      'Bitmain,S21,A,full,200,3500,,',
      'Bitmain,S19,B,low,81,2100,,',
      'Bitmain,S19,B,high,99,3000,,',
    ].join('\r\n')
    expect(read(text)).toEqual([
      {
        model: 'S19',
        firmware: 'A',
        source: 'a page',
        points: [
          { name: 'low, quiet', hashrateThs: 80, powerW: 2000 },
          { name: 'high', hashrateThs: 100, powerW: 3000 },
        ],
      },
      expect.objectContaining({ model: 'S21', firmware: 'A' }),
      expect.objectContaining({ model: 'S19', firmware: 'B' }),
    ])
  })

  it('may have semicolons with decimal commas, and a byte order mark', () => {
    const [ladder] = read('\uFEFFpower_w;hashrate_ths;profile;model\n2000,5;80,25;low;X\n3000;100;high;X\n')
    expect(ladder!.points[0]).toEqual({ name: 'low', hashrateThs: 80.25, powerW: 2000.5 })
  })

  it.each([
    ['X,only,80,2000\n', 'row 2, column profile: X: one point is no choice: give two profiles or more'],
    ['X,a,80,2000\nX,b,100,1900\n', 'row 3, column power_w: X: 1900 W does not follow 2000 W of a'],
    ['X,a,80,2000\nX,b,100,2000\n', 'row 3, column power_w: X: 2000 W does not follow 2000 W of a'],
    ['X,a,80,2000\nX,b,70,2500\n', 'row 3, column hashrate_ths: X: 70 TH/s at 2500 W is not above 80 TH/s'],
    ['X,a,80,2000\nX,a,90,2500\n', 'row 3, column profile: X: the profile a stands twice'],
    ['X,a,80,2000\n\nX,,90,2500\n', 'row 4, column profile: X: the profile has no name'],
    ['X,a,-80,2000\nX,b,90,2500\n', 'row 2, column hashrate_ths: -80 is negative; it must be above 0'],
    ['X,a,80,0\nX,b,90,2500\n', 'row 2, column power_w: is 0; off is a choice without a profile of its own'],
    ['X,a,80,2 TH\nX,b,90,2500\n', "row 2, column power_w: '2 TH' says 'TH', which is no unit of it"],
    ['X,a,80,NaN\nX,b,90,2500\n', "row 2, column power_w: 'NaN' is not a number"],
    ['X,a,,2000\nX,b,90,2500\n', 'row 2, column hashrate_ths: the value is missing'],
    ['X,a,80,2e9\nX,b,90,2500\n', 'row 2, column power_w: 2e9 is above 1000000'],
    [',a,80,2000\n', 'row 2, column model: the value is missing'],
    ['X,a,80\n', 'row 2: has 3 cells where the header has 4'],
  ])('%j is refused: %s', (rows, message) => {
    expect(refusal(HEADER + rows)).toContain(`profiles.csv, ${message}`)
  })

  it.each([
    ['model,profile,hashrate_ths\nX,a,80\n', 'row 1, column power_w: the column is missing'],
    ['model,model,profile,hashrate_ths,power_w\n', 'row 1, column model: stands twice in the header'],
    ['', 'there is no profile in it'],
    [HEADER, 'there is no profile in it'],
    [HEADER + '"X,a,80,2000\n', 'the quotation mark that opens a cell here is never closed'],
  ])('%j is refused: %s', (text, message) => {
    expect(refusal(text)).toContain(message)
  })
})

describe('the ladder of a model', () => {
  const ladder = (model: string, firmware = ''): Ladder => ({ model, firmware, source: '', points: [] })
  const ladders = [
    ladder('Antminer S19j Pro', 'A'),
    ladder('Antminer S19j Pro', 'B'),
    ladder('Antminer S19j Pro (96T)'),
    ladder('My own machine'),
  ]
  const match = ladderMatcher(models, ladders)

  it.each([
    ['Antminer S19j Pro 104T', NaN, [0, 1]],
    ['s19j pro', 104, [0, 1]],
    ['s19j pro', 96, [2]],
    ['Bitmain Antminer S19j Pro 96TH/s', NaN, [2]],
    ['my own  MACHINE', NaN, [3]],
    ['Antminer S19j Pro', NaN, [0, 1]],
    ['Antminer S19j Pro+ 120T', NaN, []],
    ['Antminer S19 Pro 110T', NaN, []],
    ['', NaN, []],
  ])('%j at %d TH/s has those of %j', (model, hashrateThs, expected) => {
    expect(match(model, hashrateThs)).toEqual(expected.map((i) => ladders[i]))
  })
})

describe('the ladders that ship', async () => {
  const shipped = await loadLadders(ASSETS_FOLDER)

  it('are ladders with a source and a quality, each found by its own name', () => {
    const match = ladderMatcher(models, shipped)
    expect(shipped.length).toBeGreaterThanOrEqual(10)
    for (const each of shipped) {
      expect(ladderFault(each.points)).toBeNull()
      expect(each.source).not.toBe('')
      expect(['measured', 'firmware', 'maker', 'vendor']).toContain(each.quality)
      expect(match(each.model, NaN)).toContain(each)
    }
  })

  it('bend: the last step costs more energy per hash than the first', () => {
    for (const { points } of shipped) {
      const [first, last] = [points[0]!, points.at(-1)!]
      const best = Math.min(...points.map(({ powerW, hashrateThs }) => powerW / hashrateThs))
      expect(last.powerW / last.hashrateThs).toBeGreaterThan(best * 1.02)
      expect(last.powerW).toBeGreaterThan(first.powerW)
    }
  })
})
