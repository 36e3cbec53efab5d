import type { Picture } from '#shared/domain/decision/picture.ts'
import type { Strike, Strikes } from '#shared/domain/margins/nearest-strikes.ts'
import { count, counted, MISSING } from '#shared/format/numbers.ts'
import type { Money } from '#shared/format/money.ts'
import type { Market } from '#shared/domain/decision/market.ts'
import { dayMonth, days, longDay } from '#shared/format/times.ts'

/** What the answer rests on. */
type Answered = Pick<Picture, 'advice' | 'market' | 'totals'>

/** The one sentence, in three parts so that the money in its middle can be set off; NaN: there is no money in it. */
export type AnswerWords = { readonly before: string; readonly moneyUsd: number; readonly after: string }

const only = (sentence: string): AnswerWords => ({ before: sentence, moneyUsd: Number.NaN, after: '' })
const about = (atMs: number) => (dayMonth(atMs) === MISSING ? '' : `, about ${dayMonth(atMs)}`)

/** What is to be said where the adjustment has passed that the values lead to; null where it has not. */
export function passedWords({ passedAtMs }: Market): string | null {
  return Number.isNaN(passedAtMs)
    ? null
    : `The adjustment of these values was due on ${longDay(passedAtMs)}; its result is not known here.`
}

/** What to do, what it is worth, by when. */
export function answerWords({ advice, market, totals }: Answered): AnswerWords {
  if (totals.running === 0) return only('No machine runs.')
  const passed = passedWords(market)
  if (advice === null) {
    return Number.isFinite(totals.marginUsdPerDay)
      ? {
          before: 'As it runs, the fleet earns ',
          moneyUsd: totals.marginUsdPerDay,
          after:
            passed === null
              ? ' a day. What to power down needs the state of the difficulty epoch.'
              : ` a day by these values. ${passed}`,
        }
      : only('There is no answer yet: figures are missing.')
  }
  const { off, pause, run } = advice.machines
  if (off + pause + run === 0)
    return only('There is no answer yet: no machine that runs has all its figures.')
  // A sample's day is no day of the calendar: then the length of time is what there is to tell.
  const end = longDay(market.horizonEndMs)
  const by = end === MISSING ? ` over ${days(market.outlook?.horizonDays ?? Number.NaN)}.` : ` by ${end}.`
  if (off > 0)
    return {
      before: `Power down ${counted(off, 'machine')} now. It saves `,
      moneyUsd: advice.gainUsd,
      after: by,
    }
  if (pause > 0) {
    const until = about(market.adjustmentAtMs)
    return {
      before: `Pause ${counted(pause, 'machine')} until the adjustment${until}. It saves `,
      moneyUsd: advice.gainUsd,
      after: by,
    }
  }
  return {
    before: 'Run everything. It earns ',
    moneyUsd: advice.marginNowUsdPerDay.asIs,
    after: ' a day after power.',
  }
}

const lotName = ({ model, site }: Strike) => `${model === '' ? 'no model' : model}, ${site}`

/** What else there is to do, what would change the answer, and what it leaves out. */
export function answerDetails(
  money: Money,
  { advice, market, totals }: Answered,
  strikes: Strikes,
): readonly string[] {
  const said: string[] = []
  if (advice !== null && advice.machines.off > 0 && advice.machines.pause > 0) {
    said.push(
      `${count(advice.machines.pause)} more ${advice.machines.pause === 1 ? 'machine pauses' : 'machines pause'} until the adjustment${about(market.adjustmentAtMs)}; the saving includes that.`,
    )
  }
  if (strikes.above !== null) {
    said.push(
      `Above a hashprice of ${money.perPh(strikes.above.usdPerPhDay, 'up')} the next lot earns again (${lotName(strikes.above)}).`,
    )
  }
  if (strikes.below !== null) {
    said.push(
      `Below ${money.perPh(strikes.below.usdPerPhDay, 'up')} the next one goes under water (${lotName(strikes.below)}).`,
    )
  }
  if (totals.withoutFigures > 0) {
    said.push(
      `${counted(totals.withoutFigures, 'running machine')} left out: a figure, the power price or the rate of its currency is missing.`,
    )
  }
  return said
}
