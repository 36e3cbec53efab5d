import { expect, it } from 'vitest'
import { chosen, mutantsOf } from '#tools/mutants/sites.ts'

const CODE = `import { limit } from './limit.ts'
type Side = -1 | 1
export function priceOf(value: number, own: number | null): number {
  if (value < 0) return NaN
  log('a' + value)
  return Math.min(own ?? limit, -value * 2)
}
`
const planted = mutantsOf('price.ts', CODE).map(({ line, operator, start, end, replacement }) => {
  const lines = (CODE.slice(0, start) + replacement + CODE.slice(end)).split('\n')
  return `${operator}: ${lines[line - 1]!.trim()}`
})

it('faults are planted in what runs: not in types, imports or joined texts', () => {
  expect(planted).toEqual([
    'condition negated: if (!(value < 0)) return NaN',
    'early end dropped: if (false) return NaN',
    'boundary: if (value <= 0) return NaN',
    'constant: if (value < 1) return NaN',
    'call dropped: undefined',
    'Math: return Math.max(own ?? limit, -value * 2)',
    'default dropped: return Math.min((own), -value * 2)',
    'sign dropped: return Math.min(own ?? limit, (value) * 2)',
    'arithmetic: return Math.min(own ?? limit, -value / 2)',
    'constant: return Math.min(own ?? limit, -value * (2 + 1))',
    'constant: return Math.min(own ?? limit, -value * (2 - 1))',
  ])
})

it('a seed chooses the same faults each time, and none twice', () => {
  const all = mutantsOf('price.ts', CODE)
  const some = chosen(all, 8, 5)
  expect(some).toHaveLength(5)
  expect(chosen(all, 8, 5)).toEqual(some)
  expect(chosen(all, 9, 5)).not.toEqual(some)
  expect(new Set(chosen(all, 8, 99)).size).toBe(all.length)
})
