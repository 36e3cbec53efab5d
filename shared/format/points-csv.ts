import type { PointRow } from '../domain/ladders/point-table.ts'
import { editable } from './typed-text.ts'

/** What the figures of a ladder rest on. */
export type PointsContext = {
  readonly model: string
  readonly firmware: string
  readonly site: string
  readonly powerPriceUsdPerKwh: number
  readonly hashpriceUsdPerPhDay: number
}

const HEADINGS = [
  ...['model', 'firmware', 'profile', 'hashrate_ths', 'power_w', 'j_per_th', 'on_hull', 'step_from'],
  ...['cut_off_usd_kwh', 'strike_usd_ph_day', 'margin_usd_day', 'best', 'site', 'power_price_usd_kwh'],
  'hashprice_usd_ph_day',
]

/** A text that a spreadsheet would take for a formula is kept one by an apostrophe, as in fleet.csv. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * The points of a ladder as lines for firmware and automation tools: USD and plain numbers whatever the reader's currency, an empty cell where
 * there is no figure. `step_from` is empty where the step is from off.
 */
export function pointsCsv(rows: readonly PointRow[], context: PointsContext): readonly string[] {
  const { model, firmware, site, powerPriceUsdPerKwh, hashpriceUsdPerPhDay } = context
  const lines = rows.map(({ profile, onHull, from, isBest, ...row }) =>
    [
      ...[cell(model), cell(firmware), cell(profile.name)],
      ...[profile.hashrateThs, profile.powerW, profile.powerW / profile.hashrateThs].map(editable),
      ...[onHull ? '1' : '0', cell(from ?? '')],
      ...[row.cutOffUsdPerKwh, row.strikeUsdPerPhDay, row.marginUsdPerDay].map(editable),
      ...[isBest ? '1' : '0', cell(site), editable(powerPriceUsdPerKwh), editable(hashpriceUsdPerPhDay)],
    ].join(','),
  )
  return [HEADINGS.join(','), ...lines]
}
