import type { ReactNode } from 'react'
import { each, isPlaceName, MACHINE_FIELDS, PLACE_NAMES } from '#shared/domain/fleet/fields.ts'
import { count, MISSING, percent, probability } from '#shared/format/numbers.ts'
import type { Money } from '#shared/format/money.ts'
import { energyUnit } from '#shared/format/money.ts'
import { jPerTh, meterPower, meterUnit, ths } from '#shared/format/units.ts'
import { adviceMoney } from '#shared/format/advice-words.ts'
import { STATUS_WORDS } from '#shared/format/words.ts'
import type { ShownRow } from '../../engine/protocol.ts'
import type { GridColumn } from '../../engine/view.ts'
import { Verdict } from '../../ui/Verdict.tsx'

export type ColumnLook = {
  readonly heading: string
  /** smaller, beside the heading */
  readonly unit?: string
  readonly title: string
  /** The width comes from the texts of the column, between these two. */
  readonly leastEm: number
  readonly mostEm: number
  /** what a cell needs beside its text: padding, gaps, what is no text */
  readonly besideEm: number
  /** share of the room that is left; 0: the width is fixed */
  readonly grow: number
  readonly figure: boolean
}

/** A figure is never cut, however long. */
const FIGURE = { leastEm: 4, mostEm: Infinity, besideEm: 1.4, grow: 0, figure: true } as const
/** A name may be cut where it is very long: it stands in full in its dialog. */
const NAME = { mostEm: 26, besideEm: 1.5, figure: false } as const

/** Headings and widths; those of money name the currency. */
export function columnLooks(money: Money): Readonly<Record<GridColumn, ColumnLook>> {
  return {
    id: { ...NAME, heading: 'Id', title: 'Id of the machine or lot', leastEm: 6, grow: 0.8 },
    site: { ...NAME, heading: 'Site', title: 'Site', leastEm: 5.5, grow: 0.6 },
    model: { ...NAME, heading: 'Model', title: 'Model', leastEm: 10, grow: 1.2 },
    quantity: { ...FIGURE, heading: 'Machines', title: 'Machines in the lot' },
    power: {
      ...FIGURE,
      heading: 'Power',
      unit: meterUnit().unit,
      title: `Power of the lot at the meter while it runs, ${meterUnit().unit}`,
    },
    advice: {
      heading: 'Advice',
      title: 'What to do, and what it is worth over the horizon against going on as now',
      leastEm: 14,
      mostEm: Infinity,
      // room for the pill around the word, and for “Why?”, so that it never covers the money
      besideEm: 4.5,
      grow: 2,
      figure: false,
    },
    gain: {
      ...FIGURE,
      heading: 'Saves',
      title: `What the advice is worth over the horizon against going on as now, ${money.currency}`,
    },
    margin: {
      ...FIGURE,
      heading: 'Margin',
      unit: 'a day',
      title: `Cash margin of the lot, ${money.currency} a day`,
    },
    marginShare: { ...FIGURE, heading: 'Margin', unit: '%', title: 'Cash margin as a share of revenue' },
    breakeven: {
      ...FIGURE,
      heading: 'Break-even',
      unit: money.hashprice.heading,
      title: `Hashprice at which the cash margin is zero, ${money.hashprice.words}, rounded up`,
    },
    headroomNow: { ...FIGURE, heading: 'Headroom', title: 'How far hashprice is above break-even now' },
    headroomAfter: {
      ...FIGURE,
      heading: 'after',
      unit: 'adj.',
      title: 'Headroom after the next adjustment, at the same price and fees',
    },
    probability: {
      ...FIGURE,
      heading: 'Chance',
      title: 'Share of the drawn futures of price and adjustment in which the advised action proves right',
    },
    powerPrice: {
      ...FIGURE,
      heading: 'Energy',
      unit: `${money.mark}/${energyUnit()}`,
      title:
        'Energy price; under a contract the average of the site as it runs now; “own” where the machine has one that is not its site’s',
      besideEm: 2,
    },
    hashrate: { ...FIGURE, heading: 'TH/s', title: 'Hashrate of one machine' },
    efficiency: { ...FIGURE, heading: 'J/TH', title: 'Power at the wall per hashrate' },
    ...each(PLACE_NAMES, (name) => ({
      ...NAME,
      heading: MACHINE_FIELDS[name].name,
      title: MACHINE_FIELDS[name].label,
      leastEm: 5,
      grow: 0,
    })),
    status: { ...FIGURE, heading: 'Status', title: 'Status', besideEm: 2, figure: false },
  }
}

/** Whether a figure is of a loss. */
export function isLoss(column: GridColumn, row: ShownRow): boolean {
  if (column === 'margin' || column === 'marginShare') return row.marginUsdPerDay < 0
  if (column === 'headroomNow') return row.headroomNow < 0
  return column === 'headroomAfter' && row.headroomAfter < 0
}

/** What a cell shows; called for visible rows only. */
export function cellText(column: Exclude<GridColumn, 'advice'>, row: ShownRow, money: Money): ReactNode {
  if (isPlaceName(column)) return row[column] || MISSING
  switch (column) {
    case 'id':
      return row.id
    case 'site':
      return row.site
    case 'model':
      return row.model || MISSING
    case 'quantity':
      return count(row.quantity)
    case 'power':
      return meterPower(row.meterW)
    case 'gain':
      return money.cents(row.gainUsd)
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
      return money.cents(row.marginUsdPerDay)
    case 'marginShare':
      return percent(row.marginShare)
    case 'breakeven':
      return money.perPh(row.breakevenUsdPerPhDay, 'up')
    case 'headroomNow':
      return percent(row.headroomNow)
    case 'headroomAfter':
      return percent(row.headroomAfter)
    case 'probability':
      return probability(row.probability)
  }
}

type AdviceProps = {
  readonly row: ShownRow
  /** verdicts are known */
  readonly decided: boolean
  /** no date is known, so that money is per day */
  readonly isPerDay: boolean
  readonly money: Money
}

/** What to do with a row, until when, and what it is worth. */
export function AdviceCell({ row, decided, isPerDay, money }: AdviceProps) {
  const { verdict, status, quantity, runs } = row
  if (!decided) return <span className="faint">{MISSING}</span>
  if (verdict === null)
    return <span className="faint">{status === 'repair' ? MISSING : `${MISSING} a figure is missing`}</span>
  return (
    <>
      <Verdict verdict={verdict} />{' '}
      <span className="advice-money">
        {Number.isNaN(runs) ? '' : `${count(runs)} of ${count(quantity)} run · `}
        {adviceMoney(money, verdict, { ...row, isPerDay })}
        {row.hours === '' ? '' : `, ${row.hours}`}
      </span>
    </>
  )
}
