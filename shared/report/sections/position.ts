import { chanceOfActs } from '../../domain/decision/acts/chance-of-acts.ts'
import { NO_SITES_TO_CALL } from '../../domain/decision/acts/called.ts'
import { sitesToCall } from '../../domain/decision/acts/sites-to-call.ts'
import { settled } from '../../domain/decision/advise.ts'
import type { Market } from '../../domain/decision/market.ts'
import type { Picture } from '../../domain/decision/picture.ts'
import { W_PER_KW } from '../../domain/units.ts'
import type { Answered } from '../../format/answer-words.ts'
import { answerDetails, answerWords, notNowWords } from '../../format/answer-words.ts'
import type { Money } from '../../format/money.ts'
import { btc, sats } from '../../format/money.ts'
import { count, counted, MISSING, percent, percentRange, signedPercent } from '../../format/numbers.ts'
import { flipOf } from '../../format/shown-flip.ts'
import { dateTime, dayMonth } from '../../format/times.ts'
import { difficulty, hashrateOfThs, jPerTh, power } from '../../format/units.ts'
import type { DatedValue } from '../../ipc/schemas/network.ts'
import type { Block, Fact } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { unsaidWords } from '../facts.ts'
import { origin } from '../money-words.ts'
import { heading, sentence, warning } from '../table.ts'
import { freshnessWarnings } from '../warnings.ts'

/** The answer, what it leaves out, the strike line and the totals. */
export function positionSection(facts: ReportFacts): readonly Block[] {
  const { picture, money } = facts
  if (picture === null)
    return [
      { kind: 'headline', text: 'No network data, so no advice.' },
      ...freshnessWarnings(facts).map(warning),
    ]
  const answered = answeredOf(facts, picture)
  const { before, moneyUsd, after } = answerWords(answered)
  const details = [
    ...marginWords(picture, money),
    ...(picture.refusal === null
      ? []
      : [`A stored contract cannot be weighed, so there is no advice: ${picture.refusal}.`]),
    ...answerDetails(money, answered, flipsOf(picture), notNow(facts, answered)),
  ]
  return [
    { kind: 'headline', text: `${before}${Number.isNaN(moneyUsd) ? '' : money.amount(moneyUsd)}${after}` },
    sentence(details.join(' ')),
    ...freshnessWarnings(facts).map(warning),
    ...(Number.isNaN(picture.market.hashpriceUsdPerPhDay) || picture.basis.length === 0
      ? []
      : [
          heading(
            'Strike line',
            `break-even against hashprice, ${money.hashprice.words}; area = money a day`,
          ),
          { kind: 'strikeLine' } as const,
        ]),
    heading('In figures', `as of ${dateTime(facts.asOfMs)}`),
    { kind: 'facts', facts: [...totalsOf(facts, picture), ...inputsOf(facts)] },
  ]
}

/** What the sentence is made of, as on the screen. */
function answeredOf({ case: { inputs } }: ReportFacts, picture: Picture): Answered {
  const { prepared, market, advice, totals } = picture
  return {
    advice: advice?.totals ?? null,
    sitesToCall: advice === null ? NO_SITES_TO_CALL : sitesToCall(prepared, market, advice, inputs.paused),
    market,
    totals,
  }
}

const notNow = ({ case: { decisions }, asOfMs }: ReportFacts, { sitesToCall }: Answered) =>
  notNowWords(sitesToCall, decisions.recorded, asOfMs)

function flipsOf({ prepared, basis, advice }: Picture) {
  if (advice === null) return null
  const { above, below } = advice.flips()
  return {
    above: flipOf(basis.fleet, above),
    below: flipOf(basis.fleet, below),
    chance: settled(chanceOfActs(prepared, advice)),
  }
}

/** `With the advice the fleet earns $3 019 a day in cash now, $3 234 after the adjustment of about 28 Nov (…).` */
function marginWords({ advice, market }: Picture, money: Money): readonly string[] {
  if (advice === null) return []
  const { marginNowUsdPerDay: now, marginAfterUsdPerDay: after } = advice.totals
  if (!Number.isFinite(now.advised)) return []
  const then = Number.isFinite(after.advised)
    ? `, ${money.amount(after.advised)} after the adjustment${adjustmentWords(market)}`
    : ''
  return [`With the advice the fleet earns ${money.amount(now.advised)} a day in cash now${then}.`]
}

