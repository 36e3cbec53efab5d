import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFleetText } from '#electron/files/fleet/read-fleet.ts'
import { writeFleetCsv } from '#electron/files/fleet/write-fleet.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { NumberName } from '#shared/domain/fleet/fields.ts'
import {
  each,
  FIELD_NAMES,
  LABEL_NAMES,
  MACHINE_FIELDS,
  NUMBER_NAMES,
  TEXT_NAMES,
} from '#shared/domain/fleet/fields.ts'
import type { Fleet, Machine } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES, PLAIN_MACHINE } from '#shared/domain/fleet/fleet.ts'
import { models } from '../unit/files/catalogue-models.ts'

const read = (text: string | Uint8Array) => readFleetText(text, 'fleet.csv', { models })

/** Letters that something in the path could trip over, among any others. */
const letter = (special: string) =>
  fc.oneof(fc.constantFrom(...special.split('')), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }))

/** Any name that the program accepts: no control characters, no spaces around, signs of formulas and quotes welcome. */
const name = fc
  .string({ unit: letter(`'"=+-@,;\t aB9é漢＝`), maxLength: 30 })
  // eslint-disable-next-line no-control-regex -- names have none
  .map((text) => text.replace(/[\u0000-\u001f\u007f]/g, '').trim())
  .filter((text) => text !== '' && text.length <= 90)

/** Anything that the field can be in a file: one without a default may be missing, but a hashrate without power is enough to be a row. */
const anyNumber = (name: NumberName): fc.Arbitrary<number> => {
  const { absent, bounds } = MACHINE_FIELDS[name]
  const [min, max] = bounds
  if ('whole' in MACHINE_FIELDS[name]) return fc.integer({ min, max })
  // −0 is written as 0: as a price, a share or a power it is the same
  const given = fc.double({ min, max, noNaN: true }).map((value) => value + 0)
  const mayMiss = Number.isNaN(absent) && name !== 'hashrateThs'
  return mayMiss ? fc.oneof({ weight: 4, arbitrary: given }, fc.constant(NaN)) : given
}

const machine = (id: string, sites: readonly string[]): fc.Arbitrary<Machine> =>
  fc.record({
    ...each(NUMBER_NAMES, anyNumber),
    ...each([...TEXT_NAMES, ...LABEL_NAMES], () => fc.oneof(name, fc.constant(''))),
    id: fc.constant(id),
    // a name that the catalogue does not know, so that nothing is filled
    model: name.map((text) => `own ${text}`),
    site: fc.constantFrom(...sites),
    status: fc.constantFrom(...MACHINE_STATUSES),
  })

const fold = (text: string) => text.normalize('NFC').toLowerCase()

/** Sites stand in the order of their first machine, as they do in a file. */
const fleet: fc.Arbitrary<Fleet> = fc
  .record({
    ids: fc.uniqueArray(name, { maxLength: 12 }),
    sites: fc.uniqueArray(name, { minLength: 1, maxLength: 3, selector: fold }),
  })
  .chain(({ ids, sites }) => fc.tuple(...ids.map((id) => machine(id, sites))))
  .map((machines) => {
    const used = [...new Set(machines.map(({ site }) => site))]
    return fleetFrom(
      used.map((site) => ({ name: site, powerPriceUsdPerKwh: NaN, otherUsdPerKwh: NaN, overhead: NaN })),
      machines,
    )
  })

