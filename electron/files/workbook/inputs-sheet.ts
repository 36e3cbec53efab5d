import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import {
  hashpriceBtcPerPhDay,
  hashpriceUsdPerPhDay,
  payFactor,
  subsidyBtc,
} from '#shared/domain/chain/network.ts'
import { unsaidCommitted } from '#shared/report/facts.ts'
import type { WorkbookFacts } from './case.ts'
import { NAMES, owedColumn, rateName, rewardFormula, subsidyFormula } from './layout.ts'
import type { Cell, DefinedName, Row, Sheet } from './sheet.ts'
import { figure, formula, heading, input, moment, note, section, text, title, whereKnown } from './sheet.ts'
import type { Format } from './styles.ts'
import { givenFigures, isGrowth } from './projection-formulas.ts'

type Line = {
  readonly name: string
  readonly label: string
  readonly unit: string
  readonly cell: Cell
  readonly source: string
  readonly asOfMs: number | null
  readonly remark: string
}

const SHEET = 'Inputs'
const FOLLOWS = 'formula'

/** What everything rests on: each figure once, with its unit, its source and its moment. */
export function inputsSheet(facts: WorkbookFacts): { readonly sheet: Sheet; readonly names: DefinedName[] } {
  const rows: Row[] = [[title('Inputs')], [note('Cells with a coloured ground are inputs: change them.')], []]
  const names: DefinedName[] = []
  rows.push(['What', 'Value', 'Unit', 'Source', 'As of (UTC)', 'Remark'].map((words) => heading(words)))
  const frozenRows = rows.length
  for (const [words, lines] of sectionsOf(facts)) {
    rows.push([section(words)])
    for (const { name, label, unit, cell, source, asOfMs, remark } of lines) {
      rows.push([
        text(label),
        cell,
        text(unit),
        text(source),
        moment(asOfMs),
        remark === '' ? null : note(remark),
      ])
      names.push({ name, refersTo: `${SHEET}!$B$${rows.length}` })
    }
    rows.push([])
  }
  const sheet = {
    name: SHEET,
    widths: [38, 22, 16, 18, 18, 90],
    frozen: { rows: frozenRows, columns: 1 },
    rows,
  }
  return { sheet, names }
}

function sectionsOf(facts: WorkbookFacts): readonly (readonly [string, readonly Line[]])[] {
  const rates = rateLines(facts)
  return [
    ['Network', networkLines(facts)],
    ['Days ahead', aheadLines(facts)],
    ...(rates.length === 0 ? [] : [['Exchange rates', rates] as const]),
    ['Costs that no machine carries', financeLines(facts)],
  ]
}

