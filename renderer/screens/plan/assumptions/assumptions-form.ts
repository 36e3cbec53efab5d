import { DEFAULT_SUPPLY_CURVE } from '#shared/domain/ahead/default-supply-curve.ts'
import type { GrowthPath } from '#shared/domain/ahead/growth-path.ts'
import type { Scenario } from '#shared/domain/ahead/scenario.ts'
import { MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import { nameFault } from '#shared/domain/fleet/names.ts'
import { CHANGE_FIELD, machineField, TYPED_VALUES } from '#shared/format/typed-fields.ts'
import { typedText } from '#shared/format/typed-text.ts'
import type { TypedField } from '#shared/format/typed.ts'
import { readTyped } from '#shared/format/typed.ts'
import type { PlanSettings } from '#shared/ipc/plan-settings.ts'
import { PLAN_BOUNDS } from '#shared/ipc/plan-settings.ts'
import { GROWTH } from '../../../parts/growth-field.ts'
import type { CurveRead, CurveTexts } from './curve-form.ts'
import { curveTexts, readCurve } from './curve-form.ts'

/** What is typed in the dialog of assumptions, and what it means. */

const POWER = machineField(MACHINE_FIELDS.powerPriceUsdPerKwh)
const EPOCHS: TypedField = { unit: 'number', usual: [...PLAN_BOUNDS.epochs], whole: true, example: '13' }
const PATHS: TypedField = { unit: 'number', usual: [...PLAN_BOUNDS.paths], whole: true, example: '10000' }
const VOLATILITY: TypedField = { unit: '%', scale: 0.01, usual: [0, 500], example: '80 or 80 %' }
const CORRELATION: TypedField = { unit: 'number', usual: [...PLAN_BOUNDS.correlation], example: '0.3' }

const PLACE_FIELDS = {
  epochs: EPOCHS,
  paths: PATHS,
  priceVolatilityPerYear: VOLATILITY,
  hashrateVolatilityPerYear: VOLATILITY,
  correlation: CORRELATION,
} as const
export type PlaceField = keyof typeof PLACE_FIELDS
const PLACE_NAMES = Object.keys(PLACE_FIELDS) as PlaceField[]

const BOUND_WORDS: Readonly<Record<PlaceField, string>> = {
  epochs: 'a whole number from 1 to 1000',
  paths: 'a whole number from 1 to 1 000 000',
  priceVolatilityPerYear: 'from 0 to 500 %',
  hashrateVolatilityPerYear: 'from 0 to 500 %',
  correlation: 'from −1 to 1',
}

export type AssumptionTexts = {
  readonly name: string
  /** growth a year */
  readonly price: string
  readonly hashrate: string
  readonly responds: boolean
  readonly curve: CurveTexts
  /** '': as it is */
  readonly triedPrice: string
  readonly triedChange: string
  readonly triedSites: readonly { readonly site: string; readonly text: string }[]
  /** of every scenario */
  readonly place: Readonly<Record<PlaceField, string>>
  readonly underWater: PlanSettings['underWater']
}

type Field = 'name' | 'price' | 'hashrate' | 'triedPrice' | 'triedChange' | PlaceField
export type AssumptionsRead = {
  /** null while something of it is wrong */
  readonly scenario: Scenario | null
  readonly place: Omit<PlanSettings, 'columns'> | null
  readonly faults: Partial<Record<Field, string>>
  /** of each price of a site that is tried; null where it is right */
  readonly siteFaults: readonly (string | null)[]
  readonly curve: CurveRead
}

/** @param name '' where a scenario of no assumption is looked at, which cannot be changed itself */
export function textsOf(scenario: Scenario, name: string, settings: PlanSettings): AssumptionTexts {
  const { assumptions, tried } = scenario
  const { priceUsdPerBtc, change, sitePowerPrices } = tried
  return {
    name,
    price: typedText(assumptions.price.ratePerYear, GROWTH),
    hashrate: typedText(assumptions.hashrate.ratePerYear, GROWTH),
    responds: assumptions.response !== null,
    curve: curveTexts(assumptions.response ?? DEFAULT_SUPPLY_CURVE),
    triedPrice: priceUsdPerBtc === null ? '' : typedText(priceUsdPerBtc, TYPED_VALUES.priceUsdPerBtc),
    triedChange: change === null ? '' : typedText(change, CHANGE_FIELD),
    triedSites: sitePowerPrices.map(({ site, powerPriceUsdPerKwh }) => ({
      site,
      text: typedText(powerPriceUsdPerKwh, POWER),
    })),
    place: Object.fromEntries(
      PLACE_NAMES.map((field) => [field, typedText(settings[field], PLACE_FIELDS[field])]),
    ) as Record<PlaceField, string>,
    underWater: settings.underWater,
  }
}

type Read = { readonly value: number | null; readonly fault: string | null }

function readIn(text: string, field: TypedField, isRight: (value: number) => boolean, bounds: string): Read {
  const { value, fault } = readTyped(text, field)
  if (fault !== null || value === null) return { value, fault }
  return isRight(value) ? { value, fault: null } : { value: null, fault: `It must be ${bounds}.` }
}

const given = (read: Read): Read =>
  read.fault === null && read.value === null ? { value: null, fault: 'This must be given.' } : read

function withRate(path: GrowthPath, ratePerYear: number): GrowthPath {
  return { ...path, ratePerYear }
}

/**
 * @param before what the dialog began with: paths of files stay, only the rate after them is typed
 * @param others names of the stored scenarios but the one that is changed
 */
export function readAssumptions(
  texts: AssumptionTexts,
  before: Scenario,
  others: readonly string[],
): AssumptionsRead {
  const growth = (text: string) =>
    given(readIn(text, GROWTH, (value) => value >= -0.99 && value <= 100, 'from −99 to 10 000 %'))
  const reads = {
    price: growth(texts.price),
    hashrate: growth(texts.hashrate),
    triedPrice: readIn(texts.triedPrice, TYPED_VALUES.priceUsdPerBtc, (value) => value > 0, 'above 0 USD'),
    triedChange: readIn(
      texts.triedChange,
      CHANGE_FIELD,
      (value) => value >= -0.75 && value <= 3,
      'from −75 to 300 %',
    ),
  }
  const places = Object.fromEntries(
    PLACE_NAMES.map((name) => {
      const { whole = false } = PLACE_FIELDS[name]
      const [least, most] = PLAN_BOUNDS[name]
      const isRight = (value: number) =>
        value >= least && value <= most && (!whole || Number.isInteger(value))
      return [name, given(readIn(texts.place[name], PLACE_FIELDS[name], isRight, BOUND_WORDS[name]))]
    }),
  ) as Record<PlaceField, Read>
  const [least, most] = MACHINE_FIELDS.powerPriceUsdPerKwh.bounds
  const sites = texts.triedSites.map(({ text }) =>
    given(
      readIn(text, POWER, (value) => value >= least && value <= most, `from ${least} to ${most} USD/kWh`),
    ),
  )
  const curve = readCurve(texts.curve)
  const nameWrong = wrongName(texts.name.trim(), others)
  const faults = Object.fromEntries(
    Object.entries({ ...reads, ...places }).flatMap(([name, { fault }]) =>
      fault === null ? [] : [[name, fault]],
    ),
  ) as AssumptionsRead['faults']
  const isRight =
    Object.values(reads).every(({ fault }) => fault === null) &&
    sites.every(({ fault }) => fault === null) &&
    (!texts.responds || curve.curve !== null)
  const { assumptions } = before
  return {
    scenario: isRight
      ? {
          name: texts.name.trim(),
          assumptions: {
            price: withRate(assumptions.price, reads.price.value!),
            hashrate: withRate(assumptions.hashrate, reads.hashrate.value!),
            response: texts.responds ? curve.curve : null,
          },
          tried: {
            priceUsdPerBtc: reads.triedPrice.value,
            change: reads.triedChange.value,
            sitePowerPrices: texts.triedSites.map(({ site }, i) => ({
              site,
              powerPriceUsdPerKwh: sites[i]!.value!,
            })),
          },
        }
      : null,
    place: Object.values(places).every(({ fault }) => fault === null)
      ? {
          ...(Object.fromEntries(PLACE_NAMES.map((name) => [name, places[name].value!])) as Record<
            PlaceField,
            number
          >),
          underWater: texts.underWater,
        }
      : null,
    faults: nameWrong === null ? faults : { ...faults, name: nameWrong },
    siteFaults: sites.map(({ fault }) => fault),
    curve,
  }
}

function wrongName(name: string, others: readonly string[]): string | null {
  const taken = others.find((other) => other.toLowerCase() === name.toLowerCase())
  if (taken !== undefined)
    return `There is a scenario ${taken} already: change that one, or give this another name.`
  const wrong = nameFault(name)
  return wrong === null ? null : `The name ${wrong}.`
}

/** Whether two scenarios assume and try the same. */
export const assumesSame = (a: Scenario, b: Scenario): boolean =>
  JSON.stringify([a.assumptions, a.tried]) === JSON.stringify([b.assumptions, b.tried])
