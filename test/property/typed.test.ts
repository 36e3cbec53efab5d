import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MACHINE_FIELDS, NUMBER_NAMES, numberField } from '#shared/domain/fleet/fields.ts'
import type { Currency, ForeignCurrency } from '#shared/domain/power/currency.ts'
import { CURRENCIES, FOREIGN_CURRENCIES, TYPICAL_USD_PER_UNIT } from '#shared/domain/power/currency.ts'
import { decimalMark, DEFAULT_DISPLAY, NUMBER_LANGUAGES, setDisplay } from '#shared/format/display.ts'
import {
  btc,
  moneyIn,
  sats,
  tariffPrice,
  usd,
  usdCents,
  usdCost,
  usdPerKwh,
  usdPerPh,
  usdWhole,
} from '#shared/format/money.ts'
import { count, counted, number, percent, signedPercent } from '#shared/format/numbers.ts'
import { exchangeRate } from '#shared/format/rates.ts'
import { days, duration } from '#shared/format/times.ts'
import {
  CHANGE_FIELD,
  HASHPRICE_FIELD,
  HORIZON_FIELD,
  machineField,
  priceField,
  rateField,
  TYPED_VALUES,
} from '#shared/format/typed-fields.ts'
import type { TypedField } from '#shared/format/typed.ts'
import { typedText } from '#shared/format/typed-text.ts'
import { readTyped } from '#shared/format/typed.ts'
import { difficulty, hashrate, hashrateOfThs, power, ths } from '#shared/format/units.ts'

/** Whatever a formatter of the screen writes can be typed into the field of that figure, and reads as the figure. */

const { powerW, hashrateThs, restartUsd, fixedUsdPerDay, quantity, poolFee, overhead } = MACHINE_FIELDS
const within = (min: number, max: number) => fc.double({ min, max, noNaN: true })
/** As many small ones as large ones. */
const ofAnySize = (min: number, max: number) =>
  within(Math.log(min), Math.log(max)).map((log) => Math.min(max, Math.max(min, Math.exp(log))))
const rateOf = (currency: Currency) => (currency === 'USD' ? 1 : TYPICAL_USD_PER_UNIT[currency])

type Written = {
  readonly write: (value: number) => string
  readonly field: TypedField
  readonly values: fc.Arbitrary<number>
}

const WRITTEN: Readonly<Record<string, Written>> = {
  usdWhole: { write: usdWhole, field: TYPED_VALUES.priceUsdPerBtc, values: ofAnySize(1000, 1e7) },
  usdCost: { write: usdCost, field: TYPED_VALUES.priceUsdPerBtc, values: ofAnySize(1000, 1e7) },
  usd: { write: usd, field: machineField(restartUsd), values: ofAnySize(0.01, 1e5) },
  usdCents: { write: usdCents, field: machineField(fixedUsdPerDay), values: ofAnySize(0.01, 1e5) },
  usdPerPh: { write: usdPerPh, field: HASHPRICE_FIELD, values: ofAnySize(1, 1000) },
  usdPerKwh: {
    write: usdPerKwh,
    field: machineField(MACHINE_FIELDS.powerPriceUsdPerKwh),
    values: within(-1, 1),
  },
  btc: { write: btc, field: TYPED_VALUES.feesBtcPerBlock, values: ofAnySize(1e-6, 99) },
  sats: { write: sats, field: TYPED_VALUES.feesBtcPerBlock, values: ofAnySize(1e-6, 99) },
  difficulty: { write: difficulty, field: TYPED_VALUES.difficulty, values: ofAnySize(1e11, 9e17) },
  height: { write: count, field: TYPED_VALUES.height, values: fc.integer({ min: 100_000, max: 9_999_999 }) },
  blocks: {
    write: (value) => counted(value, 'block'),
    field: TYPED_VALUES.epochBlocks,
    values: fc.integer({ min: 0, max: 2015 }),
  },
  machines: {
    write: (value) => counted(value, 'machine'),
    field: machineField(quantity),
    values: fc.integer({ min: 1, max: 1_000_000 }),
  },
  duration: { write: duration, field: TYPED_VALUES.epochSeconds, values: within(0, 60 * 86_400) },
  'days of an epoch': {
    write: (seconds) => days(seconds / 86_400),
    field: TYPED_VALUES.epochSeconds,
    values: within(0, 60 * 86_400),
  },
  days: { write: days, field: HORIZON_FIELD, values: ofAnySize(1, 3660) },
  hashrate: {
    write: (value) => hashrate(value * 1e12),
    field: machineField(hashrateThs),
    values: ofAnySize(10, 2000),
  },
  hashrateOfThs: { write: hashrateOfThs, field: machineField(hashrateThs), values: ofAnySize(10, 2000) },
  ths: { write: ths, field: machineField(hashrateThs), values: ofAnySize(10, 2000) },
  power: { write: power, field: machineField(powerW), values: ofAnySize(100, 1e6) },
  watts: { write: (value) => number(value), field: machineField(powerW), values: ofAnySize(100, 1e6) },
  percent: { write: percent, field: machineField(poolFee), values: within(0, 1) },
  'percent to the hundredth': {
    write: (value) => percent(value, 2),
    field: machineField(overhead),
    values: within(0, 2),
  },
  signedPercent: { write: signedPercent, field: CHANGE_FIELD, values: within(-0.75, 3) },
}

