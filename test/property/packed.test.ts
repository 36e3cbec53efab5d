import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelAt, labelColumn, textAt, textColumn } from '#shared/domain/fleet/columns.ts'
import type { MachineColumns } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_NUMBER_COLUMNS } from '#shared/domain/fleet/fleet.ts'
import type { PackedMachines } from '#shared/domain/fleet/packed.ts'
import { packMachines, unpackMachines } from '#shared/domain/fleet/packed.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { machine, site } from '../unit/machines.ts'

const NUMBERS = ['key', ...MACHINE_NUMBER_COLUMNS] as const

/** Machines whose every column holds anything that its kind of column can. */
const machines: fc.Arbitrary<MachineColumns> = fc.integer({ min: 0, max: 600 }).chain((length) => {
  const rows = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: length, maxLength: length })
  const whole = (max: number) => rows(fc.integer({ min: 0, max }))
  const text = fc.string({ unit: 'grapheme', maxLength: 8 })
  return fc
    .record({
      numbers: fc.tuple(...NUMBERS.map(() => rows(fc.double()))),
      id: rows(text),
      model: rows(fc.constantFrom('', 'S21', 'Größe', '矿机 7')),
      site: whole(0xffff_ffff),
      status: whole(2),
      hashrateSource: whole(3),
      powerSource: whole(3),
    })
    .map(({ numbers, id, model, site: siteRows, status, hashrateSource, powerSource }) => ({
      ...(Object.fromEntries(NUMBERS.map((name, i) => [name, Float64Array.from(numbers[i]!)])) as Record<
        (typeof NUMBERS)[number],
        Float64Array
      >),
      length,
      id: textColumn(id),
      model: labelColumn(model),
      site: Uint32Array.from(siteRows),
      status: Uint8Array.from(status),
      hashrateSource: Uint8Array.from(hashrateSource),
      powerSource: Uint8Array.from(powerSource),
    }))
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
