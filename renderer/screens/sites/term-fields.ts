import type { ContractTerms } from '#shared/domain/power/contract-terms.ts'
import { PLAIN_CHARGE } from '#shared/domain/power/demand-charge.ts'
import type { Hosting } from '#shared/domain/power/hosting.ts'
import { priceField } from '#shared/format/typed-fields.ts'
import type { TypedField } from '#shared/format/typed.ts'
import type { Choice } from '../../ui/Select.tsx'

/** A number of a contract that is typed; NaN: not given. */
export type TermNumber = {
  readonly label: string
  readonly unit: string
  readonly field: TypedField
  readonly value: number
  /** null: the field was emptied; of a part's first field that takes the part away */
  readonly write: (value: number | null) => ContractTerms
}
/** One of a few choices. */
export type TermChoice = {
  readonly label: string
  readonly choices: readonly Choice<string>[]
  readonly value: string
  readonly choose: (value: string) => ContractTerms
}
/** A part of a contract by the name that its words have, and what is changed of it by hand. */
export type TermPart = {
  readonly name: string
  readonly items: readonly (TermNumber | TermChoice)[]
  readonly note?: string
}

const KILOWATTS: TypedField = { unit: 'kW', usual: [0, 1e7], example: '2000 or 2 MW' }
const KWH: TypedField = { unit: 'number', usual: [0, 1e9], example: '48 000' }
const PERCENT: TypedField = { unit: '%', scale: 0.01, usual: [0, 100], example: '75 or 75 %' }
const HOURS: TypedField = { unit: 'hours', usual: [0, 744], example: '12' }
const MONTHS: TypedField = { unit: 'number', usual: [1, 60], whole: true, example: '12' }

/** @param usdPerUnit of the contract's currency; null where no rate is known */
export function termParts(terms: ContractTerms, usdPerUnit: number | null): readonly TermPart[] {
  const { currency } = terms
  const price = { field: priceField(currency, usdPerUnit), unit: `${currency}/kWh` }
  const kw = { field: KILOWATTS, unit: 'kW' }
  const monthly = (unit: string) => ({
    field: { unit: currency, usual: [0, 100_000], example: '3.50' } as TypedField,
    unit: `${currency}/${unit}/month`,
  })
  return [
    ...(terms.marketAdderUsdPerKwh === null
      ? []
      : [
          {
            name: 'Market prices',
            items: [
              {
                ...{ label: 'On top of each kWh', ...price, value: terms.marketAdderUsdPerKwh },
                write: (value: number | null) => ({ ...terms, marketAdderUsdPerKwh: value ?? 0 }),
              },
            ],
            note: 'The prices come from a file: Import market prices…',
          },
        ]),
    {
      name: 'Cap',
      items: [
        {
          ...{ label: 'Draws at most', ...kw, value: terms.capKw ?? NaN },
          write: (capKw) => ({ ...terms, capKw }),
        },
      ],
    },
    {
      name: 'Floor',
      items: [
        {
          ...{ label: 'Draws at least', ...kw, value: terms.floorKw ?? NaN },
          write: (floorKw) => ({ ...terms, floorKw }),
        },
      ],
    },
    takeOrPayPart(terms, price),
    demandChargePart(terms, monthly('kW'), kw),
    demandResponsePart(terms, monthly('kW'), kw),
    hostingPart(terms, price, monthly),
  ]
}

type Shown = Pick<TermNumber, 'field' | 'unit'>