/** All but the computer's own, which is one of them. */
const LANGUAGES = NUMBER_LANGUAGES.filter((language) => language !== 'system')

/** Half of the last place that a text shows, in the field's own kept value: what a rounding may move. */
function lastPlace(text: string, field: TypedField, value: number): number {
  // one more in the last place, read back, tells how much that place is
  const at = text.search(/\d(?=\D*$)/)
  const digit = Number(text[at])
  const other = `${text.slice(0, at)}${digit === 9 ? 8 : digit + 1}${text.slice(at + 1)}`
  const { value: moved } = readTyped(other, field)
  return Math.abs((moved ?? Number.NaN) - value)
}

function expectReadBack(text: string, value: number, field: TypedField): void {
  const read = readTyped(text, field)
  expect(read.fault, `${text} of ${value}`).toBeNull()
  // what is rounded up or down, and a duration, may lie a whole last place away
  expect(Math.abs(read.value! - value), `${text} of ${value}`).toBeLessThanOrEqual(
    lastPlace(text, field, read.value!) * (1 + 1e-6),
  )
}

describe.each(LANGUAGES)('what the screen writes in %s', (numberLanguage) => {
  beforeAll(() => setDisplay({ ...DEFAULT_DISPLAY, numberLanguage }))
  afterAll(() => setDisplay(DEFAULT_DISPLAY))

  it.each(Object.entries(WRITTEN))('%s is read back to the digits shown', (_, { write, field, values }) => {
    fc.assert(
      fc.property(values, (value) => {
        expectReadBack(write(value), value, field)
      }),
      { numRuns: 500 },
    )
  })

  it.each(CURRENCIES)('a tariff in %s is', (currency) => {
    const rate = rateOf(currency)
    const field = priceField(currency, rate)
    fc.assert(
      fc.property(within(-0.9 / rate, 0.9 / rate), (perKwh) => {
        expectReadBack(tariffPrice(currency, perKwh), perKwh, field)
        expectReadBack(moneyIn(currency, rate).perKwh(perKwh * rate), perKwh, field)
      }),
    )
  })

  it.each(FOREIGN_CURRENCIES)('a rate of %s is', (currency: ForeignCurrency) => {
    const typical = TYPICAL_USD_PER_UNIT[currency]
    fc.assert(
      fc.property(ofAnySize(typical / 8, typical * 8), (rate) => {
        expectReadBack(exchangeRate(rate), rate, rateField(currency))
        expectReadBack(`${exchangeRate(rate)} USD`, rate, rateField(currency))
      }),
    )
  })

  it('is what an edit field holds, to twelve digits', () => {
    const fields: readonly TypedField[] = [
      ...Object.values(TYPED_VALUES),
      ...NUMBER_NAMES.map((name) => machineField(numberField(name))),
      ...CURRENCIES.map((currency) => priceField(currency, rateOf(currency))),
      ...FOREIGN_CURRENCIES.map(rateField),
      CHANGE_FIELD,
      HASHPRICE_FIELD,
      HORIZON_FIELD,
    ]
    for (const field of fields) {
      const { usual, scale = 1, whole = false } = field
      fc.assert(
        fc.property(within(usual[0], usual[1]), (inUnit) => {
          const value = (whole ? Math.round(inUnit) : inUnit) * scale
          const read = readTyped(typedText(value, field), field)
          expect(read.fault).toBeNull()
          expect(Math.abs(read.value! - value)).toBeLessThanOrEqual(1e-11 * Math.abs(value))
        }),
      )
    }
  })

  it('never reads the sign that is not the decimal one of the screen as one of both in silence', () => {
    const groups = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 0, max: 999 }))
    for (const field of [
      ...Object.values(TYPED_VALUES),
      ...NUMBER_NAMES.map((name) => machineField(numberField(name))),
    ])
      fc.assert(
        fc.property(groups, ([whole, rest]) => {
          const fraction = String(rest).padStart(3, '0')
          const { value } = readTyped(`${whole}${decimalMark() === '.' ? ',' : '.'}${fraction}`, field)
          if (value === null) return
          const { usual, scale = 1 } = field
          const isIn = (number: number) => number >= usual[0] && number <= usual[1]
          const [decimal, grouped] = [Number(`${whole}.${fraction}`), whole * 1000 + rest]
          const other =
            Math.abs(value / scale - decimal) < Math.abs(value / scale - grouped) ? grouped : decimal
          if (field.whole !== true) expect(isIn(other)).toBe(false)
        }),
      )
  })
})
