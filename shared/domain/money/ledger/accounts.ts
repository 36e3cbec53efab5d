/** The chart of accounts. Numbers follow the usual order: assets, debts, equity, income, cost. */
export const ACCOUNTS = {
  bank: { number: 1000, name: 'Bank', type: 'asset' },
  bitcoin: { number: 1100, name: 'Bitcoin held, at cost', type: 'asset' },
  poolReceivable: { number: 1110, name: 'Owed by pools', type: 'asset' },
  creditReceivable: { number: 1120, name: 'Credits owed to us', type: 'asset' },
  equipment: { number: 1500, name: 'Machines and equipment', type: 'asset' },
  writtenDown: { number: 1590, name: 'Accumulated depreciation', type: 'asset' },
  payable: { number: 2000, name: 'Bills to pay', type: 'debt' },
  opening: { number: 3000, name: 'Opening balance', type: 'equity' },
  mining: { number: 4000, name: 'Mining revenue', type: 'income' },
  credits: { number: 4100, name: 'Credits for power given back', type: 'income' },
  coinGain: { number: 4200, name: 'Gain or loss on bitcoin sold', type: 'income' },
  power: { number: 5000, name: 'Power', type: 'cost' },
  poolFees: { number: 5100, name: 'Pool fees', type: 'cost' },
  saleFees: { number: 5110, name: 'Fees of sales and transfers', type: 'cost' },
  siteCosts: { number: 5200, name: 'Site and general costs', type: 'cost' },
  depreciation: { number: 5900, name: 'Depreciation', type: 'cost' },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly number: number
      readonly name: string
      readonly type: 'asset' | 'debt' | 'equity' | 'income' | 'cost'
    }
  >
>
export type Account = keyof typeof ACCOUNTS

/** Debits are positive. Bitcoin accounts carry satoshi beside the money. */
export type AccountLine = {
  readonly account: Account
  /** pool, payee or site by which an account is split; '' for none */
  readonly of: string
  readonly usdCents: number
  /** null: an account of money alone */
  readonly sat: number | null
}
