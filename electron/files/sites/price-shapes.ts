import { CURRENCIES } from '#shared/domain/power/currency.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import type { TimeForm } from '#shared/domain/power/written-time.ts'

/** A column of a file: its place, and its heading as written. */
export type Column = { readonly at: number; readonly title: string }

/** When an interval is, as a row says it: its end where `isEnd`, else its begin. */
type WrittenInterval = {
  readonly time: string
  /** its end, where the file has both; null: this row does not say it */
  readonly end: string | null
}

/** One kind of price file. Headings are compared in lower case. */
type Shape = {
  /** whose download it is; null: a plain file, with the site's clock */
  readonly exchange: string | null
  /** zone of the exchange's clock */
  readonly timeZone: string | null
  readonly form: TimeForm
  /** its times are the ends of the intervals */
  readonly isEnd: boolean
  /** length of each interval, minutes; null: the file says it, or the rows show it */
  readonly minutes: number | null
  /** headings of the columns that say when an interval is */
  readonly times: readonly RegExp[]
  /** @param cells those of `times`, in their order */
  readonly interval: (cells: readonly string[]) => WrittenInterval
  /** another heading that it is known by */
  readonly beside: RegExp | null
  /** heading of the price; it says currency and energy where `currency` and `energy` do not */
  readonly price: RegExp
  readonly currency: string
  readonly energy: 'kwh' | 'mwh'
  /** headings of columns that say whose price it is: a site has one */
  readonly whose: readonly RegExp[]
  /** what should be known of its prices, as the end of a sentence */
  readonly note: string | null
}

const PLAIN = {
  exchange: null,
  timeZone: null,
  form: 'year-first',
  isEnd: false,
  minutes: null,
  times: [/^(?:time|hour|timestamp|datetime|valid_from)$/],
  interval: ([time = '']) => ({ time, end: null }),
  beside: null,
  /** `price_eur_mwh`, `price (EUR/MWh)`, `EUR/MWh`, `p/kWh` */
  price: new RegExp(
    `^(?:price[ _]?)?\\(?(?<currency>p|${CURRENCIES.join('|').toLowerCase()})[_/](?<energy>kwh|mwh)\\)?$`,
  ),
  currency: '',
  energy: 'kwh',
  whose: [],
  note: null,
} as const satisfies Shape

const FLAGS: Readonly<Partial<Record<string, string>>> = { N: '', Y: '*' }
/** The mark of a time that is the second pass of its hour; a flag that is neither N nor Y makes it no time. */
const starOf = (flag: string) => FLAGS[flag.toUpperCase()] ?? ` ${flag}`

const ERCOT = {
  ...PLAIN,
  exchange: 'ERCOT',
  timeZone: 'America/Chicago',
  form: 'month-first',
  isEnd: true,
  minutes: 60,
  times: [/^delivery ?date$/, /^hour ?ending$/, /^(?:repeated ?hour|dst) ?flag$/],
  interval: ([date = '', hour = '', flag = '']) => ({ time: `${date} ${hour}${starOf(flag)}`, end: null }),
  price: /^settlement ?point ?price$/,
  currency: 'usd',
  energy: 'mwh',
  whose: [/^settlement ?point(?: ?name)?$/, /^settlement ?point ?type$/],
} as const satisfies Shape

