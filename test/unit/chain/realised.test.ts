import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { networkHashrateHs } from '#shared/domain/chain/network.ts'
import { gammaQuantile, realisedHashrate } from '#shared/domain/chain/realised.ts'
import { realisedWords } from '#shared/format/realised-words.ts'

const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ')

describe('the hashrate that blocks realise', () => {
  it('is what the difficulty implies where blocks come every 600 s', () => {
    const seen = realisedHashrate(1.5e14, { blocks: 1000, seconds: 600_000 })!
    expect(seen.realisedHs).toBe(seen.impliedHs)
    expect(seen.impliedHs).toBe(networkHashrateHs(1.5e14))
  })

  it('is D · 2³² · n / Δt', () => {
    const { realisedHs } = realisedHashrate(1.5e14, { blocks: 144, seconds: 80_000 })!
    expect(realisedHs).toBeCloseTo((1.5e14 * 2 ** 32 * 144) / 80_000, -8)
  })

  it('has the range of a gamma distribution', () => {
    // χ² tables, halved: 2, 20 and 200 degrees of freedom
    expect(gammaQuantile(1, 0.025)).toBeCloseTo(0.02532, 5)
    expect(gammaQuantile(1, 0.975)).toBeCloseTo(3.68888, 5)
    expect(gammaQuantile(10, 0.025)).toBeCloseTo(9.591 / 2, 3)
    expect(gammaQuantile(10, 0.975)).toBeCloseTo(34.17 / 2, 3)
    expect(gammaQuantile(100, 0.025)).toBeCloseTo(162.728 / 2, 3)
    expect(gammaQuantile(100, 0.975)).toBeCloseTo(241.058 / 2, 3)
  })

  it('lies in its range, which narrows with every block', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 2015 }),
        fc.integer({ min: 1, max: 5_000_000 }),
        (blocks, seconds) => {
          const { realisedHs, range95Hs } = realisedHashrate(1e14, { blocks, seconds })!
          expect(range95Hs[0]).toBeLessThan(realisedHs)
          expect(range95Hs[1]).toBeGreaterThan(realisedHs)
          const fewer = realisedHashrate(1e14, { blocks: blocks - 1, seconds })!
          const width = (of: typeof fewer) => (of.range95Hs[1] - of.range95Hs[0]) / of.realisedHs
          expect(width({ realisedHs, range95Hs, impliedHs: 0 })).toBeLessThan(width(fewer))
        },
      ),
      { numRuns: 50 },
    )
  })

  it('is not known before the first interval', () => {
    expect(realisedHashrate(1e14, null)).toBeNull()
    expect(realisedHashrate(1e14, { blocks: 0, seconds: 100 })).toBeNull()
    expect(realisedHashrate(Number.NaN, { blocks: 10, seconds: 100 })).toBeNull()
  })

  it('is told beside what is implied, with whether chance explains the difference', () => {
    const words = (blocks: number, seconds: number) =>
      plain(realisedWords(realisedHashrate(1.5e14, { blocks, seconds })!, blocks))
    expect(words(1007, 612_345)).toBe(
      'The difficulty implies 1.07 ZH/s. The 1 007 blocks of this epoch realised 1.06 ZH/s, 1.3 % less; chance alone may be off by as much (95 %: 995 EH/s … 1.13 ZH/s).',
    )
    expect(words(1500, 800_000)).toContain('12.5 % more; more than chance alone explains')
    expect(words(1, 600)).toContain('The 1 block of this epoch realised 1.07 ZH/s, the same (95 %')
  })
})
