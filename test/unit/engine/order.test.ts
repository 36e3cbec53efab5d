import { describe, expect, it } from 'vitest'
import { textAt, textColumn } from '#shared/domain/fleet/columns.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { pictureOf } from '#shared/domain/decision/picture.ts'
import type { RowInputs } from '#renderer/engine/order.ts'
import { filteredRows, sortedRows } from '#renderer/engine/order.ts'
import { idOrder } from '#renderer/engine/text-order.ts'
import type { FleetFilter } from '#renderer/engine/view.ts'
import { NO_FILTER } from '#renderer/engine/view.ts'
import { NETWORK, smallFleet } from '../renderer/small-fleet.ts'

const fleet = smallFleet([
  { id: 'N-10', powerW: 3500 }, // break-even 21: earns
  { id: 'N-9', model: 'Antminer S19 95T', hashrateThs: 95, powerW: 3250, site: 'Harbor', quantity: 3 }, // 65.7: loses
  { id: 'H-1', model: 'Antminer T19 84T', hashrateThs: 84, powerW: 3150, site: 'Harbor', quantity: 10 }, // 72: loses most
  {
    id: 'H-2',
    model: 'Antminer S19 95T',
    hashrateThs: 95,
    powerW: 3250,
    site: 'Harbor',
    status: 'off',
    quantity: 99,
  },
  { id: 'X-1', hashrateThs: Number.NaN },
])
const picture = pictureOf(prepare(fleet, PLAIN_CASE), marketOf(NETWORK, { change: null, horizonDays: null }))
const inputs: RowInputs = {
  prepared: picture.prepared,
  decisions: picture.advice!.decisions,
  hashpriceUsdPerPhDay: picture.market.hashpriceUsdPerPhDay,
  hashpriceAfterUsdPerPhDay: picture.market.hashpriceAfterUsdPerPhDay,
  byId: () => idOrder(fleet.machines.id),
  notes: new Map(),
}
const ids = (rows: Uint32Array) => Array.from(rows, (row) => textAt(fleet.machines.id, row))
const sorted = (column: Parameters<typeof sortedRows>[1]['column'], descending: boolean) =>
  ids(sortedRows(inputs, { column, descending }))
const filtered = (filter: Partial<FleetFilter>) =>
  ids(filteredRows(Uint32Array.of(0, 1, 2, 3, 4), inputs, { ...NO_FILTER, ...filter })).join(' ')

describe('order of the rows', () => {
  it('puts the most money first, then what runs on, then what is stopped, then what has no verdict', () => {
    expect(sorted('advice', true)).toEqual(['H-1', 'N-9', 'N-10', 'H-2', 'X-1'])
  })

  it('reads digits in ids as numbers', () => {
    expect(sorted('id', false)).toEqual(['H-1', 'H-2', 'N-9', 'N-10', 'X-1'])
    expect(sorted('id', true)).toEqual(['X-1', 'N-10', 'N-9', 'H-2', 'H-1'])
  })

  it('reads digits in the texts of a machine as numbers, and has those without one last in both directions', () => {
    const named = smallFleet([
      { id: 'a', ip: '10.0.0.10', rack: 'R 10' },
      { id: 'b' },
      { id: 'c', ip: '10.0.0.9', rack: 'r 9' },
      { id: 'd', ip: '10.0.0.9', rack: 'R 9' },
    ])
    const prepared = prepare(named, PLAIN_CASE)
    const order = (column: 'ip' | 'rack', descending: boolean) =>
      Array.from(sortedRows({ ...inputs, prepared }, { column, descending }), (row) =>
        textAt(named.machines.id, row),
      )
    expect(order('ip', false)).toEqual(['c', 'd', 'a', 'b'])
    expect(order('ip', true).slice(0, 1)).toEqual(['a'])
    expect(order('ip', true).at(-1)).toBe('b')
    expect(order('rack', false).slice(2)).toEqual(['a', 'b'])
    expect(order('rack', true).at(-1)).toBe('b')
  })

  it('keeps missing figures last in both directions', () => {
    expect(sorted('breakeven', false).at(-1)).toBe('X-1')
    expect(sorted('breakeven', true).at(-1)).toBe('X-1')
    expect(sorted('marginShare', true)).toEqual(['N-10', 'N-9', 'H-2', 'H-1', 'X-1'])
    expect(sorted('headroomAfter', false).slice(0, 1)).toEqual(['H-1'])
  })

  it('sorts names by their letters, not by their place in the file', () => {
    expect(sorted('site', false).slice(0, 3)).toEqual(['N-9', 'H-1', 'H-2'])
    expect(sorted('model', false).slice(0, 2)).toEqual(['N-9', 'H-2'])
  })
})

describe('filter of the rows', () => {
  it('finds text in ids and models, whatever the case', () => {
    expect(filtered({ text: 'h-' })).toBe('H-1 H-2')
    expect(filtered({ text: ' t19 ' })).toBe('H-1')
    expect(filtered({ text: 'nothing like it' })).toBe('')
  })

  it('takes verdicts in groups, for what runs and for what is off', () => {
    expect(filtered({ verdict: 'off' })).toBe('N-9 H-1')
    expect(filtered({ verdict: 'run' })).toBe('N-10')
    expect(filtered({ verdict: 'stay-off' })).toBe('H-2')
    expect(filtered({ verdict: 'start' })).toBe('')
    expect(filtered({ verdict: 'stopped' })).toBe('H-2')
  })

  it('takes a bar of the strike line with both its ends, without what stands outside of the line', () => {
    const strike = picture.basis.breakevenHashpriceUsdPerPhDay
    const bar = (from: number, to: number, isIdle = false) => ({ from, to, isIdle, label: '' })
    expect(filtered({ strike: bar(strike[1]!, strike[2]!) })).toBe('N-9 H-1')
    expect(filtered({ strike: bar(0, strike[0]!) })).toBe('N-10')
    expect(filtered({ strike: bar(strike[1]!, strike[2]!, true) })).toBe('H-2')
  })

  it('combines', () => {
    expect(filtered({ siteKey: 1, model: 'Antminer S19 95T' })).toBe('N-9 H-2')
    expect(filtered({ siteKey: 0, model: 'Antminer S19 95T' })).toBe('')
  })
})

describe('text on bytes', () => {
  const column = textColumn(['rack-2', 'Rack-10', 'rack-02', 'Größe', '', 'rack-2b'])

  it('orders without a string per row', () => {
    const order = Array.from(idOrder(column), (row) => textAt(column, row))
    expect(order).toEqual(['', 'Größe', 'rack-2', 'rack-02', 'rack-2b', 'Rack-10'])
  })
})
