import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ranked } from '#shared/domain/decision/clearing/demand-curve.ts'

const anyColumn = fc.array(fc.constantFrom(-2, -1.5, 0, 0.25, 1, 3, 1e9), { maxLength: 60 })

it('a column is ranked alike from nothing and from the order of another, equal entries as they stand', () => {
  fc.assert(
    fc.property(
      anyColumn,
      fc.array(fc.double({ noNaN: true }), { minLength: 60, maxLength: 60 }),
      (values, other) => {
        const column = Float64Array.from(values)
        const near = ranked(Float64Array.from(other.slice(0, values.length))).order
        const alone = ranked(column)
        expect(ranked(column, near)).toEqual(alone)
        const byHand = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b)
        expect([...alone.order]).toEqual(byHand)
        expect([...alone.sorted]).toEqual(byHand.map((i) => values[i]))
        byHand.forEach((i, place) => expect(alone.place[i]).toBe(place))
      },
    ),
    { numRuns: 300 },
  )
})