describe('fleet.csv', () => {
  it('any fleet: what was written is what is read', () => {
    fc.assert(
      fc.property(fleet, (written) => {
        const back = read([...writeFleetCsv(written)].join(''))
        expect(back.faults).toEqual([])
        expect(back.fleet).toEqual(written)
      }),
      { numRuns: 300 },
    )
  })

  it('any notes: what was written is what is read', () => {
    const note = fc.string({ unit: letter(`'"=+-@,;\t\n \r`), maxLength: 20 }).map((text) => text.trim())
    const one = fleetFrom(
      [{ name: 'North', powerPriceUsdPerKwh: NaN, otherUsdPerKwh: NaN, overhead: NaN }],
      [
        { ...PLAIN_MACHINE, id: 'a', model: 'own', site: 'North', hashrateThs: 1, powerW: 1 },
        { ...PLAIN_MACHINE, id: 'b', model: 'own', site: 'North', hashrateThs: 1, powerW: 1 },
      ],
    )
    fc.assert(
      fc.property(
        fc.uniqueArray(
          name.map((text) => `x${text}`),
          { minLength: 1, maxLength: 4, selector: (text) => text.toLowerCase() },
        ),
        fc.array(note, { minLength: 8, maxLength: 8 }),
        (noteColumns, texts) => {
          const notes = [0, 1].map((row) => {
            const given = noteColumns
              .map((column, at) => [column, texts[row * 4 + at]!] as const)
              .filter(([, text]) => text !== '')
            return given.length === 0 ? null : JSON.stringify(Object.fromEntries(given))
          })
          const back = read([...writeFleetCsv(one, { noteColumns, notes })].join(''))
          expect(back.faults).toEqual([])
          expect({ noteColumns: back.noteColumns, notes: back.notes }).toEqual({ noteColumns, notes })
        },
      ),
      { numRuns: 200 },
    )
  })

  it('separator, decimal sign, byte order mark, line end and order of columns do not matter', () => {
    fc.assert(
      fc.property(
        fleet,
        fc.constantFrom(',', ';', '\t'),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(), { minLength: FIELD_NAMES.length, maxLength: FIELD_NAMES.length }),
        (written, separator, decimalComma, bom, lineEnd, order) => {
          const table = cellsOf(written)
          const places = table[0]!.map((column, at) => ({ column, at, rank: order[at]! }))
          places.sort((a, b) => a.rank - b.rank)
          const numeric = new Set<string>(NUMBER_NAMES.map((field) => MACHINE_FIELDS[field].heading))
          const text = table
            .map((cells, row) =>
              places
                .map(({ column, at }) =>
                  row > 0 && decimalComma && separator !== ',' && numeric.has(column)
                    ? cells[at]!.replace('.', ',')
                    : cells[at]!,
                )
                .map((cell) => (/[",;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
                .join(separator),
            )
            .join(lineEnd)
          const back = read((bom ? '\ufeff' : '') + text + lineEnd)
          expect(back.faults).toEqual([])
          expect(back.fleet).toEqual(written)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('any bytes end in columns or in a clear refusal', () => {
    const csvish = fc
      .array(
        fc.constantFrom(
          ...[
            'id',
            'model',
            'hashrate_ths',
            'power',
            'site',
            ',',
            ',',
            ';',
            '\t',
            '\n',
            '\n',
            '\r\n',
            '\r',
            '"',
            '""',
            "'",
          ],
          ...[
            'S19',
            'Antminer S19j Pro 104T',
            '1',
            '-1',
            '0,5',
            '1e400',
            'NaN',
            '=x',
            ' ',
            '\ufeff',
            '\u0000',
            'é',
            '__proto__',
          ],
        ),
        { maxLength: 60 },
      )
      .map((parts) => Buffer.from(parts.join('')))
    const headed = csvish.map((bytes) =>
      Buffer.concat([Buffer.from('id,model,hashrate_ths,site,x\n'), bytes]),
    )
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), csvish, headed), (bytes) => {
        try {
          const file = read(bytes)
          expect(file.faults.length).toBe(Math.min(100, file.faultCount))
          expect(file.lines.length).toBe(file.fleet.machines.length)
          expect(file.notes.length).toBe(file.fleet.machines.length)
          for (const fault of file.faults) {
            expect(fault.message.length).toBeLessThan(400)
            expect(fault.column.length).toBeLessThanOrEqual(100)
            // eslint-disable-next-line no-control-regex -- a message goes to a terminal
            expect(fault.message).not.toMatch(/[\u0000-\u001f]/)
          }
        } catch (error) {
          if (!(error instanceof StrikelineError)) throw error
          expect(error.message).toMatch(/^fleet\.csv/)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

/** The written file as cells, without the quotation marks. */
function cellsOf(written: Fleet): readonly (readonly string[])[] {
  const text = [...writeFleetCsv(written)].join('')
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
        (cell) => cell[1]?.replaceAll('""', '"') ?? cell[2]!,
      ),
    )
}
