import type { SupplyCurve } from '#shared/domain/ahead/respond.ts'
import { percent } from '#shared/format/numbers.ts'
import { typedText } from '#shared/format/typed-text.ts'
import type { TypedField } from '#shared/format/typed.ts'
import { readTyped } from '#shared/format/typed.ts'

/** The network's supply curve as it is typed. */

const SHARE: TypedField = { unit: '%', scale: 0.01, usual: [0, 100], example: '20 or 20 %' }
const EFFICIENCY: TypedField = { unit: 'number', usual: [1, 200], example: '17.5' }
const PRICE: TypedField = { unit: 'USD/kWh', usual: [0, 0.5], example: '0.045 or 4.5 ¢' }

export type TierTexts = {
  /** names the row while others come and go */
  readonly key: number
  readonly share: string
  readonly jPerTh: string
  readonly usdPerKwh: string
}
export type CurveTexts = {
  readonly tiers: readonly TierTexts[]
  readonly leaving: string
  readonly returning: string
  readonly hysteresis: string
}
export type TierFaults = Partial<Record<'share' | 'jPerTh' | 'usdPerKwh', string>>
export type CurveRead = {
  /** null while something is wrong */
  readonly curve: SupplyCurve | null
  /** of each row */
  readonly tierFaults: readonly TierFaults[]
  readonly faults: Partial<Record<'leaving' | 'returning' | 'hysteresis', string>>
  /** of the shares that can be read, a fraction */
  readonly sharesSum: number
  /** what is wrong with the curve as a whole; null: nothing */
  readonly fault: string | null
}

export const curveTexts = (curve: SupplyCurve): CurveTexts => ({
  tiers: curve.tiers.map(({ share, jPerTh, usdPerKwh }, key) => ({
    key,
    share: typedText(share, SHARE),
    jPerTh: typedText(jPerTh, EFFICIENCY),
    usdPerKwh: typedText(usdPerKwh, PRICE),
  })),
  leaving: typedText(curve.leavingPerEpoch, SHARE),
  returning: typedText(curve.returningPerEpoch, SHARE),
  hysteresis: typedText(curve.hysteresis, SHARE),
})

/** As one that is typed anew. */
export const emptyTier = (tiers: readonly TierTexts[]): TierTexts => ({
  key: Math.max(-1, ...tiers.map(({ key }) => key)) + 1,
  share: '',
  jPerTh: '',
  usdPerKwh: '',
})

type Checked = { readonly value: number; readonly fault: string | null }

function checked(
  text: string,
  field: TypedField,
  isRight: (value: number) => boolean,
  bounds: string,
): Checked {
  const { value, fault } = readTyped(text, field)
  if (fault !== null) return { value: Number.NaN, fault }
  if (value === null) return { value: Number.NaN, fault: `Write it like ${field.example}.` }
  return isRight(value) ? { value, fault: null } : { value, fault: `It must be ${bounds}.` }
}

const isShare = (value: number) => value >= 0 && value <= 1
const shareOf = (text: string) => checked(text, SHARE, isShare, 'from 0 to 100 %')

/** The same bounds as those of files: `checkSupplyCurve`. */
export function readCurve({ tiers, leaving, returning, hysteresis }: CurveTexts): CurveRead {
  const rows = tiers.map((tier) => ({
    share: shareOf(tier.share),
    jPerTh: checked(tier.jPerTh, EFFICIENCY, (value) => value > 0 && value < 10_000, 'above 0 J/TH'),
    usdPerKwh: checked(tier.usdPerKwh, PRICE, (value) => Math.abs(value) <= 1, 'from −1 to 1 USD/kWh'),
  }))
  const parts = {
    leaving: shareOf(leaving),
    returning: shareOf(returning),
    hysteresis: checked(hysteresis, SHARE, (value) => value >= 0, '0 % or more'),
  }
  const tierFaults = rows.map(faultsOf)
  const faults = faultsOf(parts)
  const sharesSum = rows.reduce((sum, { share }) => sum + (Number.isNaN(share.value) ? 0 : share.value), 0)
  const fault =
    tiers.length === 0
      ? 'There must be at least one tier.'
      : Math.abs(sharesSum - 1) > 1e-6
        ? `The shares add up to ${percent(sharesSum, 2)}; they must add up to 100 %.`
        : null
  const isRight = fault === null && [faults, ...tierFaults].every((each) => Object.keys(each).length === 0)
  return {
    curve: isRight
      ? {
          tiers: rows.map(({ share, jPerTh, usdPerKwh }) => ({
            share: share.value,
            jPerTh: jPerTh.value,
            usdPerKwh: usdPerKwh.value,
          })),
          leavingPerEpoch: parts.leaving.value,
          returningPerEpoch: parts.returning.value,
          hysteresis: parts.hysteresis.value,
        }
      : null,
    tierFaults,
    faults,
    sharesSum,
    fault,
  }
}

const faultsOf = <K extends string>(read: Readonly<Record<K, Checked>>): Partial<Record<K, string>> =>
  Object.fromEntries(
    Object.entries<Checked>(read).flatMap(([name, { fault }]) => (fault === null ? [] : [[name, fault]])),
  ) as Partial<Record<K, string>>
