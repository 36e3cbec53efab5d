import type { SiteNow } from '../domain/decision/sites/site-now.ts'
import type { OptimumLine } from '../domain/decision/sites/site-optimum.ts'
import type { AdviceChanges } from '../domain/decision/large-change.ts'
import type { MachinePolicy } from '../domain/power/machine-policy.ts'
import { hourPrice, minutesOf } from '../domain/power/painted-week.ts'
import type { PriceSource } from '../domain/power/supply.ts'
import type { WeekPrices } from '../domain/power/tariff.ts'
import { W_PER_KW } from '../domain/units.ts'
import { VERDICT_WORDS } from './advice-words.ts'
import { adviceChangeWords } from './change-words.ts'
import type { Money } from './money.ts'
import { energyUnit } from './money.ts'
import { count, counted, MISSING } from './numbers.ts'
import { hourRange } from './times.ts'
import { hashrateOfThs, power } from './units.ts'

/** What is said of one site on its page. */

const kilowatts = (kw: number) => power(kw * W_PER_KW)

/**
 * What power really costs: `A ${energyUnit()} costs $0.046 now; the next one costs $0.052 (λ).`
 * @param capKw null: none
 */
export function siteAnswer(money: Money, now: SiteNow, capKw: number | null): string {
  const { meanUsdPerKwh, nextUsdPerKwh, isAtCap } = now
  const mean = money.perKwh(meanUsdPerKwh)
  const next = money.perKwh(nextUsdPerKwh)
  if (mean === MISSING) return `What a ${energyUnit()} costs here is not known.`
  const begin = `A ${energyUnit()} costs ${mean} now`
  if (next === MISSING) return `${begin}.`
  if (isAtCap)
    return `${begin}; the cap of ${kilowatts(capKw ?? NaN)} is reached, and one more would be worth ${next} (λ).`
  return next === mean
    ? `${begin}, and so does the next one (λ).`
    : `${begin}; the next one costs ${next} (λ).`
}

/** The same of all sites: from the cheapest to the dearest; null while nothing is known of any. */
export function sitesAnswer(
  money: Money,
  sites: readonly { readonly name: string; readonly meanUsdPerKwh: number }[],
): string | null {
  const known = sites
    .filter(({ meanUsdPerKwh }) => Number.isFinite(meanUsdPerKwh))
    .sort((a, b) => a.meanUsdPerKwh - b.meanUsdPerKwh)
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined) return null
  const [least, most] = [money.perKwh(first.meanUsdPerKwh), money.perKwh(last.meanUsdPerKwh)]
  if (known.length === 1) return `A ${energyUnit()} costs ${least} at ${first.name} now.`
  if (least === most)
    return `A ${energyUnit()} costs ${least} now, at each of ${counted(known.length, 'site')}.`
  return `A ${energyUnit()} costs from ${least} at ${first.name} to ${most} at ${last.name} now.`
}

/** Until when: `This price holds 14:00–21:00 today.`; null where it does not change or no date is known. */
export function untilWords({ untilMs }: SiteNow, nowMs: number | null, timeZone: string): string | null {
  if (nowMs === null || Number.isNaN(untilMs)) return null
  return `This price holds ${hourRange(nowMs, untilMs, nowMs, timeZone)}, site time.`
}

const SOURCE_WORDS: Readonly<Record<Exclude<PriceSource, 'fleet'>, string>> = {
  host: 'the host’s invoice includes power',
  tariff: 'the contract’s tariff counts',
  'market-horizon': 'market prices count',
  'market-file': 'market prices count',
}

/** Which price counts where it is not the site's power price; null where that one does. */
export function countingPrice(from: PriceSource): string | null {
  return from === 'fleet'
    ? null
    : `Not in use: ${SOURCE_WORDS[from]}, except for machines outside the contract.`
}

/** What machines of one model are to do: `Set 196 M30S++ to 98.0 TH/s (eco)`, `Run 28 of 40 S19`. */
export function optimumWords({ model, verdict, mode, hashrateThs, machines, run }: OptimumLine): string {
  const name = model === '' ? 'machines' : model
  const all = `${count(machines)} ${name}`
  if (mode !== null)
    return `Set ${all} to ${Number.isNaN(hashrateThs) ? mode : `${hashrateOfThs(hashrateThs)} (${mode})`}`
  if (run > 0 && run < machines) return `Run ${count(run)} of ${all}`
  if (verdict === 'hold') return `Leave ${all} as ${machines === 1 ? 'it is' : 'they are'}`
  if (verdict === 'stay-off') return `Leave ${all} off`
  return `${VERDICT_WORDS[verdict]}: ${all}`
}

/** Whether a line asks for something to be done. */
export const isChange = ({ verdict, mode, run, machines }: OptimumLine): boolean =>
  mode !== null || (run > 0 && run < machines) || !['run', 'hold', 'stay-off'].includes(verdict)

export const POLICY_WORDS: Readonly<Record<MachinePolicy, string>> = {
  follow: 'Follows the contract',
  protected: 'Protected: always runs',
  exempt: 'Outside the contract',
}

/** What terms that are not stored yet would do. */
export type AheadFigures = {
  readonly changes: AdviceChanges
  readonly usdPerDay: { readonly before: number; readonly after: number }
  readonly before: Pick<SiteNow, 'meanUsdPerKwh' | 'nextUsdPerKwh'>
  readonly after: Pick<SiteNow, 'meanUsdPerKwh' | 'nextUsdPerKwh'>
}

/** `12 of 3 058 machines would change their advice. The fleet earns $120 a day less as advised. The next kWh: $0.052 → $0.14.` */
export function siteAheadWords(money: Money, { changes, usdPerDay, before, after }: AheadFigures): string {
  const words = adviceChangeWords(changes)
  const moved = (name: string, from: number, to: number) => {
    const [a, b] = [money.perKwh(from), money.perKwh(to)]
    return a === b ? [] : [`${name}: ${a} → ${b}.`]
  }
  return [
    `${words.charAt(0).toUpperCase()}${words.slice(1)}.`,
    ...earningsWords(money, usdPerDay.after - usdPerDay.before),
    ...moved(`A ${energyUnit()}`, before.meanUsdPerKwh, after.meanUsdPerKwh),
    ...moved(`The next ${energyUnit()}`, before.nextUsdPerKwh, after.nextUsdPerKwh),
  ].join(' ')
}

function earningsWords(money: Money, more: number): readonly string[] {
  if (Number.isNaN(more)) return []
  const figure = money.amount(Math.abs(more))
  if (figure === money.amount(0)) return ['The fleet earns the same a day as advised.']
  return [`The fleet earns ${figure} a day ${more > 0 ? 'more' : 'less'} as advised.`]
}

/** Parts of an hour that a grid of hours cannot show: `3 hours of the week change their price within the hour`. */
export function finerWords(week: WeekPrices): string | null {
  const minutes = minutesOf(week)
  let hours = 0
  for (let day = 0; day < 7; day++)
    for (let hour = 0; hour < 24; hour++) if (Number.isNaN(hourPrice(minutes, day, hour))) hours++
  if (hours === 0) return null
  return `${counted(hours, 'hour')} of the week ${hours === 1 ? 'changes its' : 'change their'} price within the hour (marked ◐). They stay as they are until they are painted over.`
}