function networkLines({ of, conditions, market }: WorkbookFacts): readonly Line[] {
  const { typed } = conditions
  const from = (name: NetworkValueName) => of.origins[name] ?? { source: 'not known', asOfMs: null }
  const given = (
    key: 'price' | 'difficulty' | 'fees' | 'height',
    of: NetworkValueName,
    label: string,
    unit: string,
    format: Format,
    remark = '',
  ): Line => ({
    name: NAMES[key],
    label,
    unit,
    cell: input(conditions[of as 'height'], format),
    ...from(of),
    remark,
  })
  const applied = market.applied.length
  const carried =
    applied === 0
      ? ''
      : `The source’s figure with ${applied === 1 ? 'the adjustment' : `${applied} adjustments`} that must have happened since, as expected.`
  const lacksTyped = `${NAMES.typedHashprice}=""`
  const rewarded = rewardFormula(`${NAMES.subsidy}+${NAMES.fees}`, NAMES.difficulty)
  const known = [NAMES.subsidy, NAMES.fees, NAMES.difficulty]
  return [
    {
      name: NAMES.asOf,
      label: 'Moment of these figures (UTC)',
      unit: 'date',
      cell: moment(momentOf(of.asOfMs, conditions.atMs)) ?? figure(NaN, 'moment'),
      source: '',
      asOfMs: null,
      remark: '',
    },
    given('price', 'priceUsdPerBtc', 'Price of a bitcoin', 'USD/BTC', 'usd'),
    given('difficulty', 'difficulty', 'Difficulty', '', 'difficulty', carried),
    given('fees', 'feesBtcPerBlock', 'Fees, mean of a block', 'BTC/block', 'btc'),
    given('height', 'height', 'Height expected now', 'blocks', 'count'),
    {
      name: NAMES.subsidy,
      label: 'Subsidy',
      unit: 'BTC/block',
      cell: formula(
        whereKnown([NAMES.height], subsidyFormula(NAMES.height)),
        subsidyBtc(conditions.height),
        'btc',
      ),
      source: FOLLOWS,
      asOfMs: null,
      remark: '50 BTC, halved every 210 000 blocks in whole satoshis',
    },
    {
      name: NAMES.typedHashprice,
      label: 'Hashprice that was typed',
      unit: 'USD/PH/s/day',
      cell: input(typed?.hashpriceUsdPerPhDay ?? NaN, 'usdPerPhDay'),
      source: typed === undefined ? '' : 'typed by hand',
      asOfMs: null,
      remark: 'Counts over the one that follows from price and difficulty. Empty: that one counts.',
    },
    {
      name: NAMES.hashpriceBtc,
      label: 'Hashprice in bitcoin',
      unit: 'BTC/PH/s/day',
      cell: formula(
        `IF(${lacksTyped},${whereKnown(known, `IF(${NAMES.difficulty}>0,${rewarded},"")`)},${whereKnown([NAMES.price], `${NAMES.typedHashprice}/${NAMES.price}`)})`,
        hashpriceBtcPerPhDay(conditions),
        'btcPerPhDay',
      ),
      source: FOLLOWS,
      asOfMs: null,
      remark: '(subsidy + fees) × 86 400 s × 10¹⁵ hashes ÷ (difficulty × 2³²)',
    },
    {
      name: NAMES.hashpriceUsd,
      label: 'Hashprice',
      unit: 'USD/PH/s/day',
      cell: formula(
        `IF(${lacksTyped},${whereKnown([NAMES.hashpriceBtc, NAMES.price], `${NAMES.hashpriceBtc}*${NAMES.price}`)},${NAMES.typedHashprice})`,
        hashpriceUsdPerPhDay(conditions),
        'usdPerPhDay',
      ),
      source: FOLLOWS,
      asOfMs: null,
      remark: 'Hashprice in bitcoin × price',
    },
    {
      name: NAMES.payFactor,
      label: 'Typed hashprice over the computed one',
      unit: 'factor',
      cell: formula(
        `IF(${lacksTyped},1,${whereKnown([...known, NAMES.price], `${NAMES.typedHashprice}/(${rewarded}*${NAMES.price})`)})`,
        payFactor(conditions),
        'rate',
      ),
      source: FOLLOWS,
      asOfMs: null,
      remark: 'What the days ahead are paid over what the values give; 1 where nothing was typed',
    },
  ]
}

const momentOf = (asOfMs: number | null, atMs: number | null) => asOfMs ?? atMs

