import { describe, expect, test } from 'vitest'
import { sharedAge } from '#renderer/lib/shared-age.ts'

const NOW = Date.UTC(2026, 10, 26, 12)
const value = (source: string, minutesAgo: number, stale = false) => {
  const asOfMs = NOW - minutesAgo * 60_000
  return { value: 1, source, asOfMs, fetchedAtMs: asOfMs, stale }
}

describe('the age of all values', () => {
  test('is said once while they are of one age, with each source once', () => {
    const values = [value('mempool', 0.2), value('mempool', 0.5), value('kraken', 0.1)]
    const shared = sharedAge(values, NOW)!
    expect(shared.credit).toBe('mempool, Kraken')
    expect(shared.value).toBe(values[1])
    expect(values.some(shared.differs)).toBe(false)
  })

  test('is that of most; what is of another age, typed or stale says so itself', () => {
    const old = value('kraken', 500, true)
    const typed = value('typed', 0)
    const values = [value('mempool', 2), value('mempool', 2.5), value('mempool', 2.9), old, typed]
    const shared = sharedAge([null, ...values], NOW)!
    expect(shared.credit).toBe('mempool')
    expect(values.filter(shared.differs)).toEqual([old, typed])
  })

  test('is stale once where all are', () => {
    const values = [value('mempool', 500, true), value('mempool', 510, true)]
    const shared = sharedAge(values, NOW)!
    expect(shared.value.stale).toBe(true)
    expect(values.some(shared.differs)).toBe(false)
  })

  test('of two that are as frequent it is the older one, and there is none of nothing', () => {
    const [older, newer] = [value('mempool', 70), value('mempool', 2)]
    expect(sharedAge([newer, older], NOW)!.value).toBe(older)
    expect(sharedAge([null, null], NOW)).toBeNull()
  })

  test('of the sample is its day, whatever the moment', () => {
    const values = [value('sample', 10), value('sample', 90_000)]
    expect(values.some(sharedAge(values, NOW)!.differs)).toBe(false)
  })
})
