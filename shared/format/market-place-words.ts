import type { FleetStand } from '../domain/margins/fleet-stand.ts'
import { headroom } from '../domain/margins/margin.ts'
import type { Stress } from '../domain/signals/stress.ts'
import { STRESS_SIGNS } from '../domain/signals/stress.ts'
import type { Money } from './money.ts'
import { count, counted, percent, signedPercent } from './numbers.ts'
import { calendarDay, dayMonth } from './times.ts'

/** What the question "How hard pressed are miners?" is answered from. */
export type HardPressed = {
  /** of now; NaN where it is not known */
  readonly hashpriceUsdPerPhDay: number
  /** of the fleet at that hashprice; null where it is not known, or cannot be weighed; undefined while it is worked out */
  readonly stand: FleetStand | null | undefined
  readonly hasMachines: boolean
  /** null where there is no history; undefined while it is read */
  readonly signs: Stress['signs'] | null | undefined
  /** the day they are of, YYYY-MM-DD, where that is too long ago for today; null: of today */
  readonly signsOf: string | null
}

const NUMBERS = ['none', 'one', 'two', 'three', 'four'] as const

/** One sentence: hashprice against the fleet's own break-even, machines under water, signs of stress in the market. */
export function hardPressedWords(asked: HardPressed, money: Money): string {
  const parts = [hashpriceWords(asked, money), ...(asked.signs === undefined ? [] : [signsWords(asked)])]
  return `${parts.join('; ')}.`
}

function hashpriceWords({ hashpriceUsdPerPhDay, stand, hasMachines }: HardPressed, money: Money): string {
  if (Number.isNaN(hashpriceUsdPerPhDay)) return 'Hashprice is not known'
  const is = `Hashprice is ${money.perPh(hashpriceUsdPerPhDay)}`
  if (!hasMachines) return `${is}, and there is no fleet to hold against it`
  if (stand === undefined) return is
  if (stand === null) return `${is}; where the fleet stands is not known`
  if (stand.lots === 0) return `${is}, and no machine with all figures runs`
  return `${is}${againstWords(hashpriceUsdPerPhDay, stand, money)}; ${underWords(stand)}`
}

/** `, 11 % above the fleet’s average break-even`; '' where nothing is paid for. */
function againstWords(hashprice: number, { breakevenUsdPerPhDay }: FleetStand, money: Money): string {
  if (Number.isNaN(breakevenUsdPerPhDay)) return ''
  const above = headroom(hashprice, breakevenUsdPerPhDay)
  // Without a cost there is no share of it.
  if (Number.isNaN(above))
    return `, the fleet’s average break-even ${money.perPh(breakevenUsdPerPhDay, 'up')}`
  const size = Math.abs(above)
  if (size < 0.0005) return ', at the fleet’s average break-even'
  return `, ${percent(size, size < 0.0995 ? 1 : 0)} ${above < 0 ? 'below' : 'above'} the fleet’s average break-even`
}

function underWords({ machines, under }: FleetStand): string {
  if (under.machines === 0)
    return machines === 1 ? 'its one machine is not under water' : 'no machine is under water'
  if (under.machines === machines)
    return machines === 1
      ? 'its one machine is under water'
      : `all ${counted(machines, 'machine')} are under water`
  return `${count(under.machines)} of ${counted(machines, 'machine')} ${under.machines === 1 ? 'is' : 'are'} under water`
}

function signsWords({ signs, signsOf }: HardPressed): string {
  const known = !signs ? [] : STRESS_SIGNS.filter((sign) => signs[sign] !== null)
  if (!signs || known.length === 0) return 'signs of stress among miners are not known'
  const on = known.filter((sign) => signs[sign] === true).length
  const day = signsOf === null ? '' : ` on ${calendarDay(signsOf)}`
  if (known.length === 1)
    return `the one known sign of stress ${signsOf === null ? 'is' : 'was'} ${on === 1 ? 'there' : 'not there'}${day}`
  const all = known.length === STRESS_SIGNS.length ? '' : ' known'
  return `${NUMBERS[on]!} of ${NUMBERS[known.length]!}${all} signs of stress${day}`
}

/** The adjustment that is expected next. */
export type StandAfter = {
  readonly change: number
  /** unix ms; NaN where not known */
  readonly atMs: number
  readonly hashpriceUsdPerPhDay: number
  readonly stand: FleetStand
}

/**
 * What stands behind the sentence: which hashrate lies on which side, what the fleet earns as it runs, and what the expected adjustment
 * does. Shares are of the hashrate that is paid for.
 * @param after null: no adjustment is known
 */
export function standDetails(
  stand: FleetStand,
  after: StandAfter | null,
  money: Money,
  timeZone?: string,
): readonly string[] {
  if (stand.lots === 0) return []
  const { breakevenUsdPerPhDay, acceptedPhs, under, usdPerDay } = stand
  const average = Number.isNaN(breakevenUsdPerPhDay)
    ? []
    : [`The average break-even is ${money.perPh(breakevenUsdPerPhDay, 'up')} ${money.hashprice.per}.`]
  const [below, above] = sharesOf(acceptedPhs, under.acceptedPhs)
  const shares =
    acceptedPhs > 0
      ? [`${below} of the hashrate breaks even at or below the hashprice of now, ${above} above it.`]
      : []
  const earns = `As it runs the fleet ${usdPerDay < 0 ? 'loses' : 'earns'} ${money.amount(Math.abs(usdPerDay))} a day${
    under.lots === 0 ? '' : `; what is under water loses ${money.amount(Math.abs(under.usdPerDay))} a day`
  }.`
  return [...average, ...shares, earns, ...(after === null ? [] : [afterWords(after, money, timeZone)])]
}

/** Two shares of a whole that add up to 100 % as they are printed. */
function sharesOf(whole: number, above: number): readonly [below: string, above: string] {
  const tenths = Math.round((above / whole) * 1000)
  return [percent(1 - tenths / 1000), percent(tenths / 1000)]
}

function afterWords(
  { change, atMs, hashpriceUsdPerPhDay, stand }: StandAfter,
  money: Money,
  zone?: string,
): string {
  const when = Number.isFinite(atMs) ? `, about ${dayMonth(atMs, zone)}` : ''
  const under =
    stand.under.machines === 0
      ? 'no machine'
      : `${counted(stand.under.machines, 'machine')} in ${counted(stand.under.lots, 'lot')}`
  return `The adjustment (${signedPercent(change)}${when}) would take hashprice to ${money.perPh(hashpriceUsdPerPhDay)}, with ${under} under water.`
}
