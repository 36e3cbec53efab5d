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
  /** share of the paths on which the fleet loses cash a day in the last epoch */
  readonly probabilityOfLossAtEnd: number
  readonly lots: number
  readonly lotsMostlyUnderWater: number
  /** the built-in supply curve responds on the paths, where the scenario states none */
  readonly responds: boolean
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
    underWater,
  }: {
    readonly scenario: Scenario
    readonly ahead: ScenarioAhead
    readonly chance: ChanceFigures | null
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
      after: ` ${until}, ${priceWords(money, scenario)}.`,
    },
    details: [assumed(money, scenario, underWater), ...(chance === null ? [] : chanceWords(chance))],
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

function assumed(money: Money, { assumptions, tried }: Scenario, underWater: LotsUnderWater): string {
  const { hashrate, response } = assumptions
  const rate = hashrate.ratePerYear
  const parts = [
    hashrate.days.length > 1
      ? 'the network’s hashrate along its path'
      : rate === 0
        ? 'the network’s hashrate as it is'
        : `the network’s hashrate ${signedPercent(rate, decimalsOf(rate))} a year`,
    response === null ? 'nobody leaving the network' : 'the network responding to the hashprice',
    underWater === 'stop' ? 'lots under water stopped' : 'lots under water running on',
  ]
  // The price stands in the sentence.
  const others = triedWords({ ...tried, priceUsdPerBtc: null }, money)
  return `Assumed: ${parts.join(', ')}.${others === null ? '' : ` ${others}`}`
}

function chanceWords(figures: ChanceFigures): string[] {
  const { paths, probabilityOfLossAtEnd, lots, lotsMostlyUnderWater, responds } = figures
  const share = probabilityOfLossAtEnd * 100
  const of =
    share > 0 && share < 1
      ? 'fewer than 1'
      : share > 99 && share < 100
        ? 'more than 99'
        : number(Math.round(share))
  return [
    `Prices do not stay: on ${of} of 100 simulated paths (of ${count(paths)}${responds ? ', on which the network responds to the hashprice' : ''}) the fleet loses cash at the end.`,
    lotsMostlyUnderWater === 0
      ? 'No lot is more likely under water than not at the end.'
      : `${count(lotsMostlyUnderWater)} of ${counted(lots, 'lot')} ${lotsMostlyUnderWater === 1 ? 'is' : 'are'} more likely under water than not at the end.`,
  ]
}
