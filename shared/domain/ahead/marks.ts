/** What happens on a known or expected day. Unix ms; NaN where no date is known. */
export type Mark = { readonly atMs: number; readonly atDay: number; readonly isInView: boolean } & (
  | {
      readonly kind: 'adjustment'
      readonly change: number
      /** null: it was typed */
      readonly change80: readonly [number, number] | null
      /** what the fleet earns more by it a day, USD */
      readonly usdPerDay: number
    }
  | { readonly kind: 'halving' }
  | {
      readonly kind: 'contract'
      readonly site: string
      readonly what:
        | 'tariff-begins'
        | 'tariff-ends'
        | 'prices-end'
        | 'hand-back-prices-end'
        | 'last-shedding-event'
        | 'last-peak-hour'
    }
)
