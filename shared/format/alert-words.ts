import type { AlertKind, AlertOccurrence, AlertRule } from '#shared/domain/alerts.ts'
import { usdPerPh } from './money.ts'
import { count, counted, signedPercent } from './numbers.ts'
import type { Rounding } from './numbers.ts'
import { calendarDay, moment } from './times.ts'
import { valueWord } from './value-words.ts'

/** Writes a hashprice of USD/PH/s/day in the money that is shown. */
export type ShowPerPh = (usdPerPhDay: number, rounding?: Rounding) => string

export type AlertWords = {
  /** a few words, without a full stop */
  readonly title: string
  /** a sentence with the figures */
  readonly body: string
}

/** What an alert waits for: `Hashprice below $34.00 per PH/s and day`. */
export function ruleWords(rule: AlertRule, perPh: ShowPerPh = usdPerPh): string {
  switch (rule.kind) {
    case 'hashprice-below':
      return `Hashprice below ${perPh(rule.usdPerPhDay)} per PH/s and day`
    case 'breakeven-crossed':
      return 'A lot crosses its break-even'
    case 'adjustment-beyond':
      return `Expected adjustment ${side(rule.change)} ${signedPercent(rule.change)}`
    case 'nvt-zone':
      return 'NVT enters or leaves its value zone'
    case 'data-stale':
      return 'A value that margins need is stale or missing'
  }
}

/** What happened, for a list and for a notification. */
export function occurrenceWords(occurrence: AlertOccurrence, perPh: ShowPerPh = usdPerPh): AlertWords {
  switch (occurrence.kind) {
    case 'hashprice-below': {
      const threshold = perPh(occurrence.thresholdUsdPerPhDay)
      // Rounded down, so that it never reads the same as what it is below.
      const now = perPh(occurrence.usdPerPhDay, 'down')
      return {
        title: `Hashprice below ${threshold}`,
        body: `Hashprice at ${now} per PH/s and day, below your ${threshold}.`,
      }
    }
    case 'breakeven-crossed':
      return crossingWords(occurrence, perPh)
    case 'adjustment-beyond': {
      const [now, threshold] = apart(occurrence.change, occurrence.threshold)
      return {
        title: `Adjustment of ${now} expected`,
        body: `The next adjustment is expected to be ${now}, ${side(occurrence.threshold)} your ${threshold}.`,
      }
    }
    case 'nvt-zone': {
      const verb = occurrence.entered ? 'entered' : 'left'
      return {
        title: `NVT ${verb} its value zone`,
        body: `Dynamic NVT ${verb} its value zone on ${calendarDay(occurrence.date)}.`,
      }
    }
    case 'data-stale':
      return {
        title: 'Data is stale or missing',
        body: `Stale or missing: ${occurrence.values.map(valueWord).join(', ')}. Margins rest on the last good values.`,
      }
  }
}

/**
 * Whether the state of an alert lasts: `lasts since 14:02`, `not at the moment`.
 * @param activeSinceMs null: it does not last
 */
export function stateWords(
  kind: AlertKind,
  activeSinceMs: number | null,
  nowMs: number,
  timeZone?: string,
): string {
  const isCrossing = kind === 'breakeven-crossed'
  if (activeSinceMs === null) return isCrossing ? 'no lot below break-even' : 'not at the moment'
  const since = `since ${moment(activeSinceMs, nowMs, timeZone)}`
  return isCrossing ? `lots below break-even ${since}` : `lasts ${since}`
}

const MOST_SINGLE = 2

/** Desktop notifications after one evaluation: one each, or one for all where there are many. */
export function notificationsOf(happened: readonly AlertOccurrence[]): readonly AlertWords[] {
  const words = happened.map((occurrence) => occurrenceWords(occurrence))
  if (words.length <= MOST_SINGLE) return words
  return [{ title: counted(words.length, 'alert'), body: `${words.map(({ title }) => title).join('. ')}.` }]
}

const side = (threshold: number) => (threshold < 0 ? 'below' : 'above')

/** Two changes with as many places as it takes to tell them apart, two at most. */
function apart(change: number, threshold: number): readonly [string, string] {
  const decimals = signedPercent(change) === signedPercent(threshold) ? 2 : 1
  return [signedPercent(change, decimals), signedPercent(threshold, decimals)]
}

function crossingWords(
  occurrence: Extract<AlertOccurrence, { kind: 'breakeven-crossed' }>,
  perPh: ShowPerPh,
): AlertWords {
  const { under, lots, machines, ids, usdPerPhDay } = occurrence
  const more = lots - ids.length
  const which = `${ids.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`
  const what = under ? 'fell below break-even' : 'rose above break-even'
  return {
    title: `${counted(lots, 'lot')} ${what}`,
    body: `${counted(lots, 'lot')} (${counted(machines, 'machine')}) ${what} at a hashprice of ${perPh(usdPerPhDay)}: ${which}.`,
  }
}
