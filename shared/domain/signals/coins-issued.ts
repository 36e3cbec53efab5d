import { subsidyBtc } from '../chain/network.ts'

const BLOCKS_PER_HALVING = 210_000

/**
 * Coins that the first `blocks` blocks have paid as subsidy, BTC: 50 BTC a block, halved every 210 000 blocks. A part of a block
 * counts by its share. Coins that nobody can spend (those of the genesis block among them) are in it. NaN where
 * `blocks` is not a number of 0 or more. Source: Bitcoin consensus, GetBlockSubsidy.
 */
export function coinsIssuedBtc(blocks: number): number {
  if (!(blocks >= 0)) return NaN
  let issuedBtc = 0
  for (let first = 0; first < blocks; first += BLOCKS_PER_HALVING) {
    const subsidy = subsidyBtc(first)
    if (subsidy === 0) break
    issuedBtc += Math.min(blocks - first, BLOCKS_PER_HALVING) * subsidy
  }
  return issuedBtc
}
