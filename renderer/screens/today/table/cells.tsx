import type { ReactNode } from 'react'
import { labelAt, textAt } from '#shared/domain/fleet/columns.ts'
import { NO_VERDICT, verdictProbability, VERDICTS } from '#shared/domain/decision/decide.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { efficiencyJPerTh, headroom, marginShare, revenuePerDay } from '#shared/domain/margins/margin.ts'
import { count, MISSING, percent, probability } from '#shared/format/numbers.ts'
import type { Money } from '#shared/format/money.ts'
import { jPerTh, ths } from '#shared/format/units.ts'
import { adviceMoney, STATUS_WORDS } from '#shared/format/words.ts'
import type { Market } from '../../../lib/picture.ts'
import type { FleetColumn } from '../../../state/view-slice.ts'
import { Verdict } from '../../../ui/Verdict.tsx'
import type { RowInputs } from './rows.ts'

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
export function cell(
  column: FleetColumn,
  row: number,
  inputs: RowInputs,
  market: Market | null,
  money: Money,
): ReactNode {
  const { basis, decisions, hashpriceUsdPerPhDay: hashprice } = inputs
  const { machines, sites } = basis.fleet
  const breakeven = basis.breakevenHashpriceUsdPerPhDay[row]!
  switch (column) {
    case 'id':
      return textAt(machines.id, row)
    case 'site':
      return sites.name[machines.site[row]!]
    case 'model':
      return labelAt(machines.model, row) || MISSING
    case 'quantity':
      return count(machines.quantity[row]!)
    case 'status': {
      const status = MACHINE_STATUSES[machines.status[row]!]!
      return status === 'running' ? STATUS_WORDS[status] : <b>{STATUS_WORDS[status]}</b>
    }
    case 'hashrate':
      return ths(machines.hashrateThs[row]!)
    case 'efficiency':
      return jPerTh(efficiencyJPerTh(machines.powerW[row]!, machines.hashrateThs[row]!))
    case 'powerPrice':
      return (
        <>
          {Number.isNaN(machines.powerPriceUsdPerKwh[row]!) ? null : <span className="own">own</span>}
          {money.perKwh(basis.powerPriceUsdPerKwh[row]!)}
        </>
      )
    case 'margin': {
      const margin = inputs.marginNowUsdPerDay?.[row] ?? Number.NaN
      return signed(money.cents(margin), margin)
    }
    case 'marginShare': {
      const margin = inputs.marginNowUsdPerDay?.[row] ?? Number.NaN
      return signed(percent(marginShare(margin, revenuePerDay(basis.acceptedPhs[row]!, hashprice))), margin)
    }
    case 'breakeven':
      return money.perPh(breakeven, 'up')
    case 'headroomNow': {
      const room = headroom(hashprice, breakeven)
      return signed(percent(room), room)
    }
    case 'headroomAfter': {
      const room = headroom(inputs.hashpriceAfterUsdPerPhDay, breakeven)
      return signed(percent(room), room)
    }
    case 'probability': {
      const outlook = market?.outlook ?? null
      return decisions === null || outlook === null
        ? MISSING
        : probability(verdictProbability(basis, decisions, outlook, row))
    }
    case 'advice':
      return <Advice row={row} inputs={inputs} market={market} money={money} />
  }
}

function Advice({
  row,
  inputs,
  market,
  money,
}: {
  readonly row: number
  readonly inputs: RowInputs
  readonly market: Market | null
  readonly money: Money
}) {
  const { decisions, basis } = inputs
  const code = decisions?.verdict[row] ?? NO_VERDICT
  const verdict = VERDICTS[code]
  if (decisions === null) return <span className="faint">{MISSING}</span>
  if (verdict === undefined) return <span className="faint">{MISSING} a figure is missing</span>
  const status = MACHINE_STATUSES[basis.fleet.machines.status[row]!]!
  const adjustmentAtMs = market?.adjustmentAtMs ?? Number.NaN
  const saves = adviceMoney(money, verdict, status, decisions.gainUsd[row]!, adjustmentAtMs)
  return (
    <>
      <Verdict verdict={verdict} status={status} /> <span className="advice-money">{saves}</span>
    </>
  )
}
