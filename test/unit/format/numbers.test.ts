import { describe, expect, it } from 'vitest'
import {
  count,
  counted,
  fileSize,
  number,
  percent,
  percentRange,
  probability,
  signedPercent,
} from '#shared/format/numbers.ts'

/** No-break spaces read as plain ones, so that the expectations stay legible. */
const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ')

describe('numbers', () => {
  it('groups thousands with a space that does not break, and uses a true minus sign', () => {
    expect(count(88300)).toBe('88\u202f300')
    expect(plain(number(-1234567.891, 1))).toBe('−1 234 567.9')
  })

  it('shows what does not exist as an en dash, never as a number', () => {
    for (const nothing of [Number.NaN, Infinity, -Infinity]) {
      expect([number(nothing), percent(nothing), signedPercent(nothing), probability(nothing)]).toEqual([
        '–',
        '–',
        '–',
        '–',
      ])
      expect(percentRange([nothing, 0])).toBe('–')
    }
  })

  it('has no negative zero', () => {
    expect(number(-0.004, 2)).toBe('0.00')
    expect(plain(signedPercent(-0.00001))).toBe('0.0 %')
  })

  it('rounds up or down on demand, but not because of the last bit of a product', () => {
    expect(number(37.501, 2, 'up')).toBe('37.51')
    expect(number(37.5 + 7e-15, 2, 'up')).toBe('37.50')
    // as many digits as are shown: money of twelve digits keeps its cents, and a column of it adds up
    expect(number(12_345_678_901.23, 2).replaceAll('\u202f', '')).toBe('12345678901.23')
    expect(number(-999_999_999_999.99, 2).replaceAll('\u202f', '')).toBe('−999999999999.99')
    expect(number(2_100_000_000_000_001).replaceAll('\u202f', '')).toBe('2100000000000001')
    expect(number(0.0539, 3, 'down')).toBe('0.053')
    expect(number(0.1 + 0.2, 1, 'up')).toBe('0.3')
    expect(number(-1.21, 1, 'down')).toBe('−1.3')
  })

  it('writes changes with their sign and shares without', () => {
    expect(plain(signedPercent(-0.0474))).toBe('−4.7 %')
    expect(plain(signedPercent(0.012))).toBe('+1.2 %')
    expect(plain(percent(0.183))).toBe('18.3 %')
  })

  it('writes a range once with its unit', () => {
    expect(plain(percentRange([-0.062, -0.031]))).toBe('−6.2 … −3.1 %')
    expect(plain(percentRange([-0.01, 0.02]))).toBe('−1.0 … +2.0 %')
  })

  it('never calls likely certain', () => {
    expect(plain(probability(0.9999))).toBe('> 99 %')
    expect(plain(probability(0.001))).toBe('< 1 %')
    expect(plain(probability(1))).toBe('100 %')
    expect(plain(probability(0))).toBe('0 %')
    expect(plain(probability(0.873))).toBe('87 %')
  })

  it('gives the size of a file in kilobytes, and from a megabyte on in megabytes', () => {
    expect(plain(fileSize(1))).toBe('1 kB')
    expect(plain(fileSize(144_001))).toBe('145 kB')
    expect(plain(fileSize(999_000))).toBe('999 kB')
    expect(plain(fileSize(999_001))).toBe('1.0 MB')
    expect(plain(fileSize(32_366_592))).toBe('32.4 MB')
    expect(fileSize(Number.NaN)).toBe('–')
  })

  it('counts with the noun in its number', () => {
    expect(plain(counted(1, 'machine'))).toBe('1 machine')
    expect(plain(counted(1040, 'machine'))).toBe('1 040 machines')
    expect(counted(0, 'entry', 'entries')).toBe('0 entries')
    expect(counted(Number.NaN, 'machine')).toBe('–')
  })
})
