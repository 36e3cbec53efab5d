import { z } from 'zod'
import { LIMIT_NAMES } from '#shared/domain/decision/case-inputs.ts'
import { each } from '#shared/domain/fleet/fields.ts'
import { CURRENCIES, FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import { decisionSchema } from '#shared/ipc/schemas/acts.ts'
import { networkStateSchema } from '#shared/ipc/schemas/network.ts'
import { curveSchema } from '#shared/ipc/schemas/scenarios.ts'
import { displaySchema } from '#shared/ipc/schemas/settings.ts'
import { PAPERS } from '#shared/report/pack.ts'
import { ledgerSchema } from './ledger-schema.ts'
import { codesIn, machinesSchema } from './machines.ts'

/** What a program of another version may have added stays: it does no harm, and a report of that version has it. */
const open = z.looseObject
const float64 = z.instanceof(Float64Array)
const whole = z.number().int().nonnegative()
/** NaN: not given */
const figure = z.number().or(z.nan())

const sites = open({
  length: whole,
  key: float64,
  name: z.array(z.string()),
  powerPriceUsdPerKwh: float64,
  otherUsdPerKwh: float64,
  overhead: float64,
}).refine(
  ({ length, key, name, powerPriceUsdPerKwh, otherUsdPerKwh, overhead }) =>
    [key, name, powerPriceUsdPerKwh, otherUsdPerKwh, overhead].every((column) => column.length === length),
  'has columns of several lengths',
)

const fleet = open({
  revision: whole,
  machines: machinesSchema,
  sites,
  tariffs: z.array(
    open({
      siteKey: whole,
      currency: z.enum(FOREIGN_CURRENCIES),
      powerPricePerKwh: z.number().nullable(),
      otherPerKwh: z.number(),
    }),
  ),
  contracts: whole,
  ladders: whole,
  undo: z.string().nullable(),
  redo: z.string().nullable(),
}).refine(
  ({ machines, sites }) => machines.site.every((site) => site < sites.length),
  'has machines of a site that is not there',
)

const ladder = open({
  model: z.string(),
  firmware: z.string(),
  source: z.string(),
  points: z.array(open({ name: z.string(), hashrateThs: z.number(), powerW: z.number() })),
})

const inputs = open({
  revision: whole,
  /** each is read by the reader of stored contracts */
  contracts: z.array(open({ siteKey: whole, site: z.string(), contract: z.unknown() })),
  policies: open({ machineKey: float64, policy: codesIn(MACHINE_POLICIES) }),
  ladders: open({
    ofLots: z.array(open({ machineKey: whole, ladder })),
    ofModels: z.array(ladder),
    shipped: z.array(ladder),
    firmware: z.string().optional(),
  }),
  models: z.array(
    open({ name: z.string(), family: z.string(), hashrateThs: z.number(), powerW: z.number() }),
  ),
  limits: open(each(LIMIT_NAMES, (name) => (name === 'reviewDays' ? z.number() : z.number().nullable()))),
  rates: z.array(
    open({
      currency: z.enum(FOREIGN_CURRENCIES),
      usdPerUnit: z.number(),
      source: z.string(),
      asOfMs: z.number(),
      fetchedAtMs: z.number(),
    }),
  ),
  paused: float64.optional(),
})

const path = open({ days: z.array(z.number()), factors: z.array(z.number()), ratePerYear: z.number() })

const tried = open({
  priceUsdPerBtc: z.number().nullable(),
  change: z.number().nullable(),
  sitePowerPrices: z.array(open({ site: z.string(), powerPriceUsdPerKwh: z.number() })),
})

const finance = open({
  company: open({
    name: z.string(),
    preparedBy: z.string(),
    reviewedBy: z.string(),
    logo: open({
      type: z.enum(['image/png', 'image/jpeg', 'image/svg+xml']),
      bytes: z.instanceof(Uint8Array),
    }).nullable(),
  }),
  generalUsdPerDay: z.number().nullable(),
  demandResponseCreditsUsdPerDay: z.number().nullable(),
  discountRatePerYear: z.number().nullable(),
  treasury: open({
    openingBtc: z.number(),
    shareHeld: z.number(),
    markPriceUsdPerBtc: z.number().nullable(),
  }).nullable(),
  purchases: z.array(
    open({
      name: z.string(),
      boughtAtMs: z.number().nullable(),
      costUsd: figure,
      salvageUsd: figure,
      lifeDays: figure,
    }),
  ),
})

const daysPast = open({
  fromDay: z.iso.date(),
  blocks: open({ height: float64, atMs: float64 }),
  priceUsd: float64,
  difficulty: float64,
  issuanceBtc: float64,
  feesBtc: float64,
}).refine(
  ({ priceUsd, difficulty, issuanceBtc, feesBtc, blocks: { height, atMs } }) =>
    [difficulty, issuanceBtc, feesBtc].every(({ length }) => length === priceUsd.length) &&
    height.length === atMs.length,
  'has columns of several lengths',
)

export const caseSchema = open({
  template: open({
    name: z.string(),
    title: z.string(),
    /** of the program of then; those that are gone are left out */
    sections: z.array(z.string()),
    paper: z.enum(PAPERS),
  }),
  madeAtMs: z.number(),
  asOfMs: z.number(),
  version: z.string(),
  fleet,
  inputs,
  network: networkStateSchema,
  recent: open({ usdPerPhDay: float64, lastDayMs: z.number() }).nullable(),
  horizonDays: z.number().nullable(),
  scenarios: z.array(
    open({
      name: z.string(),
      assumptions: open({ price: path, hashrate: path, response: curveSchema.nullable() }),
      tried: tried.optional(),
    }),
  ),
  unreadableScenarios: z.array(open({ name: z.string(), fault: z.string() })).optional(),
  decisions: open({ fromMs: z.number(), toMs: z.number(), recorded: z.array(decisionSchema) }),
  backtest: open({ fromDay: z.iso.date(), toDay: z.iso.date(), past: daysPast }).nullable().optional(),
  ledger: ledgerSchema.nullable().optional(),
  finance,
  currency: z.enum(CURRENCIES),
  display: displaySchema,
})
