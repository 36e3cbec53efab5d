import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { DEFAULT_DISPLAY } from '#shared/format/display.ts'
import type { ReportCase } from '#shared/report/case.ts'
import { USUAL_TEMPLATES } from '#shared/report/pack.ts'
import { readNetworkState } from '#electron/services/network-state.ts'
import type { Store } from '#electron/store/sqlite/client.ts'

/** Of the sample's network, so that its values are not old. */
export const MADE_AT_MS = Date.UTC(2026, 9, 5, 12)

/** All that a report is made from, as it is stored, with something under every heading. */
export async function storedCase(store: Store, change: Partial<ReportCase> = {}): Promise<ReportCase> {
  const [fleet, inputs, network, recorded] = await Promise.all([
    store.readFleet(),
    store.readCase(),
    readNetworkState(store, MADE_AT_MS),
    store.readDecisionLog({ fromMs: null, toMs: null }, 100),
  ])
  return {
    template: USUAL_TEMPLATES.find(({ name }) => name === 'Audit file')!,
    madeAtMs: MADE_AT_MS,
    asOfMs: MADE_AT_MS,
    version: '1.2.3',
    fleet,
    inputs,
    network,
    recent: { usdPerPhDay: Float64Array.of(38.25, NaN, 41), lastDayMs: MADE_AT_MS },
    horizonDays: null,
    scenarios: [
      {
        name: 'As it is',
        assumptions: { price: constantGrowth(0), hashrate: constantGrowth(0.1), response: null },
      },
    ],
    decisions: { fromMs: 0, toMs: MADE_AT_MS, recorded },
    finance: {
      company: {
        name: 'Northern Hash',
        preparedBy: 'A. Ash',
        reviewedBy: '',
        logo: { type: 'image/png', bytes: Uint8Array.of(1, 2, 255) },
      },
      generalUsdPerDay: 1200.5,
      demandResponseCreditsUsdPerDay: null,
      discountRatePerYear: 0.12,
      treasury: { openingBtc: 12.5, shareHeld: 0.4, markPriceUsdPerBtc: null },
      purchases: [{ name: '2023', boughtAtMs: null, costUsd: 1e6, salvageUsd: 50_000, lifeDays: 1461 }],
    },
    currency: 'USD',
    display: DEFAULT_DISPLAY,
    ...change,
  }
}
