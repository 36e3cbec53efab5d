import { describe, expect, it } from 'vitest'
import { moveFrom, rangeBetween, toggled } from '#renderer/parts/fleet-table/grid-keys.ts'

const SIZE = { rows: 100, columns: 16, page: 10 }
const move = (key: string, index: number, column: number, command = false) =>
  moveFrom(key, command, { index, column }, SIZE)

describe('keys of the grid', () => {
  it('moves by one cell and stops at the edges', () => {
    expect(move('ArrowDown', 0, 3)).toEqual({ index: 1, column: 3 })
    expect(move('ArrowDown', 99, 3)).toEqual({ index: 99, column: 3 })
    expect(move('ArrowLeft', 5, 0)).toEqual({ index: 5, column: 0 })
    expect(move('ArrowRight', 5, 15)).toEqual({ index: 5, column: 15 })
  })

  it('reaches the heading with one arrow from the first row, not with a page', () => {
    expect(move('ArrowUp', 0, 2)).toEqual({ index: -1, column: 2 })
    expect(move('ArrowUp', -1, 2)).toEqual({ index: -1, column: 2 })
    expect(move('PageUp', 4, 2)).toEqual({ index: 0, column: 2 })
  })

  it('goes to the ends of the row, and with Ctrl of the table', () => {
    expect(move('Home', 50, 7)).toEqual({ index: 50, column: 0 })
    expect(move('End', 50, 7)).toEqual({ index: 50, column: 15 })
    expect(move('Home', 50, 7, true)).toEqual({ index: 0, column: 0 })
    expect(move('End', 50, 7, true)).toEqual({ index: 99, column: 15 })
    expect(move('PageDown', 95, 7)).toEqual({ index: 99, column: 7 })
  })

  it('has nowhere but the heading to go in an empty table', () => {
    const empty = { rows: 0, columns: 16, page: 10 }
    for (const key of ['ArrowDown', 'PageUp', 'PageDown', 'End']) {
      expect(moveFrom(key, true, { index: -1, column: 1 }, empty)?.index).toBe(-1)
    }
  })

  it('leaves other keys alone', () => {
    expect(move('x', 1, 1)).toBeNull()
    expect(move('Tab', 1, 1)).toBeNull()
  })
})

describe('selection', () => {
  it('takes one row in and out', () => {
    const one = toggled(new Set([10]), 12)
    expect([...one]).toEqual([10, 12])
    expect([...toggled(one, 12)]).toEqual([10])
  })

  it('takes what lies between on screen, in either direction', () => {
    expect(rangeBetween(1, 3, 5)).toEqual({ from: 1, to: 4 })
    expect(rangeBetween(4, 3, 5)).toEqual({ from: 3, to: 5 })
  })

  it('does not reach past the last row', () => {
    expect(rangeBetween(3, 40, 5)).toEqual({ from: 3, to: 5 })
  })
})
