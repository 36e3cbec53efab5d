import type { RealisedHashrate } from '../domain/chain/realised.ts'
import { counted, percent } from './numbers.ts'
import { hashrate } from './units.ts'

/**
 * What the difficulty implies beside what blocks have realised: `The difficulty implies 1.10 ZH/s. The 1 007 blocks of this epoch
 * realised 1.14 ZH/s, 3.7 % more; chance alone may be off by as much (95 %: 1.07 … 1.21 ZH/s).`
 */
export function realisedWords(
  { impliedHs, realisedHs, range95Hs: [low, high] }: RealisedHashrate,
  blocks: number,
): string {
  const share = realisedHs / impliedHs - 1
  const apart = percent(Math.abs(share))
  const isSame = apart === percent(0)
  const than = isSame ? 'the same' : `${apart} ${share > 0 ? 'more' : 'less'}`
  const isChance = low <= impliedHs && impliedHs <= high
  const chance = isSame
    ? ''
    : isChance
      ? '; chance alone may be off by as much'
      : '; more than chance alone explains'
  return (
    `The difficulty implies ${hashrate(impliedHs)}. The ${counted(blocks, 'block')} of this epoch realised ` +
    `${hashrate(realisedHs)}, ${than}${chance} (95 %: ${hashrate(low)} … ${hashrate(high)}).`
  )
}
