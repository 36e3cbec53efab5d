import type { SectionName } from './pack.ts'

/**
 * What a report says, before it looks like anything: the printed pages, the preview, CSV, JSON and the comparison with a
 * recomputed report all read this one document, so that no figure is computed twice. Figures are in USD and not rounded: each
 * face writes them by the look of their column.
 */
export type ReportDocument = {
  readonly title: string
  readonly company: string
  readonly asOfMs: number
  readonly sections: readonly Section[]
}

export type Section = {
  readonly name: SectionName
  /** at least one: a section that has nothing to say says so in a sentence */
  readonly blocks: readonly Block[]
}

export type Block =
  | { readonly kind: 'headline'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string; readonly beside: string | null }
  | { readonly kind: 'sentence'; readonly text: string }
  /** what a reader must not miss, such as a value that is old, typed or of the sample */
  | { readonly kind: 'warning'; readonly text: string }
  /** small print below a table */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'table'; readonly table: ReportTable }
  | { readonly kind: 'bridge'; readonly bars: readonly BridgeBar[]; readonly priceUsdPerBtc: number }
  | { readonly kind: 'strikeLine' }
  | { readonly kind: 'chart'; readonly chart: LineChart }
  | { readonly kind: 'logo' }
  | { readonly kind: 'signature'; readonly of: readonly Signature[] }
  | { readonly kind: 'seal' }

export type Fact = {
  readonly label: string
  /** as it is printed, with its unit */
  readonly text: string
  /** where it comes from and from when; '' where that goes without saying */
  readonly origin: string
}

export type Signature = { readonly role: string; readonly name: string; readonly dayMs: number | null }

/** One bar of a waterfall. `total` bars stand on the axis, the others begin where the last one ended. */
export type BridgeBar = {
  readonly label: string
  readonly usdPerBtc: number
  readonly endsAtUsdPerBtc: number
  readonly isTotal: boolean
  /** its figure as it is printed, so that bars and table add up alike: of a total where it ends, else what it adds */
  readonly printed: string
}

/** Lines over time with an optional band; every chart comes with a table of the same figures. */
export type LineChart = {
  readonly title: string
  readonly look: Look
  readonly atMs: readonly number[]
  readonly lines: readonly {
    readonly label: string
    readonly values: readonly number[]
    readonly isDashed: boolean
  }[]
}

/**
 * How a column is written; money in the reader's currency. `usdPerDay` and `usd` are columns of money that add up as
 * printed; the other looks of money are prices, each rounded to its own safe side. `bookedUsd`, `bookedBtc` and `bookedKwh`
 * are of the books: to the cent, the satoshi and the kWh, and in the USD in which they are kept, because a rate of today says nothing of a day that is over.
 */
export type Look =
  | 'text'
  | 'count'
  | 'usd'
  | 'usdPerDay'
  | 'bookedUsd'
  | 'bookedBtc'
  | 'bookedKwh'
  | 'usdPerBtc'
  | 'usdPerPhDay'
  | 'usdPerKwh'
  | 'breakevenUsdPerPhDay'
  | 'breakevenUsdPerKwh'
  | 'btc'
  | 'phs'
  | 'ths'
  | 'kw'
  | 'watts'
  | 'jPerTh'
  | 'kwh'
  | 'share'
  | 'change'
  | 'days'
  | 'day'
  | 'difficulty'

export type ReportColumn = {
  /** in JSON, stable, with its unit: `marginUsdPerDay` */
  readonly key: string
  /** without its unit, which comes with the look: `Margin` */
  readonly heading: string
  readonly look: Look
  /** text where the look is 'text', else numbers; NaN: no such figure. 'day' is unix ms. */
  readonly values: readonly string[] | Float64Array
  /** how each value is printed, without its unit, where that is not by its look alone: steps between sums that are rounded up; not in CSV and JSON */
  readonly printed?: readonly string[]
  /** of the last row: a figure, NaN for none that exists, or null where the column has no total */
  readonly total: number | null
}

/** Columns of one length. */
export type ReportTable = {
  /** name of its file and of its key in JSON: `sites`, `power-down` */
  readonly id: string
  readonly title: string
  readonly columns: readonly ReportColumn[]
  readonly rows: number
  /** what stands at the head of the last row: `All sites`; null where there is none */
  readonly totalLabel: string | null
}