/** The end of a quarter of an hour: `7:45` for the third of the hour that ends at 8. */
function quarterEnd(hour: string, quarter: string): string {
  if (!/^\d{1,2}$/.test(hour) || !/^[1-4]$/.test(quarter)) return `${hour} ${quarter}`
  const minutes = (Number(hour) - 1) * 60 + Number(quarter) * 15
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

const ENTSO_E = {
  ...PLAIN,
  exchange: 'ENTSO-E',
  timeZone: 'Europe/Brussels',
  form: 'day-first',
  times: [/^mtu \(cet\/cest\)$/],
  interval: ([cell = '']) => {
    const [time = '', end = ''] = cell.split(' - ')
    return { time, end }
  },
  price: /^day-ahead price [[(](?<currency>[a-z]{3})\/mwh[\])]$/,
  energy: 'mwh',
  whose: [/^area$/, /^sequence$/],
} as const satisfies Shape

const OCTOPUS = {
  ...PLAIN,
  exchange: 'Octopus',
  timeZone: 'Europe/London',
  times: [/^valid_from$/, /^valid_to$/],
  // The last price of a tariff has no end yet.
  interval: ([time = '', end = '']) => ({ time, end: end === '' || end === 'null' ? null : end }),
  price: /^value_exc_vat$/,
  currency: 'p',
  whose: [/^payment_method$/],
  note: 'value_exc_vat counts, the price without VAT, which is what a business pays',
} as const satisfies Shape

/** The first that fits counts. */
const SHAPES: readonly Shape[] = [
  ERCOT,
  {
    ...ERCOT,
    minutes: 15,
    times: [ERCOT.times[0], /^delivery ?hour$/, /^delivery ?interval$/, ERCOT.times[2]],
    interval: ([date = '', hour = '', quarter = '', flag = '']) => ({
      time: `${date} ${quarterEnd(hour, quarter)}${starOf(flag)}`,
      end: null,
    }),
  },
  {
    ...PLAIN,
    exchange: 'AESO',
    timeZone: 'America/Edmonton',
    form: 'month-first',
    isEnd: true,
    minutes: 60,
    times: [/^date \(he\)$/],
    beside: /^30ravg \(\$\)$/,
    price: /^price \(\$\)$/,
    currency: 'cad',
    energy: 'mwh',
  },
  ENTSO_E,
  { ...ENTSO_E, timeZone: 'UTC', times: [/^mtu \(utc\)$/] },
  {
    ...PLAIN,
    exchange: 'Nord Pool',
    // Its CET follows the clock on the wall, summer time included.
    timeZone: 'Europe/Brussels',
    form: 'day-first',
    times: [/^delivery start \(cet\)$/, /^delivery end \(cet\)$/],
    interval: ([time = '', end = '']) => ({ time, end }),
    /** `SE3 Price (EUR)`, or with the area in the line below or above */
    price: /^(?:.+ )?price \((?<currency>[a-z]{3})\)(?: .+)?$/,
    energy: 'mwh',
  },
  OCTOPUS,
  {
    ...OCTOPUS,
    price: /^value_inc_vat$/,
    note: 'value_inc_vat counts, the price with VAT; a file with value_exc_vat has the price without it',
  },
  PLAIN,
  {
    ...PLAIN,
    isEnd: true,
    /** `Hour Ending`, `HE`, `hour_end` */
    times: [/^\D*\b(?:(?:hour|interval|period|time)[ _]?end(?:ing|s)?|he)\b\D*$/],
  },
]

const EXCHANGES = [...new Set(SHAPES.flatMap(({ exchange }) => exchange ?? []))]

/** What headings of no shape lack. */
export const NEEDED = `market prices need the column time, or hour_ending, and a price whose heading says currency and unit, such as price_usd_kwh, price_usd_mwh or price_eur_mwh; or all headings of a download of ${EXCHANGES.join(', ')} as they are`

/** How the file at hand is to be read. */
export type PriceShape = Pick<Shape, 'exchange' | 'timeZone' | 'form' | 'isEnd' | 'minutes' | 'note'> & {
  readonly interval: (cells: readonly string[]) => WrittenInterval
  /** headings of its times */
  readonly time: string
  readonly price: Column
  readonly currency: Currency
  /** what one kWh costs, times this, is what the column holds */
  readonly perUnit: number
  readonly whose: readonly Column[]
}

const HEADINGS = SHAPES.flatMap(({ times, beside, price, whose }) =>
  [...times, beside ?? [], price, ...whose].flat(),
)

/** How many of the cells are headings of a price file. */
export const knownHeadings = (cells: readonly string[]): number =>
  cells.filter((cell) => HEADINGS.some((heading) => heading.test(cell.toLowerCase()))).length

/**
 * The shape of a file by its headings.
 * @returns null where they are of none; of a shape, what is wrong with them, in a column or in the row
 */
export function priceShapeOf(
  titles: readonly string[],
): PriceShape | { readonly fault: string; readonly column: string | null } | null {
  const columnsOf = (heading: RegExp): Column[] =>
    titles.flatMap((title, at) => (heading.test(title.toLowerCase()) ? { at, title } : []))
  for (const shape of SHAPES) {
    const times = shape.times.flatMap((heading) => columnsOf(heading)[0] ?? [])
    const [price, ...others] = columnsOf(shape.price)
    const isBeside = shape.beside === null || columnsOf(shape.beside).length > 0
    if (times.length < shape.times.length || price === undefined || !isBeside) continue
    if (others.length > 0)
      return {
        fault: `${listed([price, ...others].map(({ title }) => title))} are prices of several kinds or areas, and a site has one: keep the column of one`,
        column: null,
      }
    const found = shape.price.exec(price.title.toLowerCase())?.groups ?? {}
    const unit = found['currency'] ?? shape.currency
    const currency = unit === 'p' ? 'GBP' : CURRENCIES.find((known) => known.toLowerCase() === unit)
    if (currency === undefined)
      return {
        fault: `${unit.toUpperCase()} is none of the currencies ${CURRENCIES.join(', ')}; write the prices in one of them`,
        column: price.title,
      }
    return {
      ...shape,
      interval: (cells) => shape.interval(times.map(({ at }) => cells[at] ?? '')),
      time: times.map(({ title }) => title).join(', '),
      price,
      currency,
      perUnit: ((found['energy'] ?? shape.energy) === 'mwh' ? 1000 : 1) * (unit === 'p' ? 100 : 1),
      whose: shape.whose.flatMap(columnsOf),
    }
  }
  return null
}

const MOST_NAMED = 10

/** Up to ten of them by name. */
export function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMED
  return names.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
