import { SECONDS_PER_DAY } from '../domain/units.ts'
import type { NetworkValueName } from '../domain/chain/network-values.ts'
import { btc, usdWhole } from './money.ts'
import { count } from './numbers.ts'
import { days, duration } from './times.ts'
import { difficulty } from './units.ts'

type ValueLook = {
  readonly name: string
  /** what a number is typed in */
  readonly unit: string
  readonly show: (value: number) => string
}

/** Hours while they say more than days. */
const epochTime = (seconds: number) =>
  seconds < 2 * SECONDS_PER_DAY ? duration(seconds) : days(seconds / SECONDS_PER_DAY)

/** How each value of the network is named and written, in the order of the table. */
export const VALUE_LOOKS: Readonly<Record<NetworkValueName, ValueLook>> = {
  priceUsdPerBtc: { name: 'Bitcoin price', unit: 'USD', show: (value) => usdWhole(value) },
  difficulty: { name: 'Difficulty', unit: 'number', show: (value) => difficulty(value) },
  height: { name: 'Block height', unit: 'blocks', show: count },
  feesBtcPerBlock: { name: 'Fees per block, mean of 144', unit: 'BTC', show: btc },
  epochBlocks: { name: 'Blocks of this epoch', unit: 'blocks', show: count },
  epochSeconds: { name: 'Time of this epoch', unit: 'days', show: epochTime },
}

export const VALUE_ORDER = Object.keys(VALUE_LOOKS) as readonly NetworkValueName[]
