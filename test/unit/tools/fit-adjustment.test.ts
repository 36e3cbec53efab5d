import { describe, expect, it } from 'vitest'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import { subsidyBtc } from '#shared/domain/chain/network.ts'
import { epochsOf, readDays } from '#tools/adjustment/epoch-history.ts'
import { maximise } from '#tools/adjustment/maximise.ts'
import { simulateEpochs } from '#tools/adjustment/simulated-epochs.ts'

const DAY = 86_400

/** A chain of 66 epochs with known block times, as the days that a public series would give of it. */
function inventedChain() {
  let state = 1
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  const times: number[] = [0]
  const difficulties: number[] = [1]
  for (let height = 1; height < 66 * 2016 + 500; height++) {
    const epoch = Math.floor(height / 2016)
    if (height % 2016 === 0) {
      const length = times[height - 1]! - times[height - 2016]!
      difficulties.push((difficulties[epoch - 1]! * 1_209_600) / length)
    }
    const hashrate = Math.exp(0.03 * (times[height - 1]! / 1_209_600))
    times.push(times[height - 1]! - Math.log(random()) * 600 * (difficulties[epoch]! / hashrate))
  }
  const days = new Map<number, { blocks: number; issued: number; difficulty: number }>()
  times.forEach((time, height) => {
    const day = Math.floor(time / DAY)
    const sum = days.get(day) ?? { blocks: 0, issued: 0, difficulty: 0 }
    // The first block of all is counted with the day before, as height 0 is no block after another.
    if (height > 0) {
      sum.blocks++
      sum.issued += subsidyBtc(height)
      sum.difficulty += difficulties[Math.floor(height / 2016)]!
    }
    days.set(day, sum)
  })
  const rows = [...days].map(([day, { blocks, issued, difficulty }], i) => {
    const date = new Date(day * DAY * 1000).toISOString().slice(0, 10)
    return `${date},${i < 500 ? blocks : ''},${issued},${difficulty / blocks}`
  })
  return { times, csv: ['date,blocks,issuance_btc,difficulty', ...rows].join('\n') }
}

describe('the history behind the fit', () => {
  const { times, csv } = inventedChain()
  const epochs = epochsOf(readDays(csv))

  it('finds the change of every epoch exactly', () => {
    expect(epochs).toHaveLength(6)
    epochs.forEach(({ change }, i) => {
      const length = times[(61 + i) * 2016 - 1]! - times[(60 + i) * 2016]!
      expect(change).toBeCloseTo(1_209_600 / length - 1, 9)
    })
  })

  it('knows at each midnight how many blocks there were, and the time since the first to within an hour', () => {
    epochs.forEach(({ sightings }, i) => {
      expect(sightings.length).toBeGreaterThan(10)
      for (const { epoch, secondsLeft, previousAdjustments } of sightings) {
        const first = times[(60 + i) * 2016]!
        const tip = times[(60 + i) * 2016 + epoch.blocks]!
        const next = times[(60 + i) * 2016 + epoch.blocks + 1]!
        expect(Math.floor(next / DAY)).toBeGreaterThan(Math.floor(tip / DAY))
        expect(Math.abs(epoch.seconds - (tip - first))).toBeLessThan(3600 + (next - tip))
        expect(epoch.seconds + secondsLeft).toBeCloseTo(times[(61 + i) * 2016 - 1]! - first, 3)
        expect(previousAdjustments).toHaveLength(12)
      }
    })
  })

  it('refuses heights that difficulty contradicts, and a series without its columns', () => {
    const lines = csv.split('\n')
    const broken = lines.map((line, i) =>
      i === 300 ? line.replace(/,(\d+),/, (_, n) => `,${Number(n) + 3},`) : line,
    )
    expect(() => epochsOf(readDays(broken.join('\n')))).toThrow('does not fit the heights')
    expect(() => readDays('date,price\n2020-01-01,1')).toThrow('no column "blocks"')
  })
})

describe('maximise', () => {
  it('finds the top of a hill', () => {
    const [x, y] = maximise(([a = 0, b = 0]) => -((a - 3) ** 2) - 10 * (b + 1 - a / 3) ** 2, [0, 0])
    expect(x).toBeCloseTo(3, 2)
    expect(y).toBeCloseTo(0, 2)
  })
})

describe('the estimate on an invented network', () => {
  const behaviour = {
    growthPerEpoch: 0.016,
    driftVariancePerEpoch: 0.0015,
    roughness: 0.8,
    shockProbability: 0.01,
    shockShare: 0.25,
  }
  const seen = simulateEpochs(behaviour, [0.1, 0.25, 0.5, 0.75], 400, 7)

  // Limits wider than the targets by two standard errors of 400 epochs.
  it.each([
    [10, 0, 0.8],
    [25, 1, 0.93],
    [50, 2, 1.02],
    [75, 3, 1.02],
  ])(
    'at %i % of the epoch beats the plain one, and its intervals hold as often as they say',
    (_, i, limit) => {
      const judged = seen[i]!.map(({ epoch, previousAdjustments, change }) => {
        const estimate = estimateAdjustment(epoch, previousAdjustments)
        const holds = ([lo, hi]: readonly [number, number]) => lo <= change && change <= hi
        return {
          ours: Math.abs(estimate.change - change),
          plain: Math.abs(estimate.plainChange! - change),
          in80: Number(holds(estimate.change80)),
          in95: Number(holds(estimate.change95)),
        }
      })
      const mean = (field: 'ours' | 'plain' | 'in80' | 'in95') =>
        judged.reduce((sum, row) => sum + row[field], 0) / judged.length
      expect(mean('ours') / mean('plain')).toBeLessThan(limit)
      expect(Math.abs(mean('in80') - 0.8)).toBeLessThan(0.06)
      expect(Math.abs(mean('in95') - 0.95)).toBeLessThan(0.04)
    },
  )
})
