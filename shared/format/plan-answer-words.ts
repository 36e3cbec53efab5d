import type { Scenario } from '../domain/ahead/scenario.ts'
import type { ScenarioAhead } from '../domain/ahead/side-by-side.ts'
import type { LotsUnderWater } from '../domain/ahead/simulate/simulate.ts'
import type { Money } from './money.ts'
import { count, counted, number, percent, signedPercent } from './numbers.ts'
import { monthPart } from './near-days.ts'
import { triedWords } from './tried-words.ts'
import type { AnswerWords } from './answer-words.ts'

/** What a simulation adds to a projection, as far as the sentence needs it. */
export type ChanceFigures = {
  readonly paths: number
  /** share of the paths on which the fleet loses cash over all epochs together */
  readonly probabilityOfLossInSum: number
  /** the same where every machine runs on as it does today */
  readonly probabilityOfLossAsItRuns: number
  /** share of the paths on which the fleet loses cash a day in the last epoch */
  readonly probabilityOfLossAtEnd: number
  readonly lots: number
  readonly lotsMostlyUnderWater: number
}

export type PlanAnswer = { readonly sentence: AnswerWords; readonly details: readonly string[] }

/**
 * What a fleet earns from now to the end of a scenario, in a sentence, and what that assumes and how sure it is.
 * @param chance null while it is not simulated
 */
export function planWords(
  money: Money,
  {
    scenario,
    ahead,
    chance,
    responds,
    underWater,
  }: {
    readonly scenario: Scenario
    readonly ahead: ScenarioAhead
    readonly chance: ChanceFigures | null
    /** the built-in supply curve responds on the paths where the scenario states none; while the price stays nobody leaves by it */
    readonly responds: boolean
    readonly underWater: LotsUnderWater
  },
): PlanAnswer {
  const { sumUsd, endsAtMs, days } = ahead
  const until = Number.isFinite(endsAtMs)
    ? `by ${monthPart(endsAtMs)}`
    : `over ${counted(Math.round(days), 'day')}`
  return {
    sentence: {
      before: sumUsd < 0 ? 'The fleet comes to about ' : 'The fleet earns about ',
      moneyUsd: sumUsd,
      after: ` ${until}, ${priceWords(money, scenario)}${chance === null ? '' : `; ${lossWords(chance)}`}.`,
    },
    details: [
      assumed(money, scenario, responds, underWater),
      ...(chance === null
        ? []
        : chanceWords(chance, responds || scenario.assumptions.response !== null, underWater)),
    ],
  }
}

/** What becomes of the price: `if the price stays`, `if Bitcoin is at $70 000`, `if the price grows 10 % a year`. */
function priceWords(money: Money, { assumptions: { price }, tried: { priceUsdPerBtc } }: Scenario): string {
  const start = priceUsdPerBtc === null ? null : `Bitcoin is at ${money.whole(priceUsdPerBtc)}`
  if (price.days.length > 1)
    return start === null ? 'if the price goes along its path' : `if ${start} and goes along its path`
  const rate = price.ratePerYear
  if (rate === 0) return start === null ? 'if the price stays' : `if ${start} and stays there`
  const moves = `${rate > 0 ? 'grows' : 'falls'} ${percent(Math.abs(rate), decimalsOf(rate))} a year`
  return start === null ? `if the price ${moves}` : `if ${start} and ${moves}`
}

const decimalsOf = (share: number): number => (Math.abs(share * 100 - Math.round(share * 100)) < 1e-9 ? 0 : 1)

function assumed(
  money: Money,
  { assumptions, tried }: Scenario,
  responds: boolean,
  underWater: LotsUnderWater,
): string {
  const { hashrate, response } = assumptions
  const rate = hashrate.ratePerYear
  const parts = [
    hashrate.days.length > 1
      ? 'the network’s hashrate along its path'
      : rate === 0
        ? 'the network’s hashrate as it is'
        : `the network’s hashrate ${signedPercent(rate, decimalsOf(rate))} a year`,
    ...(response !== null
      ? ['the network responding to the hashprice']
      : responds
        ? []
        : ['nobody leaving the network']),
    underWater === 'stop' ? 'lots under water stopped' : 'lots under water running on',
  ]
  // The price stands in the sentence.
  const others = triedWords({ ...tried, priceUsdPerBtc: null }, money)
  return `Assumed: ${parts.join(', ')}.${others === null ? '' : ` ${others}`}`
}

/** A share of the paths; never none and never all where one path says otherwise. */
function outOf(share: number, paths: number): string {
  if (share === 0) return `none of ${counted(paths, 'path')}`
  if (share === 1) return `all of ${counted(paths, 'path')}`
  if (share < 0.01) return 'fewer than 1 of 100 paths'
  if (share > 0.99) return 'more than 99 of 100 paths'
  return `${number(Math.round(share * 100))} of 100 paths`
}

function lossWords({ probabilityOfLossAtEnd: share, paths }: ChanceFigures): string {
  return share === 0
    ? `it loses cash at the end in ${outOf(share, paths)}`
    : `in ${outOf(share, paths)} it loses cash at the end`
}

function chanceWords(figures: ChanceFigures, responds: boolean, underWater: LotsUnderWater): string[] {
  const { paths, probabilityOfLossInSum, probabilityOfLossAsItRuns, lots, lotsMostlyUnderWater } = figures
  return [
    `Prices do not stay: the chance is that of ${counted(paths, 'simulated path')}${responds ? ', on which the network responds to the hashprice' : ''}.`,
    `Over the whole time the fleet loses cash in ${outOf(probabilityOfLossInSum, paths)}.`,
    ...(underWater === 'run'
      ? []
      : [
          `If every machine ran on as it does today, it would in ${outOf(probabilityOfLossAsItRuns, paths)}.`,
        ]),
    lotsMostlyUnderWater === 0
      ? 'No lot is more likely under water than not at the end.'
      : `${count(lotsMostlyUnderWater)} of ${counted(lots, 'lot')} ${lotsMostlyUnderWater === 1 ? 'is' : 'are'} more likely under water than not at the end.`,
  ]
}
