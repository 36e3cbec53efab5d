import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'

const VALUE_WORDS: Readonly<Record<NetworkValueName, string>> = {
  priceUsdPerBtc: 'the price',
  difficulty: 'the difficulty',
  height: 'the block height',
  feesBtcPerBlock: 'the fees per block',
  epochBlocks: 'the blocks of the epoch',
  epochSeconds: 'the time of the epoch',
}

/** A value by name within a sentence: `the price`, `the EUR rate` for `rates.EUR`; an unknown name as it is. */
export function valueWord(name: string): string {
  if (Object.hasOwn(VALUE_WORDS, name)) return VALUE_WORDS[name as NetworkValueName]
  if (name === 'hashpriceUsdPerPhDay') return 'the hashprice'
  return name.startsWith('rates.') ? `the ${name.slice('rates.'.length)} rate` : name
}
