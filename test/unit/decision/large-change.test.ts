import { describe, expect, it } from 'vitest'
import { isLargeChange } from '#shared/domain/decision/large-change.ts'

const NOBODY = { changed: 0, machines: 1000 }

describe('a value that is typed', () => {
  it.each([
    [100, 110, NOBODY, false],
    [100, 90, NOBODY, false],
    [100, 110.01, NOBODY, true],
    [100, 89.99, NOBODY, true],
    [-0.01, -0.0111, NOBODY, true],
    [0, 0, NOBODY, false],
    [0, 0.01, NOBODY, false],
    [0, 0.01, { changed: 101, machines: 1000 }, true],
    [100, 101, { changed: 100, machines: 1000 }, false],
    [100, 101, { changed: 101, machines: 1000 }, true],
    [null, 100, NOBODY, false],
    [null, 100, { changed: 101, machines: 1000 }, true],
    [100, 101, { changed: null, machines: 1000 }, false],
    [100, 101, { changed: 0, machines: 0 }, false],
  ] as const)('from %s to %s with %j is asked about: %s', (before, after, changes, asked) => {
    expect(isLargeChange(before, after, changes)).toBe(asked)
  })
})
