import { THS_PER_PHS } from '#shared/domain/units.ts'
import type { StrikeBar, StrikeLine } from '#shared/domain/margins/strike-line.ts'
import { VERDICT_WORDS } from '#shared/format/advice-words.ts'
import { counted } from '#shared/format/numbers.ts'
import type { Money } from '#shared/format/money.ts'
import { moneyColumn } from '#shared/format/printed-sums.ts'
import { hashrateOfThs } from '#shared/format/units.ts'
import type { NamedBar } from '../../engine/protocol.ts'

const modelWord = (label: string) => (label === '' ? 'no model' : label)

/** The names of a bar in words. */
export function barName({ model: label, site }: Pick<NamedBar, 'model' | 'site'>): string {
  const model = label === null ? null : modelWord(label)
  if (model !== null && site !== null) return `${model} · ${site}`
  if (model !== null) return `${model} · several sites`
  return site === null ? 'several models' : `several models · ${site}`
}

/** Without the maker, where the rest still names it: `S21 Pro 234T`. */
const MAKER = /^[A-Za-z]{5,}\s+(?=\S*\d)/

/** The same as short as can be, for a narrow column. */
export function shortBarName({ model, site }: Pick<NamedBar, 'model' | 'site'>): string {
  const name = model === null ? null : modelWord(model).replace(MAKER, '')
  return [name, site].filter((part) => part !== null).join(' · ')
}

const STATE_WORDS: Readonly<Record<StrikeBar['state'], string>> = {
  earns: 'earns',
  falls: 'earns until the adjustment',
  waits: 'under water until the adjustment',
  'under water': 'under water',
}

/** `power down`, `mostly power down`; of a bar without a verdict what it does. */
export function verdictWords({ verdict, isMixed, isIdle, state }: NamedBar): string {
  if (verdict === null) return isIdle ? 'off' : STATE_WORDS[state]
  return `${isMixed ? 'mostly ' : ''}${VERDICT_WORDS[verdict].toLowerCase()}`
}

export const acceptedWords = (phs: number) => hashrateOfThs(phs * THS_PER_PHS)

/** `+$684`, `−$42`: what a bar earns or loses a day. */
export const signedMoney = (usd: number, money: Money) => `${usd > 0 ? '+' : ''}${money.amount(usd)}`

/** What a bar earns or loses a day, or would if it ran. */
export function barMoneyWords({ marginUsdPerDay, isIdle }: NamedBar, money: Money): string {
  const word = marginUsdPerDay < 0 ? 'lose' : 'earn'
  return `${isIdle ? `would ${word}` : `${word}s`} ${money.amount(Math.abs(marginUsdPerDay))} a day`
}

/** A bar in one sentence, for the line under the chart and for assistive technology. */
export function barSentence(bar: NamedBar, money: Money): string {
  const strike = money.perPhRange(bar.fromUsdPerPhDay, bar.toUsdPerPhDay)
  return `${barName(bar)}: ${counted(bar.machines, 'machine')}, ${acceptedWords(bar.acceptedPhs)} paid for, breaks even at ${strike}, ${barMoneyWords(bar, money)}: ${verdictWords(bar)}`
}

/** Money of a day that the line is made of: areas above and under water, and what no step stands for. */
export type LineMoney = {
  readonly earnsUsdPerDay: number
  /** 0 or below */
  readonly losesUsdPerDay: number
  /** standby, committed energy and what else a contract bills beside the hours that are run */
  readonly besideUsdPerDay: number
  /** the sum: the margin of the panel of totals */
  readonly marginUsdPerDay: number
}

/** Less is rounding. */
const LEAST_USD = 0.005

/**
 * @param fleetUsdPerDay margin of what runs, as its rows add up
 * @param marginUsdPerDay the same as the advice counts it, with what contracts bill beside it
 */
export function lineMoney(
  { bars, beyondStepsUsdPerDay }: Pick<StrikeLine, 'bars' | 'beyondStepsUsdPerDay'>,
  fleetUsdPerDay: number,
  marginUsdPerDay: number,
): LineMoney {
  let [earns, loses] = [0, 0]
  for (const { isIdle, marginUsdPerDay: usd } of bars) {
    if (isIdle) continue
    if (usd > 0) earns += usd
    else loses += usd
  }
  const beside = beyondStepsUsdPerDay + (marginUsdPerDay - fleetUsdPerDay)
  return {
    earnsUsdPerDay: earns,
    losesUsdPerDay: loses,
    besideUsdPerDay: Math.abs(beside) < LEAST_USD ? 0 : beside,
    marginUsdPerDay,
  }
}

/**
 * The parts of {@link LineMoney} as they are printed, so that they add up: `above water +$3 031`, `under water −$691`, `standby and commitments −$12`.
 */
export function moneyParts(line: LineMoney, money: Money) {
  const parts = [
    { name: 'above water', usd: line.earnsUsdPerDay, tone: 'earns' as const },
    { name: 'under water', usd: line.losesUsdPerDay, tone: 'loses' as const },
    { name: 'standby and commitments', usd: line.besideUsdPerDay, tone: 'rests' as const },
  ].filter(({ usd }) => usd !== 0)
  const printed = moneyColumn(
    money,
    parts.map(({ usd }) => usd),
    line.marginUsdPerDay,
  )
  return {
    parts: parts.map(({ name, usd, tone }, i) => ({
      name,
      tone,
      text: `${usd > 0 ? '+' : ''}${printed.parts[i]!}`,
    })),
    together: printed.total,
  }
}

/** The whole picture in a sentence. */
export function lineSentence(bars: readonly NamedBar[], now: number, line: LineMoney, money: Money): string {
  const { parts, together } = moneyParts(line, money)
  const told = parts.map(({ name, text }) => `${name} ${text}`)
  const [first, last] = [bars[0], bars.at(-1)]
  const range =
    first === undefined || last === undefined
      ? ''
      : `, break-evens ${money.perPhRange(first.fromUsdPerPhDay, last.toUsdPerPhDay)}`
  return `${counted(bars.length, 'step')}${range}, at a hashprice of ${money.perPh(now)}: ${told.join(', ')}; together ${together} a day.`
}
