import { z } from 'zod'
import { NO_LIMITS } from '#shared/domain/decision/case-inputs.ts'
import { MOST_BY_LENGTH } from '#shared/domain/decision/acts/decision-log.ts'
import { MOST_NAME_LENGTH } from '#shared/domain/fleet/names.ts'
import { CURRENCIES } from '#shared/domain/power/currency.ts'
import {
  DEFAULT_DISPLAY,
  ENERGY_UNITS,
  HASHPRICE_UNITS,
  HASHRATE_UNITS,
  NUMBER_LANGUAGES,
  POWER_UNITS,
} from '#shared/format/display.ts'
import type { FinanceField } from '#shared/report/finance-bounds.ts'
import { PAPERS } from '../../report/pack.ts'
import { FINANCE_BOUNDS } from '#shared/report/finance-bounds.ts'
import { USUAL_TEMPLATES } from '#shared/report/pack.ts'
import { DEFAULT_SOURCE_ORDER, SOURCES, sourceOrderFault } from '../sources.ts'
import { USUAL_TABLES } from '../table-view.ts'
import { tableViewSchema } from './table-view.ts'

export const THEMES = ['system', 'light', 'dark'] as const

const address = z.string().max(300)

const financeNumber = (field: FinanceField) => {
  const [least, most] = FINANCE_BOUNDS[field]
  return z.number().min(least).max(most).nullable()
}

/** In which units and with which marks figures are written, see `Display`. */
const displayShape = {
  hashrateUnit: z.enum(HASHRATE_UNITS),
  hashpriceUnit: z.enum(HASHPRICE_UNITS),
  energyUnit: z.enum(ENERGY_UNITS),
  powerUnit: z.enum(POWER_UNITS),
  numberLanguage: z.enum(NUMBER_LANGUAGES),
}
export const displaySchema = z.strictObject(displayShape)

/** The operator's settings. Keys of the command line are the dotted names in {@link SETTING_KEYS}. */
export const settingsSchema = z.strictObject({
  theme: z.enum(THEMES),
  density: z.enum(['regular', 'compact']),
  /** how the table of the fleet is looked at in each place that shows it */
  tables: z.strictObject({ today: tableViewSchema, fleet: tableViewSchema }),
  paper: z.enum(PAPERS),
  /** in which money is shown; formulas compute in USD */
  currency: z.enum(CURRENCIES),
  /** the site at which this computer stands: it comes first on Today; '': none. It does not move to another computer. */
  homeSite: z.string().max(MOST_NAME_LENGTH),
  /** who decides at this computer, as it was said last; '': nobody said. It does not move to another computer either. */
  decidedBy: z.string().max(MOST_BY_LENGTH),
  ...displayShape,
  /** base address of the mempool server, e.g. https://mempool.space/api */
  mempoolUrl: address,
  /** the operator's own Bitcoin Core node, e.g. http://127.0.0.1:8332; empty: there is none */
  bitcoindUrl: address,
  /** path of the node's .cookie; empty: the usual place, where the node is on this machine */
  bitcoindCookieFile: z.string().max(1000),
  krakenUrl: address,
  coingeckoUrl: address,
  coinbaseUrl: address,
  coinmetricsUrl: address,
  blockchaininfoUrl: address,
  /** sources that are asked, the preferred one first, e.g. "bitcoind,mempool,kraken"; one that is absent is not asked */
  networkOrder: z
    .string()
    .max(200)
    .superRefine((text, context) => {
      const fault = sourceOrderFault(text)
      if (fault !== null) context.addIssue({ code: 'custom', message: fault })
    }),
  /** false: nothing is fetched unless asked */
  autoRefresh: z.boolean(),
  /** path of a file with the address that alerts are sent to, for a program without a keystore; empty: there is none */
  webhookFile: z.string().max(1000),
  /** days over which a verdict is weighed; null: until the adjustment and 14 days */
  horizonDays: z.number().min(1).max(3660).nullable(),
  /** limits of the operator on a lot, see OperatorLimits; null: none */
  mostSwitchesPerDay: z.number().int().min(1).max(1440).nullable(),
  leastHoursOn: z.number().min(0).max(8760).nullable(),
  leastHoursOff: z.number().min(0).max(8760).nullable(),
  /** days until someone can act again */
  reviewDays: z
    .number()
    .min(1 / 24)
    .max(365),
  /** of ln(hashprice) per year, a fraction: 0.77 is 77 %; null: the fitted one */
  volatilityPerYear: z.number().min(0).max(5).nullable(),
  /** name of the template that reports are made with */
  reportTemplate: z.string().min(1).max(100),
  /** printed on reports; '': not said */
  companyName: z.string().max(200),
  preparedBy: z.string().max(200),
  reviewedBy: z.string().max(200),
  /** what no machine and no site carries, see Finance of a report; null: not said */
  generalUsdPerDay: financeNumber('generalUsdPerDay'),
  demandResponseCreditsUsdPerDay: financeNumber('demandResponseCreditsUsdPerDay'),
  /** a fraction: 0.12 is 12 % a year */
  discountRatePerYear: financeNumber('discountRatePerYear'),
  /** null: there is no treasury to show */
  treasuryBtc: financeNumber('treasuryBtc'),
  treasuryShareHeld: financeNumber('treasuryShareHeld'),
  /** null: the price of now */
  treasuryMarkUsdPerBtc: financeNumber('treasuryMarkUsdPerBtc'),
})
export type Settings = z.infer<typeof settingsSchema>

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  density: 'regular',
  tables: USUAL_TABLES,
  paper: 'A4',
  currency: 'USD',
  homeSite: '',
  decidedBy: '',
  ...DEFAULT_DISPLAY,
  mempoolUrl: SOURCES.mempool.defaultUrl,
  bitcoindUrl: SOURCES.bitcoind.defaultUrl,
  bitcoindCookieFile: '',
  krakenUrl: SOURCES.kraken.defaultUrl,
  coingeckoUrl: SOURCES.coingecko.defaultUrl,
  coinbaseUrl: SOURCES.coinbase.defaultUrl,
  coinmetricsUrl: SOURCES.coinmetrics.defaultUrl,
  blockchaininfoUrl: SOURCES.blockchaininfo.defaultUrl,
  networkOrder: DEFAULT_SOURCE_ORDER,
  autoRefresh: true,
  webhookFile: '',
  horizonDays: null,
  ...NO_LIMITS,
  reportTemplate: USUAL_TEMPLATES[0]!.name,
  companyName: '',
  preparedBy: '',
  reviewedBy: '',
  generalUsdPerDay: null,
  demandResponseCreditsUsdPerDay: null,
  discountRatePerYear: null,
  treasuryBtc: null,
  treasuryShareHeld: null,
  treasuryMarkUsdPerBtc: null,
}

