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
import { siteAnswer } from '../../format/site-words.ts'
import { seasonWords } from '../../format/tariff-words.ts'
import { calendarDay, calendarDayOf } from '../../format/times.ts'
import { weekLines } from '../../format/week-words.ts'
import { creditWord } from '../../format/words.ts'
import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { columnsOver, heading, note, sentence, table, tableOf, warning } from '../table.ts'

/** What each site has agreed on, and what a kWh costs there now. */
export function contractsSection(facts: ReportFacts): readonly Block[] {
  const { fleet, picture } = facts
  const { sites } = fleet
  if (sites.length === 0) return [sentence('There are no sites yet.')]
  const refusal = picture?.refusal ?? null
  const contracts = contractsBySite(fleet, facts.case.inputs)
  const now =
    picture === null
      ? null
      : sitesNow(picture.prepared, picture.advice === null ? [] : picture.advice.sites())
  const under = contracts.flatMap((contract, site) => (contract === null ? [] : [{ site, contract }]))
  const plain = contracts.flatMap((contract, site) => (contract === null ? [site] : []))
  return [
    ...(refusal === null ? [] : [warning(`A stored contract cannot be weighed: ${refusal}.`)]),
    ...under.flatMap(({ site, contract }) => ofContract(facts, site, contract, now?.[site] ?? null)),
    ...(plain.length === 0 ? [] : plainSites(facts, plain, now, under.length > 0)),
  ]
}

function ofContract(
  facts: ReportFacts,
  site: number,
  contract: SiteContract,
  now: SiteNow | null,
): readonly Block[] {
  const lines = contractLines(contract).filter((line) => line.name !== 'Tariff' || hasTiers(contract))
  return [
    heading(
      facts.fleet.sites.name[site]!,
      contract.timeZone === 'UTC' ? null : `hours in ${contract.timeZone}`,
    ),
    ...(now === null ? [] : [sentence(siteAnswer(facts.money, now, contract.capKw))]),
    ...(contract.currency === 'USD' ? [] : [sentence(rateWords(facts, contract.currency))]),
    ...(contract.tariffs.length === 0 ? [] : [tariffTable(facts, site, contract)]),
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
function tariffTable(facts: ReportFacts, site: number, { tariffs, currency }: SiteContract): Block {
  const { text, figure } = columnsOver(
    tariffs.flatMap((version) =>
      weeksOf(version).flatMap(({ season, week }) =>
        weekLines(week).map((line) => ({ ...line, season, from: version.from, to: version.to })),
      ),
    ),
  )
  const unit = usdPerUnit(facts, currency)
  return table(
    tableOf(`tariff-${site + 1}`, `Tariff of ${facts.fleet.sites.name[site]!}`, null, [
      text('from', 'From', ({ from }) => calendarDay(from)),
      text('to', 'To', ({ to }) => (to === null ? 'further notice' : calendarDay(to))),
      text('months', 'Months', ({ season }) => season),
      text('hours', 'Hours', ({ words }) => words),
      text('hoursPerWeek', 'Hours a week', ({ hours }) => number(hours, Number.isInteger(hours) ? 0 : 2)),
      text('agreed', 'As agreed', ({ perKwh }) => tariffWords(currency, perKwh)),
      figure('usdPerKwh', 'Price', 'usdPerKwh', ({ perKwh }) => perKwh * unit),
    ]),
  )
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
function plainSites(
  { fleet, case: reportCase }: ReportFacts,
  rows: readonly number[],
  now: readonly SiteNow[] | null,
  hasOthers: boolean,
): readonly Block[] {
  const { sites, machines } = fleet
  const agreed = new Map(reportCase.fleet.tariffs.map((tariff) => [tariff.siteKey, tariff]))
  const { text, figure } = columnsOver(rows)
  const words = (row: number) => {
    const tariff = agreed.get(sites.key[row]!)
    return tariff === undefined
      ? MISSING
      : tariffWords(tariff.currency, tariff.powerPricePerKwh ?? Number.NaN)
  }
  const isPlain = new Set(rows)
  let own = 0
  machines.powerPriceUsdPerKwh.forEach((price, row) => {
    if (!Number.isNaN(price) && isPlain.has(machines.site[row]!)) own++
  })
  return [
    heading(hasOthers ? 'Sites without a contract' : 'What energy costs', 'one price in every hour'),
    table(
      tableOf('site-prices', 'Sites without a contract', null, [
        text('site', 'Site', (row) => sites.name[row]!),
        ...(agreed.size === 0 ? [] : [text('agreed', 'As agreed', words)]),
        figure('powerPriceUsdPerKwh', 'Energy', 'usdPerKwh', (row) => sites.powerPriceUsdPerKwh[row]!),
        figure(
          'paidNowUsdPerKwh',
          'On average now',
          'usdPerKwh',
          (row) => now?.[row]?.meanUsdPerKwh ?? Number.NaN,
        ),
        figure('otherUsdPerKwh', 'Grid, host', 'usdPerKwh', (row) => sites.otherUsdPerKwh[row]!),
        figure('overhead', 'Overhead', 'share', (row) => sites.overhead[row]!),
      ]),
    ),
    ...(own === 0
      ? []
      : [
          note(
            `${counted(own, 'lot has', 'lots have')} a price of energy of ${own === 1 ? 'its' : 'their'} own, which is in the average.`,
          ),
        ]),
  ]
}
