import { matchModel } from '../domain/fleet/catalogue.ts'
import type { Model } from '../domain/fleet/catalogue.ts'
import type { MachineOffer } from '../domain/money/next-purchase.ts'
import type { DecimalSign } from './read-number.ts'
import { readNumber } from './read-number.ts'

export type OfferPrice = { readonly usd: number; readonly per: 'machine' | 'ths' }

/** `15/TH`, `$15 per TH/s`, `3000`, `3,000 USD`: USD a machine where no unit says otherwise; null where it is none or not above 0. */
export function readOfferPrice(text: string, sign: DecimalSign = '.'): OfferPrice | null {
  const { value, unit } = readNumber(text.trim().replace(/^\$\s*/, ''), sign)
  if (!(value > 0 && Number.isFinite(value))) return null
  const per = unit.toLowerCase().replaceAll(/\s|usd|\$/g, '')
  if (/^(?:(?:\/|per)(?:machine|unit|piece))?$/.test(per)) return { usd: value, per: 'machine' }
  return /^(?:\/|per)th(?:\/?s)?$/.test(per) ? { usd: value, per: 'ths' } : null
}

/** A model of the catalogue at a price, or what is wrong, as the end of a sentence. */
export function offerOf(
  models: readonly Model[],
  name: string,
  price: OfferPrice,
): { readonly offer: MachineOffer; readonly fault: null } | { readonly offer: null; readonly fault: string } {
  const match = matchModel(models, name)
  const named = (all: readonly Model[]) =>
    all
      .slice(0, 6)
      .map((model) => model.name)
      .join(', ')
  if (match.kind === 'ambiguous')
    return { offer: null, fault: `may be one of several: ${named(match.candidates)}` }
  if (match.kind === 'none')
    return {
      offer: null,
      fault: `is not in the catalogue${match.near.length === 0 ? '' : `; did you mean ${named(match.near)}?`}`,
    }
  const { hashrateThs, powerW } = match.model
  const priceUsd = price.per === 'ths' ? price.usd * hashrateThs : price.usd
  return { offer: { model: match.model.name, hashrateThs, powerW, priceUsd }, fault: null }
}