function aheadLines({ of, market }: WorkbookFacts): readonly Line[] {
  const { name, assumptions } = of.scenario
  const source = `scenario “${name}”`
  const given = givenFigures(of.scenario)
  const growth = (path: typeof assumptions.price) => (isGrowth(path) ? path.ratePerYear : NaN)
  const pathRemark = (path: typeof assumptions.price, isGiven: boolean) =>
    !isGrowth(path)
      ? 'The scenario has a path of its own: the sheet Projection holds it as figures.'
      : isGiven
        ? 'The scenario tries another value than today’s: the sheet Projection holds what follows as figures.'
        : '0.1 is 10 % a year'
  const estimated = Number.isNaN(market.change)
    ? 'not known'
    : market.changeIsAssumed
      ? 'typed by hand'
      : 'estimate of the running epoch'
  return [
    {
      name: NAMES.change,
      label: 'Next adjustment',
      unit: 'change of difficulty',
      cell: input(market.change, 'change'),
      source: estimated,
      asOfMs: null,
      remark: '',
    },
    {
      name: NAMES.daysToAdjustment,
      label: 'Until the next adjustment',
      unit: 'days',
      cell: input(market.daysToAdjustment, 'days'),
      source: estimated,
      asOfMs: null,
      remark: '',
    },
    {
      name: NAMES.priceGrowth,
      label: 'Growth of the price',
      unit: 'a year',
      cell: input(growth(assumptions.price), 'share'),
      source,
      asOfMs: null,
      remark: pathRemark(assumptions.price, given.price),
    },
    {
      name: NAMES.hashrateGrowth,
      label: 'Growth of the network’s hashrate',
      unit: 'a year',
      cell: input(growth(assumptions.hashrate), 'share'),
      source,
      asOfMs: null,
      remark:
        assumptions.response === null
          ? pathRemark(assumptions.hashrate, given.difficulty)
          : 'The network responds in this scenario: the sheet Projection holds difficulty and days as figures.',
    },
  ]
}

function rateLines({ of }: WorkbookFacts): readonly Line[] {
  const used = new Set<string>(of.tariffs.map(({ currency }) => currency))
  return of.rates
    .filter(({ currency }) => used.has(currency))
    .map(({ currency, usdPerUnit, source, asOfMs }) => ({
      name: rateName(currency),
      label: `One ${currency}`,
      unit: 'USD',
      cell: input(usdPerUnit, 'rate'),
      source,
      asOfMs,
      remark: 'Tariffs in this currency are converted with it on the sheet Sites',
    }))
}

function financeLines({ of, hosts, basis }: WorkbookFacts): readonly Line[] {
  const { generalUsdPerDay, demandResponseCreditsUsdPerDay, depreciationUsdPerDay } = of.finance
  const unsaid = unsaidCommitted({ fleet: basis.fleet, hosts })
  const line = (
    key: 'credits' | 'general' | 'depreciation',
    label: string,
    value: number | null,
    source: string,
    remark: string,
  ): Line => ({
    name: NAMES[key],
    label,
    unit: 'USD/day',
    cell: input(value ?? NaN, 'usd'),
    source: value === null ? 'not said' : source,
    asOfMs: null,
    remark,
  })
  const ofSites = (
    key: 'fixedHosting' | 'committed',
    label: string,
    written: string,
    value: number,
    remark: string,
  ): Line => ({
    name: NAMES[key],
    label,
    unit: 'USD/day',
    cell: formula(written, value, 'usd'),
    source: FOLLOWS,
    asOfMs: null,
    remark,
  })
  const fees = owedColumn({ basis }, 'fixedHosting')
  return [
    ofSites(
      'fixedHosting',
      'Hosting that does not stop with a machine',
      `IF(COUNT(${fees})<${basis.fleet.sites.length},"",SUM(${fees}))`,
      hosts.fixedUsdPerDay,
      'Fees per machine or kW and month, from the sheet Sites',
    ),
    ofSites(
      'committed',
      'Committed energy that is paid anyway',
      `SUM(${owedColumn({ basis }, 'committed')})`,
      hosts.committedUsdPerDay,
      unsaid.length === 0
        ? 'Less what handing it back would bring, from the sheet Sites'
        : `Without ${unsaid.join(', ')}, whose contract does not say what it costs`,
    ),
    line(
      'credits',
      'Demand-response credits',
      demandResponseCreditsUsdPerDay,
      'settings',
      'Income: taken off the cost',
    ),
    line('general', 'General cost', generalUsdPerDay, 'settings', 'Administration: what no site carries'),
    line(
      'depreciation',
      'Depreciation',
      depreciationUsdPerDay,
      'purchases',
      'Straight line over the life of what was bought',
    ),
  ]
}
