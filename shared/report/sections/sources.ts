import { NETWORK_VALUE_NAMES } from '../../domain/chain/network-values.ts'
import type { Currency } from '../../domain/power/currency.ts'
import { decimalMark } from '../../format/display.ts'
import { number, percent, signedPercent, THIN_SPACE } from '../../format/numbers.ts'
import { exchangeRate } from '../../format/rates.ts'
import { dateTime, days } from '../../format/times.ts'
import { VALUE_LOOKS } from '../../format/value-looks.ts'
import { attributionsOf, sourceWord } from '../../format/words.ts'
import { SAMPLE, TYPED } from '../../ipc/conditions.ts'
import { ratesUsed } from '../../ipc/freshness.ts'
import type { DatedValue } from '../../ipc/schemas/network.ts'
import type { SourceName } from '../../ipc/sources.ts'
import { SOURCES } from '../../ipc/sources.ts'
import type { Block, Fact } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { paidIn } from '../facts.ts'
import { moneyWords } from '../money-words.ts'
import { columnsOver, heading, note, sentence, table, tableOf, warning } from '../table.ts'
import { freshnessWarnings } from '../warnings.ts'

type Line = { readonly name: string; readonly text: string; readonly dated: DatedValue | null }

/** Every digit that a value has: a reader computes with it. */
const DIGITS = {
  priceUsdPerBtc: [2, 'USD'],
  difficulty: [0, ''],
  height: [0, ''],
  feesBtcPerBlock: [8, 'BTC'],
  epochBlocks: [0, ''],
  epochSeconds: [0, 's'],
} as const

/** What all figures rest on: each value with its source, its time and what may be done with it. */
export function sourcesSection(facts: ReportFacts): readonly Block[] {
  const { network, fleet, currency, inputs, version, madeAtMs } = facts.case
  const rates = ratesUsed(paidIn(facts.case), currency)
  const lines: readonly Line[] = [
    ...NETWORK_VALUE_NAMES.map((name) => {
      const dated = network.values[name]
      const [decimals, unit] = DIGITS[name]
      const text = dated === null ? 'not known' : `${exactly(dated.value, decimals)} ${unit}`.trim()
      return { name: VALUE_LOOKS[name].name, text, dated }
    }),
    ...rates.map((foreign) => rateLine(foreign, network.rates[foreign] ?? null)),
  ]
  const { text } = columnsOver(lines)
  const sources = [...new Set(lines.flatMap(({ dated }) => dated?.source ?? []))]
  return [
    ...freshnessWarnings(facts).map(warning),
    table(
      tableOf('sources', 'Values of the network', null, [
        text('value', 'Value', ({ name }) => name),
        text('figure', 'Figure', (line) => line.text),
        text('source', 'Source', ({ dated }) => (dated === null ? '' : sourceWord(dated.source))),
        text('asOf', 'As of', ({ dated }) => (dated === null ? '' : dateTime(dated.asOfMs))),
        text('state', 'State', ({ dated }) => stateOf(dated)),
      ]),
    ),
    ...(network.typed === undefined
      ? []
      : [
          sentence(
            `A hashprice of ${number(network.typed.hashpriceUsdPerPhDay, 4)} USD per PH/s a day, typed on ${dateTime(network.typed.typedAtMs)}, counts in place of these values.`,
          ),
        ]),
    { kind: 'list', items: moneyWords(network, paidIn(facts.case), currency) },
    ...(network.previousAdjustments.length === 0
      ? []
      : [
          note(
            `Last adjustments, newest first: ${network.previousAdjustments.map((change) => signedPercent(change, 2)).join(', ')}.`,
          ),
        ]),
    ...licences(sources),
    heading('What else it rests on'),
    {
      kind: 'facts',
      facts: [
        fact('Fleet', `revision ${number(fleet.revision)}`),
        fact('Contracts weighed', number(inputs.contracts.length)),
        fact('Rates stored', number(inputs.rates.length)),
        fact('Someone looks every', days(inputs.limits.reviewDays)),
        fact(
          'Hashprice moves in a year by',
          facts.market === null ? 'not known' : percent(facts.market.volatilityPerYear, 0),
        ),
        fact('Made', dateTime(madeAtMs)),
        fact('Program', `Strikeline ${version}`),
      ],
    },
    { kind: 'seal' },
  ]
}

const fact = (label: string, text: string): Fact => ({ label, text, origin: '' })

/** With all its digits, more than a figure on screen has. */
function exactly(value: number, decimals: number): string {
  const [whole, part] = value.toFixed(decimals).split('.')
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE)
  return part === undefined ? grouped : `${grouped}${decimalMark()}${part}`
}

const rateLine = (currency: Currency, dated: DatedValue | null): Line => ({
  name: `1 ${currency}`,
  text: dated === null ? 'not known' : `${exchangeRate(dated.value)} USD`,
  dated,
})

function stateOf(dated: DatedValue | null): string {
  if (dated === null) return 'missing'
  if (dated.source === SAMPLE) return 'sample'
  if (dated.source === TYPED) return 'typed by hand'
  return dated.stale ? 'stale' : 'current'
}

/** What each source allows, and what it wants to be said. */
function licences(sources: readonly string[]): readonly Block[] {
  const known = sources.filter((name): name is SourceName => Object.hasOwn(SOURCES, name))
  if (known.length === 0) return []
  const { text } = columnsOver(known)
  return [
    table(
      tableOf('licences', 'What the sources allow', null, [
        text('source', 'Source', (name) => SOURCES[name].title),
        text('terms', 'Terms', (name) => SOURCES[name].terms),
        text('attribution', 'To be said', (name) => attributionsOf([name]).join(', ')),
      ]),
    ),
  ]
}
