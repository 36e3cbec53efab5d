import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnMapOf, mapEntriesOf } from '#electron/files/fleet/column-map.ts'
import { foldHeading } from '#electron/files/heading-parts.ts'
import type { ColumnMap, ColumnTarget } from '#electron/files/fleet/column-map.ts'
import { unitsOf } from '#electron/files/fleet/column-units.ts'
import { readFleetText } from '#electron/files/fleet/read-fleet.ts'
import { foldStatus } from '#electron/files/fleet/status-words.ts'
import { writeCellText } from '#electron/files/cell-text.ts'
import { FIELD_NAMES, isNumberName, NUMBER_NAMES } from '#shared/domain/fleet/fields.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { models } from '../unit/files/catalogue-models.ts'

/** Headings with whatever could be taken for a part of what is written about them. */
const heading = fc
  .oneof(
    fc.string({
      unit: fc.constantFrom(...'=*/+-:;(kW) \n"é漢'.split(''), 'status:', 'column:'),
      maxLength: 12,
    }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  )
  .map(foldHeading)
  .filter((text) => text !== '')

const positive = fc
  .double({ min: 0, noNaN: true, noDefaultInfinity: true, minExcluded: true })
  .filter((value) => value > 0)
const target: fc.Arbitrary<ColumnTarget> = fc.oneof(
  fc.constant(null),
  fc.constantFrom(...FIELD_NAMES).chain((field): fc.Arbitrary<ColumnTarget> => {
    const plain = fc.constant({ field, factor: 1, offset: 0 })
    if (!isNumberName(field)) return plain
    return fc.oneof(
      fc.constantFrom(...unitsOf(field)).map(({ factor, offset }) => ({ field, factor, offset })),
      fc.record({
        field: fc.constant(field),
        factor: positive,
        // −0 is written as 0, and does the same
        offset: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
      }),
    )
  }),
)
const map: fc.Arbitrary<ColumnMap> = fc
  .record({
    columns: fc.uniqueArray(fc.tuple(heading, target), { selector: ([name]) => name, maxLength: 6 }),
    statuses: fc.array(
      fc.tuple(
        fc
          .string({ unit: 'grapheme', maxLength: 12 })
          .map(foldStatus)
          .filter((word) => word !== ''),
        fc.constantFrom(...MACHINE_STATUSES),
      ),
      { maxLength: 3 },
    ),
  })
  .map(({ columns, statuses }) => ({ columns: new Map(columns), statuses: new Map(statuses) }))

describe('a mapping', () => {
  it('multiplies by its factor, whatever that is', () => {
    const share = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(
        fc.oneof(
          share,
          fc.integer({ min: 1, max: 1e6 }).map((n) => 1 / n),
        ),
        (factor) => {
          const value = 1000 / factor
          const said = new Map([['load', { field: 'powerW' as const, factor, offset: 0 }]])
          const { fleet, faults } = readFleetText(`hashrate_ths,load\n60,${value}\n`, 'fleet.csv', {
            models,
            map: columnMapOf(mapEntriesOf({ columns: said, statuses: new Map() })),
          })
          expect(faults).toEqual([])
          expect(fleet.machines.powerW[0]! / 1000).toBeCloseTo(1, 9)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is read back as it was written, whatever the headings', () => {
    fc.assert(
      fc.property(map, (said) => {
        expect(columnMapOf(mapEntriesOf(said))).toEqual(said)
      }),
      { numRuns: 1000 },
    )
  })

  it('holds for the column of that heading as the file spells it, and for no other', () => {
    // The heading of a file has no line break at its ends and is not empty.
    const spelled = fc
      .string({ unit: fc.constantFrom(...'ABkW()%= \n/é漢'.split('')), minLength: 1, maxLength: 10 })
      .map((text) => text.trim())
      .filter((text) => text !== '')
    fc.assert(
      fc.property(
        spelled,
        fc.constantFrom(...NUMBER_NAMES.filter((name) => name !== 'hashrateThs')),
        (name, field) => {
          const said = {
            columns: new Map([[foldHeading(`x ${name}`), { field, factor: 1, offset: 0 }]]),
            statuses: new Map(),
          }
          const file = readFleetText(`hashrate_ths,${writeCellText(`x ${name}`)}\n1,1\n`, 'fleet.csv', {
            models,
            map: columnMapOf(mapEntriesOf(said)),
          })
          expect(file.faults).toEqual([])
          expect(file.fields).toEqual(['hashrateThs', field])
        },
      ),
      { numRuns: 200 },
    )
  })
})
