import type { AlertKind, AlertOccurrence, AlertRule, FleetTold } from '#shared/domain/alerts.ts'
import { VERDICT_WORDS } from './advice-words.ts'
import type { Money } from './money.ts'
import { US_DOLLARS } from './money.ts'
import { count, counted, signedPercent } from './numbers.ts'
import { calendarDay, moment } from './times.ts'
import { valueWord } from './value-words.ts'

export type AlertWords = {
  /** a few words, without a full stop */
  readonly title: string
  /** a sentence with the figures */
  readonly body: string
}

/** What an alert waits for: `Hashprice below $34.00 per PH/s a day`. */
export function ruleWords(rule: AlertRule, money: Money = US_DOLLARS): string {
  switch (rule.kind) {
    case 'hashprice-below':
      return `Hashprice below ${money.perPh(rule.usdPerPhDay)} ${money.hashprice.per}`
    case 'breakeven-crossed':
      return 'A lot crosses its break-even'
    case 'verdict-changed':
      return 'The advice for a lot changes'
    case 'strike-crossed':
      return 'A lot crosses its stop or start strike'
    case 'adjustment-beyond':
      return `Expected adjustment ${side(rule.change)} ${signedPercent(rule.change)}`
    case 'nvt-zone':
      return 'NVT enters or leaves its value zone'
    case 'data-stale':
      return 'A value that margins need is stale or missing'
  }
}

