import { DAYS_PER_YEAR, MS_PER_DAY } from '#shared/domain/units.ts'
import { LARGEST_SEED } from '#shared/domain/ahead/simulate/random.ts'
import { FITTED_PATHS } from '#shared/domain/ahead/simulate/path-model.ts'
import { responseScale } from '#shared/domain/ahead/project.ts'
import { difficultySpread } from '#shared/domain/chain/carried.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import type { Model } from '#shared/domain/fleet/catalogue.ts'
import { nextPurchases, termsAt } from '#shared/domain/money/next-purchase.ts'
import type { MachineOffer, MachineTerms, RankedOffer } from '#shared/domain/money/next-purchase.ts'
import { scenarioWords } from '#shared/format/tried-words.ts'
import type { Money } from '#shared/format/money.ts'
import { count, counted, percent } from '#shared/format/numbers.ts'
import { offerOf, readOfferPrice } from '#shared/format/offer-text.ts'
import { NO_DISCOUNT_RATE } from '#shared/format/purchase-words.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { loadModels } from '#electron/files/fleet/models.ts'
import { readOffers } from '#electron/files/read-offers.ts'
import type { ExitCode } from './command.ts'
import { EXIT, numberOption, UsageError } from './command.ts'
import type { InvestmentCall, InvestmentCase } from './investment.ts'
import { investmentCase, saying } from './investment.ts'
import { existingFields, isoTime, writeLine } from './json.ts'
import { textTable } from './text-table.ts'

const SHARE = { min: 0, max: 1, unit: '(a share: 0.1 is 10 %)', typed: 'share' } as const
const DEFAULT_PATHS = 2000

/** `returns next`: what machines on offer would be worth at a site, the best first. */
export async function printNext(call: InvestmentCall): Promise<ExitCode> {
  const { options, host } = call
  const number = (name: 'salvage' | 'uptime' | 'pool-fee' | 'life' | 'paths' | 'seed', bounds: Bounds) =>
    numberOption('returns', name, options[name], bounds)
  const rankBy = options['rank-by'] ?? 'megawatt'
  if (rankBy !== 'megawatt' && rankBy !== 'dollar')
    throw new UsageError(`returns: --rank-by is '${rankBy}'; it must be megawatt or dollar`)
  const years = number('life', { min: 0.1, max: 100, unit: 'years' })
  if (years === undefined) throw new UsageError('returns: next needs --life YEARS')
  const terms = {
    salvageShare: number('salvage', SHARE) ?? 0,
    paths: number('paths', { min: 1, max: 100_000, whole: true }) ?? DEFAULT_PATHS,
    seed: number('seed', { min: 0, max: LARGEST_SEED, whole: true }) ?? 1,
    lifeDays: years * DAYS_PER_YEAR,
  }
  const said = { uptime: number('uptime', SHARE), poolFee: number('pool-fee', SHARE) }
  const offers = await offersGiven(call, await loadModels(host.assetsFolder))
  const investment = await investmentCase(call)
  const { given, of, carried, estimate, discountRatePerYear, scenario } = investment
  const { assumptions } = scenario
  if (discountRatePerYear === null)
    throw new StrikelineError('bad-input', `${NO_DISCOUNT_RATE} Or give --discount-rate.`)
  const site = siteOf(call, investment)
  const machine = machineTerms(investment, site, said)
  const ageYears =
    given.network.atMs === null ? 0 : (of.asOfMs - given.network.atMs) / MS_PER_DAY / DAYS_PER_YEAR
  const ranked = saying(() =>
    nextPurchases(
      of,
      site,
      {
        ...{ ...terms, offers, discountRatePerYear, assumptions, rankBy, terms: machine },
        model: FITTED_PATHS,
        startSpread: {
          price: FITTED_PATHS.priceVolatilityPerYear * Math.sqrt(Math.max(ageYears, 0)),
          difficulty: difficultySpread(carried.applied),
        },
      },
      estimate,
    ),
  )
  const name = of.prepared.basis.fleet.sites.name[site]!
  if (options.json) {
    await writeLine(
      host.stdout,
      JSON.stringify({
        ...{ asOf: isoTime(of.asOfMs), site: name, rankBy },
        assumptions: {
          ...{ ...assumptions, ...FITTED_PATHS, ...terms, discountRatePerYear, lotsUnderWater: 'stop' },
          ...{ machine, ...given.restsOn },
        },
        tried: scenario.tried,
        offers: ranked.map(offerFigures),
      }),
    )
    return EXIT.done
  }
  const lines = [
    `At ${name}, ranked by the net present value of a ${rankBy}. ${scenarioWords(scenario, responseScale(assumptions, of.network, of.adjustment.change), given.money)}`,
    `${percent(discountRatePerYear)} a year, ${counted(Math.round(terms.lifeDays), 'day')} of life, ${percent(terms.salvageShare)} of the price at its end; uptime ${percent(machine.uptime)}, pool fee ${percent(machine.poolFee)}. Machines stop while that is better. Range: 10 to 90 % of ${count(terms.paths)} paths, seed ${terms.seed}. Figures of the catalogue are nameplate.`,
    '',
    ...offerTable(ranked, given.money),
  ]
  for (const line of lines) await writeLine(host.stdout, line)
  return EXIT.done
}

