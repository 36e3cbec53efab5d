import type { SiteToCall, SitesToCall } from '#shared/domain/decision/acts/called.ts'
import type { RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import { notNowFor } from '#shared/domain/decision/acts/decision-log.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { pointWords } from '#shared/format/act-words.ts'
import { count, number } from '#shared/format/numbers.ts'
import type { Money } from '#shared/format/money.ts'
import { moneyColumn, printedSums } from '#shared/format/printed-sums.ts'

/** The sites to call as they are printed: every column adds up to its total. */
export type SiteTable = {
  readonly rows: readonly SiteTableRow[]
  /** what is advised at other sites, for later; null where that is nothing */
  readonly elsewhere: string | null
  readonly has: {
    readonly powerDown: boolean
    readonly pause: boolean
    readonly start: boolean
    readonly set: boolean
  }
  readonly powerUnit: 'MW' | 'kW'
  readonly total: Figures
  /** heading of the money of a day, and of the whole */
  readonly lossHeading: string
  readonly gainVerb: string
}
type Figures = {
  readonly powerDown: string
  readonly pause: string
  readonly start: string
  readonly set: string
  readonly freed: string
  readonly loss: string
  readonly gain: string
}
export type SiteTableRow = {
  readonly call: SiteToCall
  /** 404 of them are called back, in words; '' where none is */
  readonly again: string
  readonly which: string
  /** operating points that machines are to run at, in words; '' where it is their own */
  readonly points: string
  readonly figures: Figures
  readonly isHome: boolean
  /** said today, and still of what is advised */
  readonly notNow: RecordedDecision | null
}

const MOST_MODELS = 2
/** Less is rounding. */
const LEAST_MONEY_USD = 0.005

/** `148 S19j Pro+ 122T, 54 S17 56T and 2 more models` */
function modelWords({ models }: SiteToCall): string {
  const named = models.slice(0, MOST_MODELS)
  const more = models.length - named.length
  const words = named.map(({ model, machines }) => `${count(machines)} ${model === '' ? 'no model' : model}`)
  return words.join(', ') + (more === 0 ? '' : ` and ${more} more ${more === 1 ? 'model' : 'models'}`)
}

/** `12 at 98 TH/s, 2450 W (eco) and 2 more points`; '' where no point is another */
function pointsWords({ points: [first, ...others] }: SiteToCall): string {
  if (first === undefined) return ''
  const more =
    others.length === 0 ? '' : ` and ${others.length} more ${others.length === 1 ? 'point' : 'points'}`
  return `${count(first.machines)} at ${pointWords(first.point)}${more}`
}

const dash = (machines: number) => (machines === 0 ? '' : count(machines))

/** The site where this computer stands first, then the others as they are. */
function inOrder({ sites }: SitesToCall, homeSite: string): readonly SiteToCall[] {
  const isHome = ({ site }: SiteToCall) => isSameSiteName(site, homeSite)
  return [...sites.filter(isHome), ...sites.filter((each) => !isHome(each))]
}

/**
 * @param homeSite where this computer stands; '' where nobody said
 * @param decisions newest first
 */
export function siteTable(
  called: SitesToCall,
  money: Money,
  homeSite: string,
  decisions: readonly RecordedDecision[],
  nowMs: number,
): SiteTable {
  const calls = inOrder(called, homeSite)
  const hasMore = Math.abs(called.elsewhereUsd) >= LEAST_MONEY_USD
  const powerUnit = calls.some(({ freedKw }) => Math.abs(freedKw) >= 1000) ? 'MW' : 'kW'
  const freed = printedSums(
    calls.map(({ freedKw }) => freedKw / (powerUnit === 'MW' ? 1000 : 1)),
    powerUnit === 'MW' ? 2 : 1,
    powerUnit === 'MW' ? 5 : 2,
  )
  const power = (value: number) => number(value, powerUnit === 'MW' ? 2 : 1)
  const loss = moneyColumn(
    money,
    calls.map(({ lossUsdPerDay }) => -lossUsdPerDay),
  )
  const gains = [...calls.map(({ gainUsd }) => gainUsd), ...(hasMore ? [called.elsewhereUsd] : [])]
  const gain = moneyColumn(money, gains)
  const sum = (of: 'powerDown' | 'pause' | 'start' | 'set') => calls.reduce((all, each) => all + each[of], 0)
  const sums = { powerDown: sum('powerDown'), pause: sum('pause'), start: sum('start'), set: sum('set') }
  const [stops, starts] = [sums.powerDown + sums.pause > 0, sums.start > 0]
  return {
    rows: calls.map((call, i) => ({
      call,
      again:
        call.startAgain === 0
          ? ''
          : call.startAgain === call.start
            ? `Start these ${count(call.start)} again today`
            : `${count(call.startAgain)} of ${count(call.start)} to start again`,
      which: modelWords(call),
      points: pointsWords(call),
      figures: {
        ...{
          powerDown: dash(call.powerDown),
          pause: dash(call.pause),
          start: dash(call.start),
          set: dash(call.set),
        },
        ...{ freed: power(freed.parts[i]!), loss: loss.parts[i]!, gain: gain.parts[i]! },
      },
      isHome: homeSite !== '' && isSameSiteName(call.site, homeSite),
      notNow: notNowFor(decisions, call, nowMs),
    })),
    elsewhere: hasMore ? gain.parts.at(-1)! : null,
    has: { powerDown: sums.powerDown > 0, pause: sums.pause > 0, start: starts, set: sums.set > 0 },
    powerUnit,
    total: {
      ...{
        powerDown: dash(sums.powerDown),
        pause: dash(sums.pause),
        start: dash(sums.start),
        set: dash(sums.set),
      },
      ...{ freed: power(freed.total), loss: loss.total, gain: gain.total },
    },
    lossHeading: starts ? (stops ? 'A day if left so' : 'A day if left off') : 'A day if it runs',
    gainVerb: stops ? (starts ? 'Worth' : 'Saves') : 'Earns',
  }
}

/** The rows in the order in which their sites stood before; others after them, as they come. */
export function inOrderOf(
  rows: readonly SiteTableRow[],
  before: readonly SiteTableRow[],
): readonly SiteTableRow[] {
  const places = new Map(before.map(({ call }, place) => [call.siteKey, place]))
  const placeOf = ({ call }: SiteTableRow) => places.get(call.siteKey) ?? places.size
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b))
}
