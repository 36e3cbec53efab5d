import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelAt, labelColumn, textAt, textColumn } from '#shared/domain/fleet/columns.ts'
import type { MachineColumns } from '#shared/domain/fleet/fleet.ts'
import {
  each,
  LABEL_NAMES,
  NUMBER_NAMES,
  FIGURE_SOURCE_NAMES,
  TEXT_NAMES,
} from '#shared/domain/fleet/fields.ts'
import type { PackedMachines } from '#shared/domain/fleet/packed.ts'
import { packMachines, unpackMachines } from '#shared/domain/fleet/packed.ts'
import type { FleetMessage } from '#shared/ipc/fleet-port.ts'
import { createAssembly, PIECE_BYTES, piecesOf } from '#shared/ipc/fleet-port.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { machine, site } from '../unit/machines.ts'

const NUMBERS = ['key', ...NUMBER_NAMES] as const

/** Machines whose every column holds anything that its kind of column can. */
const machines: fc.Arbitrary<MachineColumns> = fc.integer({ min: 0, max: 600 }).chain((length) => {
  const rows = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: length, maxLength: length })
  const codes = (max: number) => rows(fc.integer({ min: 0, max }))
  const text = fc.string({ unit: 'grapheme', maxLength: 8 })
  const label = fc.constantFrom('', 'S21', 'Größe', '矿机 7')
  const bytes = (max: number) => codes(max).map((values) => Uint8Array.from(values))
  return fc.record({
    length: fc.constant(length),
    ...each(NUMBERS, () => rows(fc.double()).map((values) => Float64Array.from(values))),
    ...each(TEXT_NAMES, () => rows(text).map(textColumn)),
    ...each(LABEL_NAMES, () => rows(label).map(labelColumn)),
    ...each(FIGURE_SOURCE_NAMES, () => bytes(3)),
    status: bytes(2),
    site: codes(0xffff_ffff).map((values) => Uint32Array.from(values)),
  })
})

describe('packed machines', () => {
  it('come back as they were, over a thread’s border too', () => {
    fc.assert(
      fc.property(machines, (given) => {
        const packed = packMachines(given)
        expect(unpackMachines(packed)).toEqual(given)
        expect(unpackMachines(structuredClone(packed, { transfer: [packed.buffer] }))).toEqual(given)
      }),
      { numRuns: 60 },
    )
  })

  it('are put together from the pieces in which they are sent, one message after the other', () => {
    fc.assert(
      fc.property(machines, machines, (first, second) => {
        const messages: readonly FleetMessage[] = [
          { revision: 7, kind: 'all', machines: packMachines(first) },
          { revision: 8, kind: 'rows', from: 7, machines: packMachines(second) },
        ]
        const taken: FleetMessage[] = []
        const assemble = createAssembly((message) => taken.push(message))
        for (const message of messages)
          for (const piece of piecesOf(message)) assemble(structuredClone(piece))
        expect(taken).toEqual(messages)
      }),
      { numRuns: 10 },
    )
  })

  it('go in pieces of a bounded size, and a piece where none belongs is refused', () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => machine({ id: `m${i}` }))
    const packed = packMachines(fleetFrom([site({})], rows).machines)
    const [begin, ...parts] = piecesOf({ revision: 1, kind: 'all', machines: packed })
    const sizes = parts.map((part) => (part as ArrayBuffer).byteLength)
    expect(sizes.length).toBeGreaterThan(2)
    expect(Math.max(...sizes)).toBe(PIECE_BYTES)
    const assemble = createAssembly(() => expect.unreachable())
    expect(() => assemble(parts[0]!)).toThrow('without its beginning')
    assemble(begin!)
    expect(() => assemble(begin!)).toThrow('before the one before it was whole')
  })

  it('keep every bit of a number: NaN, −0 and the infinities', () => {
    const odd = [NaN, -0, 0, Infinity, -Infinity, 5e-324, Number.MAX_VALUE]
    const rows = odd.map((powerW, i) => machine({ id: `m${i}`, powerW }))
    const { machines: given } = fleetFrom([site({})], rows)
    const { powerW } = unpackMachines(packMachines(given))
    expect([...powerW].map((value, i) => Object.is(value, odd[i]))).toEqual(odd.map(() => true))
  })

  it('are one buffer that the columns look into: none is copied twice', () => {
    const rows = ['Zoë', '矿机', '', '⛏️'].map((id, i) => machine({ id, quantity: i + 1 }))
    const { machines: given } = fleetFrom([site({})], rows)
    const packed = packMachines(given)
    const opened = unpackMachines(packed)
    const columns = [...NUMBERS.map((name) => opened[name]), opened.site, opened.status]
    const all = [...columns, opened.id.bytes, opened.id.offsets, opened.model.codes]
    expect(new Set(all.map(({ buffer }) => buffer))).toEqual(new Set([packed.buffer]))
    expect(given.quantity.buffer).not.toBe(packed.buffer)
    opened.quantity[0] = 99
    expect(unpackMachines(packed).quantity[0]).toBe(99)
    expect(given.quantity[0]).toBe(1)
    expect([0, 1, 2, 3].map((row) => textAt(opened.id, row))).toEqual(['Zoë', '矿机', '', '⛏️'])
    expect(labelAt(opened.model, 3)).toBe(labelAt(given.model, 3))
  })

  it('with a buffer of another size are refused', () => {
    const { machines: given } = fleetFrom([site({})], [machine({ id: 'a' })])
    const packed = packMachines(given)
    const cut: PackedMachines = { ...packed, buffer: packed.buffer.slice(8) }
    expect(() => unpackMachines(cut)).toThrow(/1 packed machines need \d+ bytes, the buffer has \d+/)
    expect(() => unpackMachines({ ...packed, length: 2 })).toThrow(RangeError)
  })
})