/** What happened, for a list and for a notification. */
export function occurrenceWords(occurrence: AlertOccurrence, money: Money = US_DOLLARS): AlertWords {
  switch (occurrence.kind) {
    case 'hashprice-below': {
      const threshold = money.perPh(occurrence.thresholdUsdPerPhDay)
      // Rounded down, so that it never reads the same as what it is below.
      const now = money.perPh(occurrence.usdPerPhDay, 'down')
      return {
        title: `Hashprice below ${threshold}`,
        body: `Hashprice at ${now} ${money.hashprice.per}, below your ${threshold}.${fleetWords(occurrence.fleet, money)}`,
      }
    }
    case 'breakeven-crossed':
      return crossingWords(occurrence, money)
    case 'verdict-changed':
      return verdictWords(occurrence, money)
    case 'strike-crossed':
      return strikeWords(occurrence, money)
    case 'adjustment-beyond': {
      const [now, threshold] = apart(occurrence.change, occurrence.threshold)
      return {
        title: `Adjustment of ${now} expected`,
        body: `The next adjustment is expected to be ${now}, ${side(occurrence.threshold)} your ${threshold}.${afterWords(occurrence.after, money)}`,
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
  const words = CROSSING_STATES[kind]
  if (activeSinceMs === null) return words?.none ?? 'not at the moment'
  return `${words?.some ?? 'lasts'} since ${moment(activeSinceMs, nowMs, timeZone)}`
}

const CROSSING_STATES: Readonly<
  Partial<Record<AlertKind, { readonly none: string; readonly some: string }>>
> = {
  'breakeven-crossed': { none: 'no lot below break-even', some: 'lots below break-even' },
  'verdict-changed': { none: 'nothing to switch', some: 'machines to switch' },
  'strike-crossed': { none: 'no lot beyond its strike', some: 'lots beyond their strikes' },
}

const MOST_SINGLE = 2

/**
 * Desktop notifications after one evaluation: one each, or one for all where there are many. Some desktops read markup in them, which
 * the name of a lot must not be.
 */
export function notificationsOf(
  happened: readonly AlertOccurrence[],
  money: Money = US_DOLLARS,
): readonly AlertWords[] {
  const words = happened
    .map((occurrence) => occurrenceWords(occurrence, money))
    .map(({ title, body }) => ({ title, body: body.replaceAll('<', '‹').replaceAll('>', '›') }))
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
  money: Money,
): AlertWords {
  const { under, lots, machines, ids, usdPerPhDay, usdPerDay } = occurrence
  const what = under ? 'fell below break-even' : 'rose above break-even'
  return {
    title: `${counted(lots, 'lot')} ${what}`,
    body: `${counted(lots, 'lot')} (${counted(machines, 'machine')}) ${what} at a hashprice of ${money.perPh(usdPerPhDay)}: ${namesOf(ids, lots)}.${usdPerDay === undefined ? '' : ` As ${lots === 1 ? 'it runs, it' : 'they run, they'} ${makes(lots, usdPerDay, money)}.`}`,
  }
}

/** `earns $12 a day`, `lose $3 a day`. */
function makes(many: number, usdPerDay: number, money: Money): string {
  const verb = usdPerDay < 0 ? 'lose' : 'earn'
  return `${verb}${many === 1 ? 's' : ''} ${money.amount(Math.abs(usdPerDay))} a day`
}

/** What the fleet makes at a hashprice, and who of it is under water; '' where it is not known. */
function fleetWords(fleet: FleetTold | undefined, money: Money): string {
  if (fleet === undefined) return ''
  const { lots, machines, usdPerDay, under } = fleet
  const all = `${counted(machines, 'machine')} in ${counted(lots, 'lot')}`
  return ` As ${machines === 1 ? 'it runs' : 'they run'}, ${all} ${makes(machines, usdPerDay, money)}; ${underWords(under, money)}.`
}

function underWords({ lots, machines, usdPerDay }: FleetTold['under'], money: Money): string {
  if (lots === 0) return 'none is under water'
  const some = `${counted(machines, 'machine')} in ${counted(lots, 'lot')}`
  return `${some} ${machines === 1 ? 'is' : 'are'} under water and ${makes(machines, usdPerDay, money)}`
}

/** What an adjustment makes of the fleet; '' where it is not known. */
function afterWords(
  after: Extract<AlertOccurrence, { kind: 'adjustment-beyond' }>['after'],
  money: Money,
): string {
  if (after === undefined) return ''
  const { usdPerPhDay, fleet, changeUsdPerDay } = after
  const more = `${money.amount(Math.abs(changeUsdPerDay))} a day ${changeUsdPerDay < 0 ? 'less' : 'more'}`
  const who = `${counted(fleet.machines, 'machine')} in ${counted(fleet.lots, 'lot')}`
  return ` At the hashprice of ${money.perPh(usdPerPhDay)} that follows from it, ${who} ${fleet.machines === 1 ? 'makes' : 'make'} ${more}; ${underWords(fleet.under, money)}.`
}

function namesOf(ids: readonly string[], lots: number): string {
  const more = lots - ids.length
  return `${ids.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`
}

/** What changed, for how many machines, and what following it is worth. */
function verdictWords(
  { lots, machines, gainUsd, horizonDays, changes }: Extract<AlertOccurrence, { kind: 'verdict-changed' }>,
  money: Money,
): AlertWords {
  const parts = changes.map(
    ({ from, to, lots: some, machines: of, ids }) =>
      `from ${VERDICT_WORDS[from]} to ${VERDICT_WORDS[to]}: ${counted(of, 'machine')} (${namesOf(ids, some)})`,
  )
  const told = changes.reduce((sum, change) => sum + change.lots, 0)
  const rest = lots > told ? `; ${counted(lots - told, 'lot')} otherwise` : ''
  const span = horizonDays === null ? 'a day' : `over ${counted(Math.round(horizonDays), 'day')}`
  return {
    title: `New advice for ${counted(lots, 'lot')}`,
    body: `New advice for ${counted(lots, 'lot')} (${counted(machines, 'machine')}), ${parts.join('; ')}${rest}. Following it is worth ${money.amount(gainUsd)} ${span}.`,
  }
}

function strikeWords(
  { under, stop, start, usdPerPhDay }: Extract<AlertOccurrence, { kind: 'strike-crossed' }>,
  money: Money,
): AlertWords {
  const way = under ? 'fell below' : 'rose above'
  const sides = (
    [
      [stop, 'running', 'stop', 'Running them'],
      [start, 'idle', 'start', 'Running them would'],
    ] as const
  ).flatMap(([side, what, strike, running]) =>
    side === null
      ? []
      : [
          {
            title: `${counted(side.lots, `${what} lot`)} ${way} ${side.lots === 1 ? 'its' : 'their'} ${strike} strike`,
            rest: ` (${counted(side.machines, 'machine')}) at a hashprice of ${money.perPh(usdPerPhDay)}: ${namesOf(side.ids, side.lots)}. ${running} ${makes(what === 'idle' ? 2 : 1, side.usdPerDay, money)}, against leaving them off.`,
          },
        ],
  )
  return {
    title: sides.map(({ title }) => title).join('; '),
    body: sides.map(({ title, rest }) => `${title}${rest}`).join(' '),
  }
}
