import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalText, canonicalValue } from '#electron/files/sealed/canonical.ts'

describe('the one text of a value', () => {
  it('has its keys in order, nothing between the signs, and no field that is not there', () => {
    const one = { b: [1, null, 'é"'], a: { z: true, y: undefined } }
    expect(canonicalText(one)).toBe('{"a":{"z":true},"b":[1,null,"é\\""]}')
    expect(canonicalText({ a: { z: true }, b: one.b })).toBe(canonicalText(one))
  })

  it('has every number exactly, also those that JSON has no word for', () => {
    const numbers = [0.1 + 0.2, 1e21, 5e-324, -0, NaN, Infinity, -Infinity, 2 ** 53]
    const back = canonicalValue(canonicalText({ list: numbers, column: Float64Array.from(numbers) }))
    expect(back).toEqual({ list: numbers, column: Float64Array.from(numbers) })
    expect(canonicalText([NaN, -0])).toBe('[{"$number":"NaN"},{"$number":"-0"}]')
    expect(canonicalText(Float64Array.of(1, NaN))).toBe('{"$Float64Array":[1,"NaN"]}')
  })

  it('keeps the kind of a column, bytes in base64, and keys that begin as its own do', () => {
    const value = { $number: 'five', bytes: Uint8Array.of(0, 255), codes: Uint32Array.of(7) }
    const text = canonicalText(value)
    expect(text).toBe('{"$$number":"five","bytes":{"$Uint8Array":"AP8="},"codes":{"$Uint32Array":[7]}}')
    expect(canonicalValue(text)).toEqual(value)
  })

  it('is read back as the value that it was written from, whatever that is', () => {
    const column = fc.array(fc.double()).map((numbers) => Float64Array.from(numbers))
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        ...[fc.double(), fc.string(), fc.boolean(), fc.constant(null), column, fc.uint8Array()],
        ...[fc.array(tie('value')), fc.dictionary(fc.string(), tie('value'))],
      ),
    }))
    fc.assert(
      fc.property(value, (given) => {
        fc.pre(!JSON.stringify(given).includes('__proto__'))
        expect(canonicalValue(canonicalText({ given }))).toEqual({ given })
      }),
    )
  })

  it('refuses what is no data', () => {
    for (const given of [() => 1, new Map(), new Date(), Symbol('x'), 5n])
      expect(() => canonicalText({ given })).toThrow('is no data')
    for (const text of ['{"$Map":[]}', '{"$number":"NaN","x":1}', '{"$Float64Array":5}'])
      expect(() => canonicalValue(text)).toThrow(SyntaxError)
  })
})
