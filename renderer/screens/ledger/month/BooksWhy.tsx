import { ACCOUNTS } from '#shared/domain/money/ledger/accounts.ts'
import type { Costing } from '#shared/domain/money/ledger/entry.ts'
import type { AssetMonth, CoinMonth, LedgerMonth } from '#shared/domain/money/ledger/month.ts'
import { COSTING_WORDS, inUsd, satBtc } from '#shared/format/ledger-month-words.ts'
import { usdCents } from '#shared/format/money.ts'
import { MISSING } from '#shared/format/numbers.ts'
import { Step } from '../../../parts/why/Step.tsx'
import { accountGroups } from './account-rows.ts'
import { unrealisedUsdCents } from './coin-rows.ts'

const cents = (value: number | null) => (value === null ? MISSING : usdCents(inUsd(value)))

/** How bitcoin is counted and costed. */
export function CoinsWhy({ coins, costing }: { readonly coins: CoinMonth; readonly costing: Costing }) {
  return (
    <dl className="steps">
      <Step
        name="At the beginning"
        value={`${satBtc(coins.openingSat)} BTC`}
        how={`at cost ${cents(coins.openingUsdCents)}`}
      />
      <Step
        name="Received"
        value={`${satBtc(coins.receivedSat)} BTC`}
        how={`at what they were worth when they came: ${cents(coins.receivedUsdCents)}`}
      />
      <Step
        name="Sold"
        value={`${satBtc(coins.soldSat)} BTC`}
        how={`at cost ${cents(coins.soldCostUsdCents)}, ${COSTING_WORDS[costing]}`}
      />
      <Step
        strong
        name="At the end"
        value={`${satBtc(coins.closingSat)} BTC`}
        how={`beginning + received − sold; at cost ${cents(coins.closingUsdCents)}`}
      />
      <Step
        strong
        name="Gain of the sales"
        value={cents(coins.gainUsdCents)}
        how="proceeds − fees − cost of what was sold"
      />
      <Step
        name="Market value"
        value={cents(coins.marketUsdCents)}
        how={`satoshi held × price of the month’s last day; ${cents(unrealisedUsdCents(coins))} beyond cost, which is booked when they are sold`}
      />
    </dl>
  )
}

/** How an asset is written down. */
export function AssetWhy({ asset }: { readonly asset: AssetMonth }) {
  return (
    <dl className="steps">
      <Step
        name="Cost"
        value={cents(asset.costUsdCents)}
        how="what was paid, in USD at the rate of its day"
      />
      <Step
        name="Depreciation of the month"
        value={cents(asset.depreciationUsdCents)}
        how="(cost − salvage) × days of the month ÷ days of its life; shares of all months add up to the cent"
      />
      <Step
        strong
        name="Left at the end of the month"
        value={cents(asset.bookUsdCents)}
        how="cost − all depreciation until then"
      />
    </dl>
  )
}

/** How the result adds up. */
export function ResultWhy({ month: { statement, resultUsdCents } }: { readonly month: LedgerMonth }) {
  return (
    <dl className="steps">
      {accountGroups(statement).map(({ account, name, usdCents: sum, lines }) => (
        <Step
          key={account}
          name={name}
          value={cents(sum)}
          how={`account ${ACCOUNTS[account].number}${
            lines.length === 0
              ? ''
              : `: ${lines
                  .map(({ of }) => of)
                  .filter((of) => of !== '')
                  .join(', ')}`
          }`}
        />
      ))}
      <Step strong name="Result" value={cents(resultUsdCents)} how="all of them added up" />
    </dl>
  )
}
