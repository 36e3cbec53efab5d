import { contractsBySite } from '../../domain/decision/case-inputs.ts'
import { sitesNow } from '../../domain/decision/sites/site-now.ts'
import type { SiteNow } from '../../domain/decision/sites/site-now.ts'
import type { Currency } from '../../domain/power/currency.ts'
import { isForeignCurrency, rateInForce } from '../../domain/power/currency.ts'
import type { SiteContract } from '../../domain/power/site-contract.ts'
import type { TariffVersion, WeekPrices } from '../../domain/power/tariff.ts'
import { contractLines } from '../../format/contract-words.ts'
import { rateSentence, tariffWords } from '../../format/money.ts'
import { counted, MISSING, number } from '../../format/numbers.ts'
import { countingPrice, siteAnswer } from '../../format/site-words.ts'
import { seasonWords } from '../../format/tariff-words.ts'
import { calendarDay, calendarDayOf } from '../../format/times.ts'
import { weekLines } from '../../format/week-words.ts'
import { creditWord } from '../../format/words.ts'
import { figures, heading, note, sentence, table, texts } from '../columns.ts'
import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'

/** What each site has agreed on, and what a kWh costs there now. */
export function contractsSection(facts: ReportFacts): readonly Block[] {
  const { fleet, picture } = facts
  const { sites } = fleet
  if (sites.length === 0) return [sentence('There are no sites yet.')]
  const contracts = contractsBySite(fleet, facts.case.inputs)
  const now =
    picture === null
      ? null
      : sitesNow(picture.prepared, picture.advice === null ? [] : picture.advice.sites())
  const under = contracts.flatMap((contract, site) => (contract === null ? [] : [{ site, contract }]))
  const plain = contracts.flatMap((contract, site) => (contract === null ? [site] : []))
  return [
    ...(picture?.refusal == null
      ? []
      : [{ kind: 'warning', text: `A stored contract cannot be weighed: ${picture.refusal}.` } as const]),
    ...under.flatMap(({ site, contract }) =>
      ofContract(facts, sites.name[site]!, contract, now?.[site] ?? null),
    ),
    ...(plain.length === 0 ? [] : plainSites(facts, plain, under.length > 0)),
  ]
}

function ofContract(
  facts: ReportFacts,
  name: string,
  contract: SiteContract,
  now: SiteNow | null,
): readonly Block[] {
  const lines = contractLines(contract).filter((line) => line.name !== 'Tariff' || hasTiers(contract))
  const counting = now === null ? null : countingPrice(now.pricesFrom)
  return [
    heading(name, contract.timeZone === 'UTC' ? null : `hours in ${contract.timeZone}`),
    ...(now === null ? [] : [sentence(siteAnswer(facts.money, now, contract.capKw))]),
    ...(counting === null
      ? []
      : [note(`The site’s own price is not in use: ${counting.replace('Not in use: ', '')}`)]),
    ...(contract.currency === 'USD' ? [] : [sentence(rateWords(facts, contract.currency))]),
    ...(contract.tariffs.length === 0 ? [] : [tariffTable(facts, name, contract)]),
    ...(lines.length === 0
      ? []
      : [{ kind: 'list', items: lines.map((line) => `${line.name}: ${line.words}.`) } as const]),
    ...(lines.length === 0 && contract.tariffs.length === 0
      ? [sentence('The contract has no parts: the site’s own price counts.')]
      : []),
  ]
}

const hasTiers = ({ tariffs }: SiteContract) => tariffs.some(({ tiers }) => tiers.length > 0)

/** `Agreed in EUR; 1 EUR = 1.0842 USD (ECB, 21 Nov 2026).` */
function rateWords(facts: ReportFacts, currency: Currency): string {
  const rate = usedRate(facts, currency)
  if (rate === null) return `Agreed in ${currency}, of which no rate is known.`
  return `Agreed in ${currency}; ${rateSentence(currency, rate.usdPerUnit)} (${creditWord(rate.source)}, ${calendarDayOf(rate.asOfMs)}).`
}

