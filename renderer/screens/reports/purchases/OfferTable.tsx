import type { NpvRange, RankedOffer } from '#shared/domain/money/next-purchase.ts'
import type { Calls } from '../../../engine/protocol.ts'
import { count, MISSING, number, percent } from '#shared/format/numbers.ts'
import { selectMoney } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'
import { FigureTable } from './FigureTable.tsx'
import type { Column } from './FigureTable.tsx'

type Answer = Extract<Calls['nextPurchases']['output'], { readonly ranked: unknown }>

/** Offers, the best first, with the range of their value. */
export function OfferTable({ answer: { ranked, terms, paths } }: { readonly answer: Answer }) {
  const money = useStore(selectMoney)
  const column = (title: string, cell: (each: RankedOffer) => string): Column => ({
    ...{ title, total: '' },
    cells: ranked.map(cell),
  })
  const value = [
    column('NPV', (each) => money.whole(each.npvUsd)),
    column('NPV a MW', (each) => money.whole(each.perMegawatt.npvUsd)),
    column('10 to 90 %, a MW', ({ perMegawatt: { range } }) => between(range, money.whole)),
    column('NPV a dollar', (each) => number(each.perDollar.npvUsd, 2)),
    column('10 to 90 %, a dollar', ({ perDollar: { range } }) => between(range, (share) => number(share, 2))),
    column('Loses', (each) => percent(each.probabilityOfLoss)),
  ]
  const machine = [
    column('Price', ({ offer }) => money.whole(offer.priceUsd)),
    column('A TH/s', (each) => money.cents(each.usdPerThs)),
    column('J/TH', (each) => number(each.jPerTh, 1)),
    column('Cash now, a day', (each) => money.cents(each.cashUsdPerDay)),
    column(`Stops below, ${money.hashprice.heading}`, (each) =>
      money.perPh(each.stopsBelowUsdPerPhDay, 'up'),
    ),
    column('IRR', (each) => percent(each.internalRatePerYear)),
    column('Payback along, days', (each) => count(each.paybackAlongDays)),
  ]
  const names = ranked.map(({ offer }) => offer.model)
  return (
    <>
      <FigureTable label="Machines on offer, the best first" of="Model" names={names} columns={value} />
      <FigureTable label="What each costs and earns" of="Model" names={names} columns={machine} />
      <p className="note">
        Nameplate figures of the catalogue; uptime {percent(terms.uptime)} and pool fee{' '}
        {percent(terms.poolFee)}, the mean of the machines there. Energy costs what the next kWh costs the
        site. The range is that of {count(paths)} paths of price and hashrate around the growth above,
        machines stopping while that is better; Loses is the share of paths on which it is worth less than its
        price.
      </p>
    </>
  )
}

const between = ({ p10, p90 }: NpvRange, write: (value: number) => string) =>
  Number.isFinite(p10) ? `${write(p10)} … ${write(p90)}` : MISSING
