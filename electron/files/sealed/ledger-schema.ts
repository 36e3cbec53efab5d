import { z } from 'zod'
import { COST_CATEGORIES, COSTINGS, PAYOUT_SCHEMES } from '#shared/domain/money/ledger/entry.ts'
import { CURRENCIES } from '#shared/domain/power/currency.ts'

/** The books as a report seals them. As in the rest of a case, what a program of another version may have added stays. */

const open = z.looseObject
const whole = z.number().int()
const day = z.iso.date()
const days = open({ from: day, to: day })
const month = z.string().regex(/^\d{4}-\d{2}$/, 'must be a month')
const price = open({ usdPerBtc: z.number(), source: z.string() })
const amount = open({
  currency: z.enum(CURRENCIES),
  hundredths: whole,
  usdCents: whole,
  rate: open({ usdPerUnit: z.number(), day, source: z.string() }).nullable(),
})
const plan = {
  kind: z.literal('plan'),
  hashratePhs: z.number(),
  powerKw: z.number(),
  uptime: z.number(),
  poolFee: z.number(),
  usdPerKwh: z.number(),
}

const fact = z.discriminatedUnion('kind', [
  open({
    ...{ kind: z.literal('earning'), pool: z.string(), day, sat: whole, feeSat: whole.nullable(), price },
    hashratePhs: z.number().nullable(),
  }),
  open({ kind: z.literal('payout'), pool: z.string(), day, sat: whole, feeSat: whole.nullable(), price }),
  open({ kind: z.literal('bill'), payee: z.string(), days, wh: whole.nullable(), amount, part: z.string() }),
  open({ kind: z.literal('meter'), meter: z.string(), days, wh: whole }),
  open({ kind: z.literal('credit'), payer: z.string(), days, amount, programme: z.string() }),
  open({
    ...{ kind: z.literal('sale'), venue: z.string(), day, sat: whole },
    ...{ proceeds: amount, fee: amount.nullable() },
  }),
  open({
    ...{ kind: z.literal('cost'), payee: z.string(), days, amount },
    category: z.enum(COST_CATEGORIES),
  }),
  open({
    ...{ kind: z.literal('purchase'), payee: z.string(), day, what: z.string(), amount },
    ...{ salvageUsdCents: whole, lifeDays: whole },
  }),
  open({ kind: z.literal('opening'), day, sat: whole, costUsdCents: whole }),
  open({ ...plan, month }),
  open({
    ...{ kind: z.literal('budget'), month, priceUsdPerBtc: z.number(), difficulty: z.number() },
    ...{ rewardBtcPerBlock: z.number(), uptime: z.number(), tariffUsdPerKwh: z.number() },
    ...{ hashratePhs: z.number(), powerKw: z.number() },
  }),
  open({
    ...{ kind: z.literal('void'), reason: z.string() },
    of: z.union([open({ entry: whole }), open({ batch: whole })]),
  }),
  open({ kind: z.literal('close'), month, hash: z.string(), costing: z.enum(COSTINGS) }),
  open({ kind: z.literal('reopen'), month, reason: z.string() }),
])

const books = open({
  entries: z.array(
    open({
      ...{ fact, site: z.string(), zone: z.string(), reference: z.string(), corrects: whole.nullable() },
      ...{ note: z.string(), origin: z.null(), key: whole, recordedMs: z.number(), batch: whole },
    }),
  ),
  pools: z.array(
    open({
      ...{ name: z.string(), scheme: z.enum(PAYOUT_SCHEMES), fee: z.number() },
      ...{ revenue: z.enum(['earned', 'paid']), sites: z.array(z.string()) },
      poolHashrateEhs: z.number().nullable(),
      // Left out where they hold since ever.
      from: month.or(z.literal('')).default(''),
    }),
  ),
  costing: z.enum(COSTINGS),
})

const float64 = z.instanceof(Float64Array)
const network = open({
  ...{ fromDay: day, priceUsd: float64, difficulty: float64 },
  ...{ subsidyBtcPerBlock: float64, feesBtcPerBlock: float64 },
}).refine(
  ({ priceUsd, difficulty, subsidyBtcPerBlock, feesBtcPerBlock }) =>
    [difficulty, subsidyBtcPerBlock, feesBtcPerBlock].every(({ length }) => length === priceUsd.length),
  'has columns of several lengths',
)

export const ledgerSchema = open({
  months: z.array(open({ month, hash: z.string().nullable() })).min(1),
  entries: whole,
  books: books.nullable(),
  network: network.nullable(),
  plansNow: z.array(open({ site: z.string(), plan: open(plan) })),
})
