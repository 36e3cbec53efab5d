import type { Market } from '../domain/decision/market.ts'

/**
 * What an answer lacks because a hashprice was typed and other values are not known; null where nothing is left out:
 * `What the adjustment changes and figures in bitcoin are left out.`
 */
export function leftOutOfMarketWords({ leftOut }: Pick<Market, 'leftOut'>): string | null {
  const hasAdjustment = !leftOut.includes('adjustment')
  const parts = [
    ...(hasAdjustment ? [] : ['what the adjustment changes']),
    ...(leftOut.includes('halving') && hasAdjustment ? ['what a halving changes'] : []),
    ...(leftOut.includes('priceUsdPerBtc') ? ['figures in bitcoin'] : []),
    ...(leftOut.includes('difficulty') ? ['figures by difficulty'] : []),
  ]
  if (parts.length === 0) return null
  const words = parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`
  const isOne = parts.length === 1 && words.startsWith('what')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${isOne ? 'is' : 'are'} left out.`
}