type Bounds = Parameters<typeof numberOption>[3]

async function offersGiven({ options, path }: InvestmentCall, models: readonly Model[]) {
  const typed = (options.price ?? '').split('\n').filter((line) => line !== '')
  if (typed.length === 0 && options.offers === undefined)
    throw new UsageError('returns: next needs --price "MODEL=PRICE" or --offers OFFERS.CSV')
  const offers = typed.map((text): MachineOffer => {
    const at = text.lastIndexOf('=')
    const price = at < 1 ? null : readOfferPrice(text.slice(at + 1))
    if (price === null)
      throw new UsageError(
        `returns: --price is '${text}'; write MODEL=PRICE, e.g. "Antminer S21 200T=15/TH" or "Antminer S21 200T=3000"`,
      )
    const { offer, fault } = offerOf(models, text.slice(0, at).trim(), price)
    if (offer === null) throw new UsageError(`returns: --price, '${text.slice(0, at).trim()}' ${fault}`)
    return offer
  })
  return options.offers === undefined
    ? offers
    : [...offers, ...(await readOffers(path(options.offers), models))]
}

function siteOf({ options }: InvestmentCall, { of }: InvestmentCase): number {
  const { name } = of.prepared.basis.fleet.sites
  if (options.site === undefined) throw new UsageError('returns: next needs --site NAME')
  const { site } = options
  const row = name.findIndex((each) => isSameSiteName(each, site))
  if (row < 0)
    throw new StrikelineError(
      'bad-input',
      `returns: there is no site '${site}'; there ${name.length === 1 ? 'is' : 'are'} ${name.join(', ')}`,
    )
  return row
}

/** What is typed counts before what the site's machines have. */
function machineTerms(
  { of }: InvestmentCase,
  site: number,
  said: { readonly uptime: number | undefined; readonly poolFee: number | undefined },
): MachineTerms {
  const there = termsAt(of.prepared, site)
  if (there === null && (said.uptime === undefined || said.poolFee === undefined))
    throw new StrikelineError(
      'bad-input',
      `returns: ${of.prepared.basis.fleet.sites.name[site]!} has no machines to take uptime and pool fee from; give --uptime and --pool-fee`,
    )
  const none = { uptime: 1, poolFee: 0, hostShare: 0, standbyW: 0, fixedUsdPerDay: 0 }
  const terms = there ?? none
  return { ...terms, uptime: said.uptime ?? terms.uptime, poolFee: said.poolFee ?? terms.poolFee }
}

function offerFigures({ offer, range, perMegawatt, perDollar, ...figures }: RankedOffer) {
  return {
    ...offer,
    ...existingFields(figures),
    range: existingFields(range),
    perMegawatt: {
      ...existingFields({ npvUsd: perMegawatt.npvUsd }),
      range: existingFields(perMegawatt.range),
    },
    perDollar: { ...existingFields({ npvUsd: perDollar.npvUsd }), range: existingFields(perDollar.range) },
  }
}

function offerTable(ranked: readonly RankedOffer[], money: Money): readonly string[] {
  const titles = ['model', 'price', '/TH', 'J/TH', 'cash/day', 'stops below', 'NPV', 'NPV/MW', '10 %', '90 %']
  return [
    ...textTable(
      [...titles, 'NPV/$', 'loss', 'IRR', 'payback'].map((title, i) => ({ title, right: i > 0 })),
      ranked.map((each) => [
        each.offer.model,
        money.whole(each.offer.priceUsd),
        money.cents(each.usdPerThs),
        each.jPerTh.toFixed(1),
        money.cents(each.cashUsdPerDay),
        money.perPh(each.stopsBelowUsdPerPhDay, 'up'),
        money.whole(each.npvUsd),
        money.whole(each.perMegawatt.npvUsd),
        money.whole(each.perMegawatt.range.p10),
        money.whole(each.perMegawatt.range.p90),
        each.perDollar.npvUsd.toFixed(2),
        percent(each.probabilityOfLoss),
        percent(each.internalRatePerYear),
        count(each.paybackAlongDays),
      ]),
    ),
  ]
}