function adjustmentWords({ adjustmentAtMs, estimate, changeIsAssumed, change, stages }: Market): string {
  const day = dayMonth(adjustmentAtMs, undefined, stages[0]?.fromMs)
  const about = day === MISSING ? '' : ` of about ${day}`
  if (changeIsAssumed) return `${about} (${signedPercent(change)}, typed by hand)`
  return estimate === null ? about : `${about} (80 % range ${percentRange(estimate.change80)})`
}

/** With what the advice makes of it, where that is known. */
function both(asIs: string, advised: string): string {
  return advised === MISSING || advised === asIs ? asIs : `${asIs}; ${advised} with the advice`
}

function totalsOf(facts: ReportFacts, { totals, market, advice }: Picture): readonly Fact[] {
  const { money } = facts
  const sums = advice?.totals ?? null
  const fact = (label: string, text: string): Fact => ({ label, text, origin: '' })
  const amount = (usd = Number.NaN) => money.amount(usd)
  const meter = (kw = Number.NaN) => power(kw * W_PER_KW)
  const after = sums?.marginAfterUsdPerDay
  const allIn = sums?.allInNowUsdPerDay
  return [
    fact('Running', `${count(totals.running)} of ${counted(totals.machines, 'machine')}`),
    fact('Hashrate', `${hashrateOfThs(totals.hashrateThs)} at ${jPerTh(totals.efficiencyJPerTh)} J/TH`),
    fact('Power of what runs', power(totals.powerW)),
    fact('At the meter', both(meter(sums?.powerKw.asIs), meter(sums?.powerKw.advised))),
    {
      label: 'Hashprice',
      origin: market.hashpriceIsTyped ? 'typed by hand' : 'from price, difficulty, height and fees',
      text: `${money.perPh(market.hashpriceUsdPerPhDay)} ${money.hashprice.per}, ${sats(market.hashpriceBtcPerPhDay)} per PH/s${
        Number.isFinite(market.hashpriceAfterUsdPerPhDay)
          ? `; after the adjustment ${money.perPh(market.hashpriceAfterUsdPerPhDay)}`
          : ''
      }`,
    },
    fact('Mined', `${btc(totals.btcPerDay)} a day, after pool fee and host's share`),
    fact('Revenue', `${amount(totals.revenueUsdPerDay)} a day`),
    fact(
      'Cash margin now',
      `${both(amount(sums?.marginNowUsdPerDay.asIs ?? totals.marginUsdPerDay), amount(sums?.marginNowUsdPerDay.advised))}, a day`,
    ),
    ...(Number.isFinite(after?.asIs)
      ? [
          fact(
            'Cash margin after the adjustment',
            `${both(amount(after?.asIs), amount(after?.advised))}, a day`,
          ),
        ]
      : []),
    {
      label: 'Margin of revenue',
      text: percent(totals.marginShare),
      origin: 'cash margin now, as it runs',
    },
    {
      label: 'All-in',
      text: `${both(amount(allIn?.asIs ?? totals.allInMarginUsdPerDay), amount(allIn?.advised))}, a day`,
      origin: unsaidWords(facts, 'it is') ?? 'cash margin less site cost',
    },
    fact(
      'Cost of one BTC',
      `${money.cost(totals.costPerBtcUsd)} that stops, ${money.cost(totals.allInCostPerBtcUsd)} all-in`,
    ),
    fact(
      'Under water',
      sums === null
        ? MISSING
        : `${counted(sums.underwater.now.machines, 'machine')} now${
            Number.isNaN(sums.underwater.after.machines)
              ? ''
              : `, ${counted(sums.underwater.after.machines, 'machine')} after the adjustment`
          }`,
    ),
  ]
}

/** What the hashprice follows from, each with its source and time. */
function inputsOf({ case: { network }, money }: ReportFacts): readonly Fact[] {
  const { priceUsdPerBtc, difficulty: hardness, feesBtcPerBlock, height } = network.values
  const fact = (label: string, dated: DatedValue | null, show: (value: number) => string): Fact => ({
    label,
    text: dated === null ? 'not known' : show(dated.value),
    origin: dated === null ? '' : origin(dated),
  })
  return [
    fact('Bitcoin price', priceUsdPerBtc, (usd) => money.whole(usd)),
    fact('Difficulty', hardness, (value) => difficulty(value)),
    fact('Fees per block', feesBtcPerBlock, btc),
    fact('Block height', height, count),
  ]
}