function takeOrPayPart(terms: ContractTerms, price: Shown): TermPart {
  const { takeOrPay } = terms
  const change = (patch: object) => ({ ...terms, takeOrPay: { ...takeOrPay!, ...patch } })
  return {
    name: 'Take-or-pay',
    items: [
      {
        ...{ label: 'Committed', unit: 'kWh/day', field: KWH, value: takeOrPay?.committedKwhPerDay ?? NaN },
        write: (value) => ({
          ...terms,
          takeOrPay:
            value === null
              ? null
              : {
                  ...(takeOrPay ?? { per: 'hour', handBackUsdPerKwh: 0, committedUsdPerKwh: null }),
                  committedKwhPerDay: value,
                },
        }),
      },
      ...(takeOrPay === null
        ? []
        : [
            {
              label: 'Used',
              choices: [
                { value: 'hour', label: 'the same in every hour' },
                { value: 'day', label: 'in whatever hours of the day' },
              ],
              value: takeOrPay.per,
              choose: (per: string) => change({ per }),
            },
            {
              ...{ label: 'Pays when handed back', ...price, value: takeOrPay.handBackUsdPerKwh },
              write: (value: number | null) => change({ handBackUsdPerKwh: value ?? 0 }),
            },
            {
              ...{ label: 'Costs, for the bill', ...price, value: takeOrPay.committedUsdPerKwh ?? NaN },
              write: (committedUsdPerKwh: number | null) => change({ committedUsdPerKwh }),
            },
          ]),
    ],
  }
}

function demandChargePart(terms: ContractTerms, monthly: Shown, kw: Shown): TermPart {
  const { demandCharge } = terms
  const change = (patch: object) => ({ ...terms, demandCharge: { ...demandCharge!, ...patch } })
  return {
    name: 'Demand charge',
    items: [
      {
        ...{ label: 'For the highest power', ...monthly, value: demandCharge?.usdPerKwMonth ?? NaN },
        write: (value) => ({
          ...terms,
          demandCharge: value === null ? null : { ...(demandCharge ?? PLAIN_CHARGE), usdPerKwMonth: value },
        }),
      },
      ...(demandCharge === null
        ? []
        : [
            {
              ...{ label: 'Peak of this month so far', ...kw, value: demandCharge.meteredKwThisMonth },
              write: (value: number | null) => change({ meteredKwThisMonth: value ?? 0 }),
            },
            {
              label: 'This month’s peak',
              choices: [
                { value: 'open', label: 'may still be raised' },
                { value: 'set', label: 'is set already' },
              ],
              value: demandCharge.isAlreadySet ? 'set' : 'open',
              choose: (value: string) => change({ isAlreadySet: value === 'set' }),
            },
            {
              ...{ label: 'At least this share of past peaks', unit: '%', field: PERCENT },
              value: demandCharge.ratchetShare,
              write: (value: number | null) => change({ ratchetShare: value ?? 0 }),
            },
            {
              ...{ label: 'Looks back', unit: 'months', field: MONTHS, value: demandCharge.lookbackMonths },
              write: (value: number | null) => change({ lookbackMonths: value ?? 12 }),
            },
          ]),
    ],
    ...(demandCharge === null || demandCharge.pastPeaksKw.length === 0
      ? {}
      : { note: `Peaks of the months before, the last first: ${demandCharge.pastPeaksKw.join(', ')} kW.` }),
  }
}

function demandResponsePart(terms: ContractTerms, monthly: Shown, kw: Shown): TermPart {
  const { demandResponse } = terms
  const change = (patch: object) => ({ ...terms, demandResponse: { ...demandResponse!, ...patch } })
  return {
    name: 'Demand response',
    items: [
      {
        ...{ label: 'Credit', ...monthly, value: demandResponse?.creditUsdPerKwMonth ?? NaN },
        write: (value) => ({
          ...terms,
          demandResponse:
            value === null
              ? null
              : { ...(demandResponse ?? { hoursPerMonth: 0, capacityKw: null }), creditUsdPerKwMonth: value },
        }),
      },
      ...(demandResponse === null
        ? []
        : [
            {
              ...{ label: 'Expected to be shed', unit: 'hours/month', field: HOURS },
              value: demandResponse.hoursPerMonth,
              write: (value: number | null) => change({ hoursPerMonth: value ?? 0 }),
            },
            {
              ...{ label: 'Promised', ...kw, value: demandResponse.capacityKw ?? NaN },
              write: (capacityKw: number | null) => change({ capacityKw }),
            },
          ]),
    ],
    note: 'Listed events come with a file: Import contracts…',
  }
}

