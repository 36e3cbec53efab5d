import { MS_PER_DAY } from '#shared/domain/units.ts'
import { rateLimits } from '#shared/domain/power/currency.ts'
import type { RateRow } from '#shared/domain/power/currency.ts'
import { dateFault, factorFault, isOutvoted, orderFault, remembered, spreadFault, write } from './sanity.ts'
import { TYPED } from '#shared/ipc/conditions.ts'
import { RATE_STALE_AFTER_MS } from './in-force.ts'

/** A stored rate this old no longer says what a new one may be. */
const REMEMBERED_MS = 30 * MS_PER_DAY
/** A larger jump is more often a broken feed than a devaluation; the operator can type the latter. */
const STORED_FACTOR = 1.5
const SPREAD = 0.03

const voice = ({ source, usdPerUnit }: RateRow) => ({ source, value: usdPerUnit })

export type RateRefusal = { readonly rate: RateRow; readonly why: string }

/**
 * Splits the rates of one round into those to store and those refused, with the reason in words.
 * `withoutPrice`: sources whose price was refused in the same round; a rate that follows from it is no better.
 */
export function judgeRates(
  said: readonly RateRow[],
  stored: readonly RateRow[],
  withoutPrice: ReadonlySet<string>,
  nowMs: number,
): { readonly kept: readonly RateRow[]; readonly refused: readonly RateRefusal[] } {
  const refused: RateRefusal[] = []
  let kept = said.filter((rate) => {
    if (!withoutPrice.has(rate.source)) return true
    refused.push({ rate, why: 'its exchange rates were not taken, because its price was not' })
    return false
  })
  const keep = (faultOf: (rate: RateRow, left: readonly RateRow[]) => string | null) => {
    const left = kept
    kept = left.filter((rate) => {
      const fault = faultOf(rate, left)
      if (fault !== null)
        refused.push({
          rate,
          why: `its rate of ${write(rate.usdPerUnit)} USD per ${rate.currency} ${fault}; it was not taken`,
        })
      return fault === null
    })
  }

  keep((rate) => {
    const [min, max] = rateLimits(rate.currency)
    if (!(rate.usdPerUnit >= min && rate.usdPerUnit <= max))
      return `is outside ${write(min)} to ${write(max)}`
    return dateFault(rate.asOfMs, nowMs)
  })
  keep((rate, left) => {
    const isSame = ({ currency }: RateRow) => currency === rate.currency
    const same = stored.filter(isSame)
    const own = same.find(({ source }) => source === rate.source)
    const outOfOrder = orderFault(rate.asOfMs, own, nowMs)
    if (outOfOrder !== null) return outOfOrder
    const known = remembered(same, REMEMBERED_MS, nowMs)
    if (known === null) return null
    const before = same.filter((row) => remembered([row], REMEMBERED_MS, nowMs) !== null)
    if (isOutvoted(voice(rate), left.filter(isSame).map(voice), voice(known), before.map(voice), SPREAD))
      return null
    return factorFault(rate.usdPerUnit, known.usdPerUnit, STORED_FACTOR)
  })
  keep((rate, left) => {
    const isFresh = (row: RateRow) =>
      row.currency === rate.currency &&
      row.source !== TYPED &&
      Math.abs(nowMs - row.asOfMs) <= RATE_STALE_AFTER_MS
    if (!isFresh(rate)) return null
    const saidNow = new Set(
      said.filter(({ currency }) => currency === rate.currency).map(({ source }) => source),
    )
    const others = [
      ...left.filter((row) => isFresh(row) && row.source !== rate.source),
      ...stored.filter((row) => isFresh(row) && !saidNow.has(row.source)),
    ]
    const known = remembered(
      stored.filter(({ currency, source }) => currency === rate.currency && source !== rate.source),
      REMEMBERED_MS,
      nowMs,
    )
    return spreadFault(
      rate.usdPerUnit,
      others.map(({ usdPerUnit }) => usdPerUnit),
      known === null ? null : { value: known.usdPerUnit, asOfMs: known.asOfMs },
      SPREAD,
      nowMs,
    )
  })
  return { kept, refused }
}
