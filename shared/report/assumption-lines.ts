import type { Market } from '../domain/decision/market.ts'
import { lookedAtMs, passedWords } from '../format/answer-words.ts'
import { leftOutOfMarketWords } from '../format/market-words.ts'
import { sats } from '../format/money.ts'
import { percent, percentRange, signedPercent } from '../format/numbers.ts'
import { dayMonth, days } from '../format/times.ts'
import { hashrate } from '../format/units.ts'
import type { ReportFacts } from './facts.ts'
import { paidIn } from './facts.ts'
import { moneyWords } from './money-words.ts'

/** What all figures assume, each as a sentence. */
export function assumptionLines(facts: ReportFacts): readonly string[] {
  const { market, money } = facts
  const { network, currency, horizonDays } = facts.case
  const said = moneyWords(network, paidIn(facts.case), currency)
  if (market === null) return said
  const passed = passedWords(market)
  const leftOut = leftOutOfMarketWords(market)
  return [
    ...said,
    `Hashprice ${money.perPh(market.hashpriceUsdPerPhDay)} ${money.hashprice.per} (${sats(market.hashpriceBtcPerPhDay)} per PH/s), ${market.hashpriceIsTyped ? 'typed by hand' : 'fees included'}; network ${hashrate(market.networkHashrateHs)}.`,
    ...(leftOut === null ? [] : [leftOut]),
    adjustmentLine(facts, market),
    ...(passed === null ? [] : [passed]),
    ...(market.outlook === null
      ? []
      : [
          `Horizon ${days(market.outlook.horizonDays)}${horizonDays === null ? ': until the adjustment and 14 days' : ', chosen'}. Price and fees stay as they are.`,
        ]),
    'Only cost that stops with the machine decides. Machines off or in repair are left out of all sums but the count, all-in margins and the meter.',
    `Someone looks every ${days(market.reviewDays)}; the hashprice moves by ${percent(market.volatilityPerYear, 0)} a year. What is stored of contracts, policies and profiles is weighed.`,
  ]
}

function adjustmentLine({ money }: ReportFacts, market: Market): string {
  const { about, range } = adjustmentDays(market)
  const after = `Hashprice after it ${money.perPh(market.hashpriceAfterUsdPerPhDay)}.`
  if (market.changeIsAssumed)
    return `Next adjustment ${signedPercent(market.change)}${about}, typed by hand. ${after}`
  if (market.estimate === null)
    return 'The next adjustment is not known, so verdicts are for now and money is per day.'
  const { change, change80 } = market.estimate
  return `Next adjustment ${signedPercent(change)}${about}; 80 % range ${percentRange(change80)}${range}. ${after}`
}

/** The days of the next adjustment, with words before; nothing where the values are of no day. */
function adjustmentDays(market: Market) {
  const dayOf = (ms: number) => dayMonth(ms, undefined, lookedAtMs(market))
  const [from, to] = market.adjustmentAtMs80.map(dayOf)
  const isKnown = !Number.isNaN(market.adjustmentAtMs)
  return {
    about: isKnown ? ` about ${dayOf(market.adjustmentAtMs)}` : '',
    range: isKnown ? `, ${from === to ? from : `${from} to ${to}`}` : '',
  }
}
