import type { ReactNode } from 'react'
import { count, MISSING, percent, probability } from '#shared/format/numbers.ts'
import type { Money } from '#shared/format/money.ts'
import { jPerTh, ths } from '#shared/format/units.ts'
import { adviceMoney, STATUS_WORDS } from '#shared/format/words.ts'
import type { ShownRow } from '../../../engine/protocol.ts'
import type { FleetColumn } from '../../../engine/view.ts'
import { Verdict } from '../../../ui/Verdict.tsx'

export type ColumnLook = {
  readonly heading: string
  /** smaller, beside the heading */
  readonly unit?: string
  readonly title: string
  readonly widthPx: number
  /** share of the room that is left; 0: the width is fixed */
  readonly grow: number
  readonly figure: boolean
}

/** Beside a code in place of a sign, a figure needs this much more room. */
const CODE_PX = 34

/** Headings and widths; those of money name the currency. */
export function columnLooks(money: Money): Readonly<Record<FleetColumn, ColumnLook>> {
  const codePx = money.mark === money.currency ? CODE_PX : 0
  return {
    id: { heading: 'Id', title: 'Id of the machine or lot', widthPx: 78, grow: 0.8, figure: false },
    site: { heading: 'Site', title: 'Site', widthPx: 70, grow: 0.6, figure: false },
    model: { heading: 'Model', title: 'Model', widthPx: 184, grow: 1.2, figure: false },
    quantity: { heading: 'Machines', title: 'Machines in the lot', widthPx: 72, grow: 0, figure: true },
    advice: {
      heading: 'Advice',
      title: 'What to do, and what it saves over the horizon against running on',
      widthPx: 236 + codePx,
      grow: 2,
      figure: false,
    },
    margin: {
      heading: 'Margin',
      unit: 'a day',
      title: `Cash margin of the lot, ${money.currency} a day`,
      widthPx: 94 + codePx,
      grow: 0,
      figure: true,
    },
    marginShare: {
      heading: 'Margin',
      unit: '%',
      title: 'Cash margin as a share of revenue',
      widthPx: 78,
      grow: 0,
      figure: true,
    },
    breakeven: {
      heading: 'Break-even',
      unit: `${money.mark}/PH/s`,
      title: `Hashprice at which the cash margin is zero, ${money.currency} per PH/s a day, rounded up`,
      widthPx: 120 + codePx,
      grow: 0,
      figure: true,
    },
    headroomNow: {
      heading: 'Headroom',
      title: 'How far hashprice is above break-even now',
      widthPx: 76,
      grow: 0,
      figure: true,
    },
    headroomAfter: {
      heading: 'after',
      unit: 'adj.',
      title: 'Headroom after the next adjustment, at the same price and fees',
      widthPx: 78,
      grow: 0,
      figure: true,
    },
    probability: {
      heading: 'Sure',
      title: 'Probability, over the range of the next adjustment, that this is the best option',
      widthPx: 60,
      grow: 0,
      figure: true,
    },
    powerPrice: {
      heading: 'Power',
      unit: `${money.mark}/kWh`,
      title: 'Energy price; “own” where the machine has one that is not its site’s',
      widthPx: 96 + codePx,
      grow: 0,
      figure: true,
    },
    hashrate: { heading: 'TH/s', title: 'Hashrate of one machine', widthPx: 62, grow: 0, figure: true },
    efficiency: {
      heading: 'J/TH',
      title: 'Power at the wall per hashrate',
      widthPx: 60,
      grow: 0,
      figure: true,
    },
    status: { heading: 'Status', title: 'Status', widthPx: 78, grow: 0, figure: false },
  }
}

const signed = (text: string, value: number) =>
  value < 0 ? <span className="loses">{text}</span> : <span>{text}</span>

/** What a cell shows; called for visible rows only. */
export function cellText(column: Exclude<FleetColumn, 'advice'>, row: ShownRow, money: Money): ReactNode {
  switch (column) {
    case 'id':
      return row.id
    case 'site':
      return row.site
    case 'model':
      return row.model || MISSING
    case 'quantity':
      return count(row.quantity)
    case 'status':
      return row.status === 'running' ? STATUS_WORDS[row.status] : <b>{STATUS_WORDS[row.status]}</b>
    case 'hashrate':
      return ths(row.hashrateThs)
    case 'efficiency':
      return jPerTh(row.efficiencyJPerTh)
    case 'powerPrice':
      return (
        <>
          {row.ownPrice ? <span className="own">own</span> : null}
          {money.perKwh(row.powerPriceUsdPerKwh)}
        </>
      )
    case 'margin':
      return signed(money.cents(row.marginUsdPerDay), row.marginUsdPerDay)
    case 'marginShare':
      return signed(percent(row.marginShare), row.marginUsdPerDay)
    case 'breakeven':
      return money.perPh(row.breakevenUsdPerPhDay, 'up')
    case 'headroomNow':
      return signed(percent(row.headroomNow), row.headroomNow)
    case 'headroomAfter':
      return signed(percent(row.headroomAfter), row.headroomAfter)
    case 'probability':
      return probability(row.probability)
  }
}

type AdviceProps = {
  readonly row: ShownRow
  /** verdicts are known */
  readonly decided: boolean
  /** NaN where unknown */
  readonly adjustmentAtMs: number
  readonly money: Money
}

/** What to do with a row, and what it saves. */
export function AdviceCell({ row, decided, adjustmentAtMs, money }: AdviceProps) {
  const { verdict, status, gainUsd } = row
  if (!decided) return <span className="faint">{MISSING}</span>
  if (verdict === null) return <span className="faint">{MISSING} a figure is missing</span>
  return (
    <>
      <Verdict verdict={verdict} status={status} />{' '}
      <span className="advice-money">{adviceMoney(money, verdict, status, gainUsd, adjustmentAtMs)}</span>
    </>
  )
}