const usedRate = ({ case: { inputs, asOfMs } }: ReportFacts, currency: Currency) =>
  isForeignCurrency(currency) ? rateInForce(inputs.rates, currency, asOfMs) : null

/** NaN: no rate is known */
const usdPerUnit = (facts: ReportFacts, currency: Currency) =>
  currency === 'USD' ? 1 : (usedRate(facts, currency)?.usdPerUnit ?? Number.NaN)

/** One line for each price of each week: of a version, and of its seasons. */
function tariffTable(facts: ReportFacts, site: string, { tariffs, currency }: SiteContract): Block {
  const rows = tariffs.flatMap((version) =>
    weeksOf(version).flatMap(({ season, week }) =>
      weekLines(week).map((line) => ({ ...line, season, from: version.from, to: version.to })),
    ),
  )
  const unit = usdPerUnit(facts, currency)
  return table(`tariff-${site}`, `Tariff of ${site}`, [
    texts(
      'from',
      'From',
      rows.map(({ from }) => calendarDay(from)),
    ),
    texts(
      'to',
      'To',
      rows.map(({ to }) => (to === null ? 'until further notice' : calendarDay(to))),
    ),
    texts(
      'months',
      'Months',
      rows.map(({ season }) => season),
    ),
    texts(
      'hours',
      'Hours',
      rows.map(({ words }) => words),
    ),
    texts(
      'hoursPerWeek',
      'Hours a week',
      rows.map(({ hours }) => number(hours, Number.isInteger(hours) ? 0 : 2)),
    ),
    texts(
      'agreed',
      'As agreed',
      rows.map(({ perKwh }) => tariffWords(currency, perKwh)),
    ),
    figures(
      'usdPerKwh',
      'Price',
      'usdPerKwh',
      rows.map(({ perKwh }) => perKwh * unit),
    ),
  ])
}

function weeksOf(version: TariffVersion): readonly { readonly season: string; readonly week: WeekPrices }[] {
  const { seasons } = version
  const isCovered = seasons.reduce((sum, { months }) => sum + months.length, 0) === 12
  return [
    ...seasons.map((season) => ({ season: seasonWords(season), week: season })),
    ...(isCovered ? [] : [{ season: seasons.length === 0 ? 'all' : 'all others', week: version }]),
  ]
}

/** Sites that pay one price, as the fleet has it. */
function plainSites(facts: ReportFacts, rows: readonly number[], hasOthers: boolean): readonly Block[] {
  const { sites, machines } = facts.fleet
  const agreed = new Map(facts.case.fleet.tariffs.map((tariff) => [tariff.siteKey, tariff]))
  const words = rows.map((row) => {
    const tariff = agreed.get(sites.key[row]!)
    if (tariff === undefined) return MISSING
    return tariffWords(tariff.currency, tariff.powerPricePerKwh ?? Number.NaN)
  })
  const own = ownPrices(machines.powerPriceUsdPerKwh)
  return [
    heading(hasOthers ? 'Sites without a contract' : 'What energy costs', 'one price in every hour'),
    table('site-prices', 'Sites without a contract', [
      texts(
        'site',
        'Site',
        rows.map((row) => sites.name[row]!),
      ),
      ...(agreed.size === 0 ? [] : [texts('agreed', 'As agreed', words)]),
      figures(
        'powerPriceUsdPerKwh',
        'Energy',
        'usdPerKwh',
        rows.map((row) => sites.powerPriceUsdPerKwh[row]!),
      ),
      figures(
        'otherUsdPerKwh',
        'Grid, host',
        'usdPerKwh',
        rows.map((row) => sites.otherUsdPerKwh[row]!),
      ),
      figures(
        'overhead',
        'Overhead',
        'share',
        rows.map((row) => sites.overhead[row]!),
      ),
    ]),
    ...(own === 0
      ? []
      : [
          note(
            `${counted(own, 'lot has', 'lots have')} a price of energy of ${own === 1 ? 'its' : 'their'} own.`,
          ),
        ]),
  ]
}

function ownPrices(prices: Float64Array): number {
  let own = 0
  for (const price of prices) own += Number(!Number.isNaN(price))
  return own
}
