import { THS_PER_PHS } from '#shared/domain/units.ts'
import type { BreakevenBand } from '#shared/domain/margins/breakeven-bands.ts'
import type { Money } from '#shared/format/money.ts'
import { counted, MISSING, percent } from '#shared/format/numbers.ts'
import { printedSums } from '#shared/format/printed-sums.ts'
import { hashrateOfThs } from '#shared/format/units.ts'
import type { FleetOnMarket } from '../../engine/market-view.ts'

export const BAND_STATE_WORDS: Readonly<Record<BreakevenBand['state'], string>> = {
  earns: 'earns',
  falls: 'earns until the adjustment',
  waits: 'under water until the adjustment',
  'under water': 'under water',
}

/** Between which break-evens the rows of a band lie. */
export const bandRange = ({ lowestUsdPerPhDay, highestUsdPerPhDay }: BreakevenBand, money: Money): string =>
  money.perPhRange(lowestUsdPerPhDay, highestUsdPerPhDay)

/** A band in one sentence, for the line under the picture. */
export function bandSentence(band: BreakevenBand, allPhs: number, money: Money): string {
  const { lots, machines, acceptedPhs, marginUsdPerDay, state } = band
  const verb = marginUsdPerDay < 0 ? 'lose' : 'earn'
  return `Break-even ${bandRange(band, money)}: ${counted(machines, 'machine')} in ${counted(lots, 'lot')}, ${hashrateOfThs(acceptedPhs * THS_PER_PHS)} (${percent(acceptedPhs / allPhs)}), ${machines === 1 ? `${verb}s` : verb} ${money.amount(Math.abs(marginUsdPerDay))} a day: ${BAND_STATE_WORDS[state]}`
}

/** Shares of the hashrate that is paid for which add up to 100 % as they are printed. */
export function bandShares(bands: readonly BreakevenBand[]): readonly string[] {
  const all = bands.reduce((sum, { acceptedPhs }) => sum + acceptedPhs, 0)
  const { parts } = printedSums(
    bands.map(({ acceptedPhs }) => (acceptedPhs / all) * 100),
    1,
    4,
    100,
  )
  return parts.map((part) => (Number.isNaN(part) ? MISSING : percent(part / 100)))
}

/** Whom the bands leave out. */
export const besideWords = ({ machinesBeside: many }: FleetOnMarket): string =>
  many === 1
    ? '1 machine that does not run, is paid for no hashrate or lacks a figure is not in it.'
    : `${counted(many, 'machine')} that do not run, are paid for no hashrate or lack a figure are not in it.`

/** The whole picture in words. */
export function pictureWords(
  {
    fleet,
    now,
    days,
  }: { readonly fleet: FleetOnMarket | null; readonly now: number; readonly days: string | null },
  money: Money,
): string {
  const past = days === null ? '' : `Hashprice over ${days}; `
  const today = Number.isNaN(now)
    ? 'the hashprice of now is not known'
    : `now ${money.perPh(now)} ${money.hashprice.per}`
  if (fleet === null || fleet.bands.length === 0) return `${past}${today}`
  const { acceptedPhs, under } = fleet.now
  const range = money.perPhRange(fleet.bands[0]!.lowestUsdPerPhDay, fleet.bands.at(-1)!.highestUsdPerPhDay)
  return `${past}${today}; the fleet breaks even at ${range}, ${percent(under.acceptedPhs / acceptedPhs)} of its hashrate above the hashprice of now`
}
