import { expect, test } from 'vitest'
import type { Outcome } from '#electron/sources/schedule.ts'
import { createSchedule } from '#electron/sources/schedule.ts'
import type { Part } from '#electron/sources/provider.ts'

const MINUTE = 60_000
const part: Part = {
  name: 'price',
  offers: ['priceUsdPerBtc'],
  everyMs: 5 * MINUTE,
  ask: () => Promise.reject(new Error('not asked in this test')),
}

function after(outcomes: readonly Outcome[], random = 0) {
  const schedule = createSchedule(() => random)
  for (const outcome of outcomes) schedule.asked('a', part, outcome, 0)
  return schedule
}
const waitMinutes = (outcomes: readonly Outcome[], random = 0) =>
  after(outcomes, random).dueMs('a', part, 0) / MINUTE
const times = (count: number, outcome: Outcome) => Array.from({ length: count }, () => outcome)

test('what was never asked is due, and so is what was asked at another address', () => {
  expect(createSchedule(() => 0).dueMs('a', part, 0)).toBe(-Infinity)
  expect(after(['answered']).dueMs('b', part, 0)).toBe(-Infinity)
})
test('what answered is asked at its interval', () => {
  expect(waitMinutes(['answered'])).toBe(5)
  expect(waitMinutes(['busy', 'busy', 'busy', 'busy', 'answered'])).toBe(5)
})
test('a busy source is asked ever more rarely, up to an hour, never faster than the interval', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 20].map((n) => waitMinutes(times(n, 'busy')))).toEqual([
    5, 5, 5, 8, 16, 32, 60, 60,
  ])
})
test('a source out of reach waits no longer than ten minutes', () => {
  expect([1, 4, 5, 20].map((n) => waitMinutes(times(n, 'failed')))).toEqual([5, 8, 10, 10])
})
test('the waits of many programs differ', () => {
  expect(waitMinutes(times(6, 'busy'), 0.5)).toBeCloseTo(32 * 0.9, 10)
  expect(waitMinutes(times(6, 'busy'), 1)).toBeCloseTo(32 * 0.8, 10)
})
test('a new way to the network: what was out of reach is due at once, what answered or was busy is not', () => {
  const forgiven = (outcomes: readonly Outcome[]) => {
    const schedule = after(outcomes)
    schedule.forgive()
    return schedule.dueMs('a', part, 0)
  }
  expect(forgiven(times(6, 'failed'))).toBe(-Infinity)
  expect(forgiven(['answered'])).toBe(5 * MINUTE)
  expect(forgiven(times(6, 'busy'))).toBe(32 * MINUTE)
})
test('what was asked while the clock was ahead is due', () => {
  const schedule = createSchedule(() => 0)
  schedule.asked('a', part, 'answered', 300 * 86_400_000)
  expect(schedule.dueMs('a', part, 86_400_000)).toBe(-Infinity)
})