/** Name on the command line → field. */
export const SETTING_KEYS = {
  'display.theme': 'theme',
  'display.density': 'density',
  'report.paper': 'paper',
  'report.currency': 'currency',
  'computer.site': 'homeSite',
  'decisions.by': 'decidedBy',
  'units.hashrate': 'hashrateUnit',
  'units.hashprice': 'hashpriceUnit',
  'units.energy': 'energyUnit',
  'units.power': 'powerUnit',
  'units.language': 'numberLanguage',
  'network.mempool.url': 'mempoolUrl',
  'network.bitcoind.url': 'bitcoindUrl',
  'network.bitcoind.cookie-file': 'bitcoindCookieFile',
  'network.kraken.url': 'krakenUrl',
  'network.coingecko.url': 'coingeckoUrl',
  'network.coinbase.url': 'coinbaseUrl',
  'network.coinmetrics.url': 'coinmetricsUrl',
  'network.blockchaininfo.url': 'blockchaininfoUrl',
  'network.order': 'networkOrder',
  'network.auto-refresh': 'autoRefresh',
  'alerts.webhook-file': 'webhookFile',
  'decide.horizon-days': 'horizonDays',
  'decision.most-switches-per-day': 'mostSwitchesPerDay',
  'decision.least-hours-on': 'leastHoursOn',
  'decision.least-hours-off': 'leastHoursOff',
  'decision.review-days': 'reviewDays',
  'decision.volatility': 'volatilityPerYear',
  'report.template': 'reportTemplate',
  'report.company': 'companyName',
  'report.prepared-by': 'preparedBy',
  'report.reviewed-by': 'reviewedBy',
  'finance.general-usd-per-day': 'generalUsdPerDay',
  'finance.demand-response-credits-usd-per-day': 'demandResponseCreditsUsdPerDay',
  'finance.discount-rate-per-year': 'discountRatePerYear',
  'finance.treasury-btc': 'treasuryBtc',
  'finance.treasury-share-held': 'treasuryShareHeld',
  'finance.treasury-mark-usd-per-btc': 'treasuryMarkUsdPerBtc',
} as const satisfies Record<string, keyof Settings>
