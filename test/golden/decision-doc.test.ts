import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { adviseOver } from '#shared/domain/decision/advise.ts'
import type { Advice } from '#shared/domain/decision/advice.ts'
import { NO_LIMITS, PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { bandUsdPerDay, dailySpreadUsd } from '#shared/domain/decision/waiting/hold.ts'
import type { Horizon } from '#shared/domain/decision/horizon.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { hashpriceAfterChange } from '#shared/domain/chain/network.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { PROTECTED } from '#shared/domain/power/machine-policy.ts'
import { marketOf } from '#shared/domain/power/market-prices.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { adviceWords } from '#shared/format/advice-words.ts'
import { machine, site } from '../unit/machines.ts'
import type { PageExample } from './page-example.ts'
import { exampleOn, expectResults, inputsOf } from './page-example.ts'

const PAGE = 'decision.md'
const MS_PER_DAY = 86_400_000
const FROM_MS = Date.UTC(2025, 10, 20)

/** Stages of an example: one, or two with a change. */
function horizonOf(example: PageExample): Horizon {
  const input = inputsOf(example)
  const hashprice = input('hashpriceUsdPerPhDay')
  const days = input('horizonDays')
  const before = example.input.has('daysToAdjustment') ? input('daysToAdjustment') : days
  const stage = { subsidyBtc: 3.125, difficulty: 1.5e14 }
  const stages: Horizon['stages'] = [
    { ...stage, opensWith: 'now', fromMs: FROM_MS, days: before, hashpriceUsdPerPhDay: hashprice },
    {
      ...stage,
      opensWith: 'adjustment',
      fromMs: FROM_MS + before * MS_PER_DAY,
      days: days - before,
      hashpriceUsdPerPhDay: before < days ? hashpriceAfterChange(hashprice, input('change')) : NaN,
    },
  ]
  return {
    stages: stages.filter((each) => each.days > 0),
    days,
    volatilityPerYear: input('volatilityPerYear'),
    reviewDays: input('reviewDays'),
    changeBelow: null,
    drawn: null,
  }
}

const LOT = [
  'quantity',
  'hashrateThs',
  'powerW',
  'uptime',
  'poolFee',
  'overhead',
  'powerPriceUsdPerKwh',
  'otherUsdPerKwh',
  'standbyW',
  'restartUsd',
] as const

/** The lot of an example; what it does not say is that of no machine in particular. */
function lotOf({ input }: PageExample, prefix = ''): Partial<Machine> {
  const given = LOT.flatMap((name) => {
    const written = input.get(prefix === '' ? name : `${prefix}.${name}`)
    return written === undefined ? [] : [[name, Number(written)] as const]
  })
  return { ...Object.fromEntries(given), status: input.get('state') === 'off' ? 'off' : 'running' }
}

function advised(
  example: PageExample,
  machines: readonly Machine[],
  contract?: SiteContract,
  protectedRows: readonly number[] = [],
): Advice {
  const inputs = {
    ...PLAIN_CASE,
    contracts: contract === undefined ? [] : [{ siteKey: 0, site: 'North', contract }],
    policies: {
      machineKey: Float64Array.from(protectedRows),
      policy: Uint8Array.from(protectedRows, () => PROTECTED),
    },
    limits: NO_LIMITS,
  }
  const price = inputsOf(example)('powerPriceUsdPerKwh')
  return adviseOver(
    prepare(fleetFrom([site({ powerPriceUsdPerKwh: price })], machines), inputs),
    horizonOf(example),
  )
}

/** Words of the page are those of the program, numbers to the digits that it prints. */
function expectExample(
  example: PageExample,
  words: Readonly<Record<string, string>>,
  figures: Readonly<Record<string, number>>,
) {
  const isWord = (name: string) => name in words
  for (const [name, written] of example.result) if (isWord(name)) expect(written, name).toBe(words[name])
  expect([...example.result.keys()]).toEqual(expect.arrayContaining(Object.keys(words)))
  expectResults(
    { input: example.input, result: new Map([...example.result].filter(([name]) => !isWord(name))) },
    figures,
  )
}

const daysFromNow = (ms: number) => (ms - FROM_MS) / MS_PER_DAY

function lotFigures(advice: Advice, horizon: Horizon, lot: Machine) {
  const accepted = (lot.quantity * lot.hashrateThs) / 1000
  const dailySpread = dailySpreadUsd(
    accepted,
    horizon.stages[0]!.hashpriceUsdPerPhDay,
    horizon.volatilityPerYear,
  )
  const restart = lot.quantity * lot.restartUsd
  const said = advice.row(0)
  const strikes = advice.strikes(0)
  const { valueUsd } = said
  return {
    words: {
      verdict: said.verdict!,
      words: adviceWords(
        said.verdict!,
        { mode: said.mode, untilMs: said.untilMs, changesWith: 'adjustment' },
        'UTC',
        said.untilMs,
      ),
    },
    figures: {
      hashpriceAfterUsdPerPhDay: horizon.stages[1]?.hashpriceUsdPerPhDay ?? NaN,
      marginNowUsdPerDay: said.marginNowUsdPerDay,
      marginAfterUsdPerDay: said.marginAfterUsdPerDay,
      ...Object.fromEntries(Object.entries(valueUsd).map(([word, usd]) => [`valueUsd.${word}`, usd])),
      gainUsd: said.gainUsd,
      'strikes.stopBelowUsdPerPhDay': strikes.stopBelowUsdPerPhDay,
      'strikes.startAboveUsdPerPhDay': strikes.startAboveUsdPerPhDay,
      untilDays: daysFromNow(said.untilMs),
      dailySpreadUsd: dailySpread,
      bandUsdPerDay: bandUsdPerDay(restart, dailySpread),
    },
  }
}

describe('the worked examples of docs/decision.md', () => {
  for (const name of ['a flat price', 'until the adjustment', 'an idle lot', 'on hold'])
    it(name, () => {
      const example = exampleOn(PAGE, name)
      const lot = machine(lotOf(example))
      const { words, figures } = lotFigures(advised(example, [lot]), horizonOf(example), lot)
      expectExample(example, words, figures)
    })

  it('take-or-pay', () => {
    const example = exampleOn(PAGE, 'take-or-pay')
    const input = inputsOf(example)
    const lots = ['old', 'new', 'heat'].map((id) => machine({ ...lotOf(example, id), id }))
    const advice = advised(
      example,
      lots,
      {
        ...NO_CONTRACT,
        takeOrPay: {
          committedKwhPerDay: input('committedKwhPerDay'),
          per: 'hour',
          handBackUsdPerKwh: input('handBackUsdPerKwh'),
          handBack: null,
          committedUsdPerKwh: null,
        },
      },
      [2],
    )
    const [north] = advice.sites()
    const old = advice.row(0)
    expect(north!.proven).toBe(true)
    expectExample(
      example,
      {
        'old.verdict': old.verdict!,
        'new.verdict': advice.row(1).verdict!,
        'heat.verdict': advice.row(2).verdict!,
      },
      {
        'old.run': old.machines.run,
        'old.off': old.machines.off,
        committedUsedKwhPerDay: north!.committed!.usedKwhPerDay.now,
        marginalEnergyUsdPerKwh: north!.marginalEnergyUsdPerKwh.now,
        gainUsd: north!.totals.gainUsd,
        gapUsd: north!.gapUsd,
      },
    )
  })

  it('a market day', () => {
    const example = exampleOn(PAGE, 'a market day')
    const text = readFileSync(new URL(`../../docs/${PAGE}`, import.meta.url), 'utf8')
    const rows = [
      ...text
        .slice(text.indexOf('### Example: a market day'))
        .matchAll(/^\| (\d\d):00 +((?:\| +-?[\d.]+ +){4})\|$/gm),
    ]
    expect(rows.map(([, hour]) => Number(hour))).toEqual([...Array(24).keys()])
    const perKwh = rows.flatMap(([, , prices]) => prices!.split('|').slice(1).map(Number))
    expect(perKwh).toHaveLength(96)
    const contract = {
      ...NO_CONTRACT,
      market: { ...marketOf('USD', [{ fromMs: FROM_MS, minutes: 15, perKwh }]), adderUsdPerKwh: 0 },
    }
    const advice = advised(example, [machine(lotOf(example))], contract)
    const said = advice.row(0)
    const clock = (ms: number) => new Date(ms).toISOString().slice(11, 16)
    const off = said.schedule
      .filter(({ mode }) => mode === 'off')
      .map(({ fromMs, toMs }) => `${clock(fromMs)}–${clock(toMs)}`)
    expectExample(
      example,
      { verdict: said.verdict!, off: off.join(', ') },
      {
        'shareOfHours.now': said.shareOfHours.now,
        gainUsd: said.gainUsd,
        'valueUsd.run': said.valueUsd.run!,
        runUpToUsdPerKwh: (horizonOf(example).stages[0]!.hashpriceUsdPerPhDay * 0.1) / 72,
      },
    )
  })
})
