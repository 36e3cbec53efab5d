import type { Market } from '#shared/domain/decision/market.ts'
import { subsidyBtc } from '#shared/domain/chain/network.ts'
import { SECONDS_PER_DAY } from '#shared/domain/units.ts'
import { btc, sats } from '#shared/format/money.ts'
import { count, counted, MISSING, percentRange, signedPercent } from '#shared/format/numbers.ts'
import { dateTime, days } from '#shared/format/times.ts'
import { difficulty, hashrate, hashrateOfThs } from '#shared/format/units.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import type { FigureName } from '../../state/view-slice.ts'
import { NetworkInputs } from './NetworkInputs.tsx'
import { goesOnWords } from './goes-on.ts'
import { Step } from './Step.tsx'

export const FIGURE_TITLES: Readonly<Record<FigureName, string>> = {
  hashprice: 'Hashprice',
  adjustment: 'Next adjustment',
  price: 'Bitcoin price',
  difficulty: 'Difficulty',
  network: 'Network hashrate',
  margin: 'Cash margin a day',
}

/** How a figure of the whole came about: its formula with the figures in it, then what these rest on. */
export function FigureWhy({ name, market }: { readonly name: FigureName; readonly market: Market | null }) {
  if (market === null) return <p className="muted">No network data yet, so nothing to explain.</p>
  return (
    <>
      <section>
        <dl className="steps">
          <Formula name={name} market={market} />
        </dl>
      </section>
      <NetworkInputs market={market} />
    </>
  )
}

function Formula({ name, market }: { readonly name: FigureName; readonly market: Market }) {
  switch (name) {
    case 'hashprice':
      return <Hashprice market={market} />
    case 'adjustment':
      return <Adjustment market={market} />
    case 'margin':
      return <Margin />
    case 'network':
      return (
        <Step
          strong
          name="Network hashrate"
          value={hashrate(market.networkHashrateHs)}
          how={`difficulty ${difficulty(market.conditions.difficulty)} × 2³² ÷ 600 s: what makes blocks of this difficulty arrive every ten minutes`}
        />
      )
    case 'price':
      return <Price market={market} />
    case 'difficulty':
      return (
        <Step
          strong
          name="Difficulty"
          value={difficulty(market.conditions.difficulty)}
          how={`difficulty × 2³² hashes make one block on average; it changes every 2 016 blocks${market.applied.length === 0 ? '' : `. ${counted(market.applied.length, 'adjustment')} that passed since it was read: applied as expected`}`}
        />
      )
  }
}

function Hashprice({ market }: { readonly market: Market }) {
  const money = useStore(selectMoney)
  const { conditions } = market
  const subsidy = subsidyBtc(conditions.height)
  return (
    <>
      <Step
        name="Reward of a block"
        value={btc(subsidy + conditions.feesBtcPerBlock)}
        how={`subsidy ${btc(subsidy)} at height ${count(conditions.height)} + fees ${btc(conditions.feesBtcPerBlock)}`}
      />
      <Step
        name="Of 1 PH/s in a day"
        value={sats(market.hashpriceBtcPerPhDay)}
        how={`reward × 86 400 s × 10¹⁵ ÷ (difficulty ${difficulty(conditions.difficulty)} × 2³²)`}
      />
      <Step
        strong
        name={`Hashprice, ${money.hashprice.per}`}
        value={money.perPh(market.hashpriceUsdPerPhDay)}
        how={`× price ${money.whole(conditions.priceUsdPerBtc)}`}
      />
    </>
  )
}

function Price({ market: { conditions } }: { readonly market: Market }) {
  const money = useStore(selectMoney)
  return (
    <Step
      strong
      name="Bitcoin price"
      value={money.whole(conditions.priceUsdPerBtc)}
      how="of the first source in your order that answers and is sane; a price typed by hand counts before it"
    />
  )
}

function Adjustment({ market }: { readonly market: Market }) {
  const { estimate } = market
  if (market.changeIsAssumed)
    return <Step strong name="Change" value={signedPercent(market.change)} how="assumed by you" />
  if (estimate === null)
    return (
      <Step strong name="Change" value={signedPercent(market.change)} how="the running epoch is not known" />
    )
  const { plainChange, elapsedSeconds, remainingBlocks } = estimate
  return (
    <>
      <Step
        name="Still to come"
        value={counted(remainingBlocks, 'block')}
        how={`the epoch has run for ${days(elapsedSeconds / SECONDS_PER_DAY)}; 2 015 intervals in 14 days leave difficulty as it is`}
      />
      {plainChange === null ? null : (
        <Step
          name="Pace so far, stretched over the epoch"
          value={signedPercent(plainChange)}
          how="1 209 600 s ÷ (time ÷ blocks × 2 015) − 1, what public dashboards show"
        />
      )}
      <Step
        strong
        name="Expected change"
        value={signedPercent(market.change)}
        how="the pace so far, weighed with what the last adjustment promised and the trend of those before"
      />
      <Step
        name="Range"
        value={percentRange(estimate.change80)}
        how={`in 80 of 100 cases; in 95 of 100 ${percentRange(estimate.change95)}`}
      />
      <Step name="Expected on" value={dateTime(market.adjustmentAtMs)} />
    </>
  )
}

/** half a cent: less is rounding */
const LEAST_USD = 0.005

function Margin() {
  const money = useStore(selectMoney)
  const totals = useStore((state) => state.picture?.totals ?? null)
  const advice = useStore((state) => state.picture?.advice ?? null)
  if (totals === null) return <Step strong name="Cash margin" value={MISSING} />
  const asIs = advice?.marginNowUsdPerDay.asIs ?? totals.marginUsdPerDay
  return (
    <>
      <Step
        name="Revenue"
        value={money.cents(totals.revenueUsdPerDay)}
        how={`${counted(totals.running, 'machine')} with ${hashrateOfThs(totals.hashrateThs)}, each less its uptime and fees, × hashprice`}
      />
      <Step
        name="Cost that stops with the machines"
        value={money.cents(totals.avoidableCostUsdPerDay)}
        how="energy at the meter × what a kWh costs at each site"
      />
      <Step
        strong
        name="As it runs"
        value={money.cents(asIs)}
        how={
          Math.abs(asIs - totals.marginUsdPerDay) < LEAST_USD
            ? 'revenue − cost that stops with the machines'
            : `revenue − cost that stops with the machines is ${money.cents(totals.marginUsdPerDay)}; contracts are counted hour by hour`
        }
      />
      {advice === null ? null : (
        <Step
          strong
          name="With the advice"
          value={money.cents(advice.marginNowUsdPerDay.advised)}
          how={`each machine as advised, standby of what is off included; after the adjustment ${money.cents(advice.marginAfterUsdPerDay.advised)}`}
        />
      )}
      <Step
        name="All-in margin, as it runs"
        value={money.cents(totals.allInMarginUsdPerDay)}
        how={`${goesOnWords(money, totals)}; it never decides`}
      />
    </>
  )
}
