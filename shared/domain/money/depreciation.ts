/** What was bought, for the books. */
export type Asset = {
  readonly costUsd: number
  /** what it will fetch at the end of its life, 0..cost */
  readonly salvageUsd: number
  readonly lifeDays: number
}

/** @throws RangeError that names the field */
export function checkAsset({ costUsd, salvageUsd, lifeDays }: Asset): void {
  if (!(costUsd >= 0 && Number.isFinite(costUsd)))
    throw new RangeError(`costUsd: must be 0 or more; it is ${costUsd}`)
  if (!(salvageUsd >= 0 && salvageUsd <= costUsd))
    throw new RangeError(`salvageUsd: must be from 0 to the cost; it is ${salvageUsd}`)
  if (!(lifeDays > 0 && Number.isFinite(lifeDays)))
    throw new RangeError(`lifeDays: must be above 0; it is ${lifeDays}`)
}

/** Straight line, USD/day while the life lasts: (cost − salvage) / life. */
export function depreciationUsdPerDay({ costUsd, salvageUsd, lifeDays }: Asset): number {
  return (costUsd - salvageUsd) / lifeDays
}

/** Depreciation that falls into a span of days since the purchase, USD; nothing before it and nothing after the life. */
export function depreciationBetweenUsd(asset: Asset, fromDay: number, toDay: number): number {
  const inLife = (day: number) => Math.min(Math.max(day, 0), asset.lifeDays)
  return depreciationUsdPerDay(asset) * Math.max(inLife(toDay) - inLife(fromDay), 0)
}

/** What the books still carry at an age, USD: the cost at first, the salvage value from the end of life on. */
export function bookValueUsd(asset: Asset, ageDays: number): number {
  return asset.costUsd - depreciationBetweenUsd(asset, 0, ageDays)
}
