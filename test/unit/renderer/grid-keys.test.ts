import { describe, expect, it } from 'vitest'
import type { GroupHead, ShownRow } from '#renderer/engine/protocol.ts'
import { foldFrom, moveFrom, rangeBetween } from '#renderer/parts/fleet-table/grid-keys.ts'

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

describe('keys of groups', () => {
  const head = (isOpen: boolean) => ({ kind: 'group', name: 'off', isOpen }) as GroupHead
  const row = (placeInGroup: number) => ({ kind: 'row', placeInGroup }) as ShownRow

  it('opens with the right arrow, closes with the left one from the name, and opens all with the asterisk', () => {
    expect(foldFrom('ArrowRight', head(false), 4)).toEqual({ kind: 'fold', name: 'off', isOpen: true })
    expect(foldFrom('ArrowRight', head(true), 1)).toBeNull()
    expect(foldFrom('ArrowLeft', head(true), 1)).toEqual({ kind: 'fold', name: 'off', isOpen: false })
    expect(foldFrom('ArrowLeft', head(true), 4)).toBeNull()
    expect(foldFrom('ArrowLeft', head(false), 1)).toBeNull()
    expect(foldFrom('*', head(true), 4)).toEqual({ kind: 'all' })
  })

  it('leads from a row to its head, and nowhere where there are no groups', () => {
    expect(foldFrom('ArrowLeft', row(7), 1)).toEqual({ kind: 'up', up: 7 })
    expect(foldFrom('ArrowLeft', row(7), 2)).toBeNull()
    expect(foldFrom('ArrowLeft', row(0), 1)).toBeNull()
    expect(foldFrom('ArrowRight', row(7), 1)).toBeNull()
    expect(foldFrom('ArrowLeft', undefined, 1)).toBeNull()
  })
})

describe('selection', () => {
  it('takes what lies between on screen, in either direction', () => {
    expect(rangeBetween(1, 3, 5)).toEqual({ from: 1, to: 4 })
    expect(rangeBetween(4, 3, 5)).toEqual({ from: 3, to: 5 })
  })

  it('does not reach past the last row', () => {
    expect(rangeBetween(3, 40, 5)).toEqual({ from: 3, to: 5 })
  })
})