const NO_HOST = 'none'
const FIRST: Readonly<Record<Hosting['model'], Hosting>> = {
  flat: { model: 'flat', usdPerMonth: 0, per: 'kw' },
  'per-kwh': { model: 'per-kwh', usdPerKwh: 0, basis: 'metered' },
  'revenue-share': { model: 'revenue-share', hostShare: 0, energyPaidBy: 'tenant' },
  'profit-share': { model: 'profit-share', hostShare: 0, lossesBorneBy: 'tenant' },
}

function hostingPart(terms: ContractTerms, price: Shown, monthly: (unit: string) => Shown): TermPart {
  const { hosting } = terms
  const withHosting = (next: Hosting | null) => ({ ...terms, hosting: next })
  return {
    name: 'Hosting',
    items: [
      {
        label: 'The host is paid',
        choices: [
          { value: NO_HOST, label: 'no host' },
          { value: 'flat', label: 'a fee a month, power included' },
          { value: 'per-kwh', label: 'per kWh, all in' },
          { value: 'revenue-share', label: 'a share of revenue' },
          { value: 'profit-share', label: 'a share of profit' },
        ],
        value: hosting?.model ?? NO_HOST,
        choose: (model) => withHosting(model === NO_HOST ? null : FIRST[model as Hosting['model']]),
      },
      ...hostItems(hosting, price, monthly, withHosting),
    ],
  }
}

function hostItems(
  hosting: Hosting | null,
  price: Shown,
  monthly: (unit: string) => Shown,
  withHosting: (next: Hosting) => ContractTerms,
): TermPart['items'] {
  switch (hosting?.model) {
    case undefined:
      return []
    case 'flat':
      return [
        {
          ...{
            label: 'Fee',
            ...monthly(hosting.per === 'kw' ? 'kW' : 'machine'),
            value: hosting.usdPerMonth,
          },
          write: (value) => withHosting({ ...hosting, usdPerMonth: value ?? 0 }),
        },
        {
          label: 'For each',
          choices: [
            { value: 'kw', label: 'kW' },
            { value: 'machine', label: 'machine' },
          ],
          value: hosting.per,
          choose: (per) => withHosting({ ...hosting, per: per as typeof hosting.per }),
        },
      ]
    case 'per-kwh':
      return [
        {
          ...{ label: 'All in', ...price, value: hosting.usdPerKwh },
          write: (value) => withHosting({ ...hosting, usdPerKwh: value ?? 0 }),
        },
        {
          label: 'Billed by',
          choices: [
            { value: 'metered', label: 'the meter' },
            { value: 'nameplate', label: 'nameplate power' },
          ],
          value: hosting.basis,
          choose: (basis) => withHosting({ ...hosting, basis: basis as typeof hosting.basis }),
        },
      ]
    case 'revenue-share':
      return [
        {
          ...{ label: 'Share of the host', unit: '%', field: PERCENT, value: hosting.hostShare },
          write: (value) => withHosting({ ...hosting, hostShare: value ?? 0 }),
        },
        {
          label: 'Power is paid by',
          choices: [
            { value: 'tenant', label: 'the operator' },
            { value: 'host', label: 'the host' },
          ],
          value: hosting.energyPaidBy,
          choose: (by) => withHosting({ ...hosting, energyPaidBy: by as typeof hosting.energyPaidBy }),
        },
      ]
    case 'profit-share':
      return [
        {
          ...{ label: 'Share of the host', unit: '%', field: PERCENT, value: hosting.hostShare },
          write: (value) => withHosting({ ...hosting, hostShare: value ?? 0 }),
        },
        {
          label: 'Losses are borne by',
          choices: [
            { value: 'tenant', label: 'the operator' },
            { value: 'both', label: 'both' },
            { value: 'host', label: 'the host' },
          ],
          value: hosting.lossesBorneBy,
          choose: (by) => withHosting({ ...hosting, lossesBorneBy: by as typeof hosting.lossesBorneBy }),
        },
      ]
  }
}
