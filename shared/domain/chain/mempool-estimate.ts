import { BLOCKS_PER_EPOCH } from '../units.ts'
/**
 * The estimate that mempool.space publishes, step by step, so that its figure can be reproduced and told apart from ours.
 * Source: the algorithm of mempool's `calcDifficultyAdjustment` (2026). Times in unix seconds, results in the
 * units of their names.
 */

const TARGET_SECONDS = 600
const WINDOW_BLOCKS = 504
/** On testnet a block of difficulty 1 may come after this time. */
const TESTNET_LONGEST_SECONDS = 1200

export type MempoolState = {
  readonly network: 'mainnet' | 'testnet'
  readonly height: number
  readonly nowSeconds: number
  /** time of the epoch's first block */
  readonly epochStartSeconds: number
  /** time of the block 504 before the tip; null = not known, then there is no window */
  readonly windowStartSeconds: number | null
  readonly latestBlockSeconds: number
  /** change at the previous adjustment, percent */
  readonly previousChangePercent: number
}

export type MempoolEstimate = {
  readonly progressPercent: number
  readonly changePercent: number
  readonly retargetAtMs: number
  readonly remainingBlocks: number
  readonly remainingMs: number
  readonly nextRetargetHeight: number
  /** mean time per block in this epoch */
  readonly meanBlockMs: number
  /** the same over the last 504 blocks while the epoch is young, else equal to `meanBlockMs` */
  readonly windowMeanBlockMs: number
  /** testnet only, else 0 */
  readonly offsetMs: number
  /** blocks due by now at 600 s each */
  readonly expectedBlocks: number
}

/**
 * Before block 503 of the epoch the mean runs over the last 504 blocks, the part before the epoch rescaled to today's
 * difficulty; after that over the epoch, where the b-th block stands for b + 1 (2 015 intervals against 2 016 · 600 s).
 * On the epoch's last block the result is taken at that block's time and stays.
 */
export function mempoolEstimate(state: MempoolState): MempoolEstimate {
  const { height, nowSeconds, epochStartSeconds, windowStartSeconds, latestBlockSeconds } = state
  const elapsed = Math.max(0, nowSeconds - epochStartSeconds)
  const blocks = height % BLOCKS_PER_EPOCH
  const remainingBlocks = BLOCKS_PER_EPOCH - blocks
  const isTestnet = state.network === 'testnet'

  const observedMean = blocks > 0 ? elapsed / blocks : TARGET_SECONDS
  let windowMean = observedMean
  let paceMean: number
  if (windowStartSeconds !== null && blocks < WINDOW_BLOCKS - 1) {
    const rescaled = (epochStartSeconds - windowStartSeconds) * (1 + state.previousChangePercent / 100)
    const span = elapsed + rescaled
    windowMean = span / (WINDOW_BLOCKS - 1)
    paceMean = span / WINDOW_BLOCKS
  } else {
    const until = blocks === BLOCKS_PER_EPOCH - 1 ? latestBlockSeconds : nowSeconds
    paceMean = (until - epochStartSeconds) / (blocks + 1)
  }
  const mean = isTestnet ? Math.min(observedMean, TESTNET_LONGEST_SECONDS) : observedMean

  const sinceBlock = nowSeconds - latestBlockSeconds
  const offsetMs =
    isTestnet && sinceBlock + mean > TESTNET_LONGEST_SECONDS
      ? -Math.min(sinceBlock, TESTNET_LONGEST_SECONDS) * 1000
      : 0
  const windowMeanBlockMs = Math.floor(windowMean * 1000)
  const remainingMs = remainingBlocks * windowMeanBlockMs
  return {
    progressPercent: (blocks / BLOCKS_PER_EPOCH) * 100,
    changePercent: Math.min(Math.max((TARGET_SECONDS / paceMean - 1) * 100, -75), 300),
    retargetAtMs: remainingMs + nowSeconds * 1000,
    remainingBlocks,
    remainingMs,
    nextRetargetHeight: height + remainingBlocks,
    meanBlockMs: Math.floor(mean * 1000),
    windowMeanBlockMs,
    offsetMs,
    expectedBlocks: elapsed / TARGET_SECONDS,
  }
}
