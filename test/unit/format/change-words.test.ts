import { describe, expect, it } from 'vitest'
import { marketOf } from '#shared/domain/decision/market.ts'
import { aheadWords } from '#shared/format/change-words.ts'
import { US_DOLLARS } from '#shared/format/money.ts'
import { NETWORK } from '../renderer/small-fleet.ts'

const plain = (text: string) => text.replaceAll('\u202f', ' ')
const market = (given: Partial<typeof NETWORK> = {}) =>
  marketOf({ ...NETWORK, ...given }, { change: null, horizonDays: null }, NETWORK.atMs)
const words = (after: ReturnType<typeof market> | null, changed: number | null, machines = 3058) =>
  plain(aheadWords(US_DOLLARS, { before: market(), after }, { changed, machines }))

describe('what a value would change', () => {
  it('names the figures that move and the machines whose advice does', () => {
    expect(words(market({ priceUsdPerBtc: 100_000 }), 12)).toBe(
      'Hashprice $34.47 → $39.04 per PH/s a day; 12 of 3 058 machines would change their advice.',
    )
    expect(words(market({ epoch: { blocks: 1500, seconds: 1500 * 600 } }), 1)).toMatch(
      /^Next adjustment −\d\.\d % → [+−]\d\.\d %; 1 of 3 058 machines would change its advice\.$/,
    )
  })

  it('says so where nothing does', () => {
    expect(words(market(), 0)).toBe('No machine would change its advice.')
    expect(words(market(), null)).toBe('There is no advice yet that it could change.')
    expect(words(market(), 0, 0)).toBe('There are no machines that it could change.')
    expect(words(null, null)).toMatch(/^Hashprice \$34\.47 → – per PH\/s a day; next adjustment/)
  })
})
