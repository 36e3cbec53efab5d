import { expect, test } from 'vitest'
import { createReconnectWatch } from '#electron/main/reconnect.ts'

test('tells once of each time that the computer comes back online, and never of anything else', () => {
  let isOnline = true
  let told = 0
  const look = createReconnectWatch(
    () => isOnline,
    () => {
      told++
    },
  )
  const seen = [true, true, false, false, true, true, false, true].map((now) => {
    isOnline = now
    look()
    return told
  })
  expect(seen).toEqual([0, 0, 0, 0, 1, 1, 1, 2])
})

test('a start without a network is no reconnect; the first link after it is one', () => {
  let isOnline = false
  let told = 0
  const look = createReconnectWatch(
    () => isOnline,
    () => {
      told++
    },
  )
  look()
  expect(told).toBe(0)
  isOnline = true
  look()
  expect(told).toBe(1)
})
