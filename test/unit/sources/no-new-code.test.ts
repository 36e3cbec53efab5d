import { expect, it, vi } from 'vitest'
import { z } from 'zod'
import '#electron/sources/provider.ts'

it('answers are checked without code that is made from text', () => {
  const made: unknown[] = []
  const watched = new Proxy(Function, {
    construct(target, args, asked) {
      made.push(args)
      return Reflect.construct(target, args, asked) as object
    },
  })
  vi.stubGlobal('Function', watched)
  try {
    expect(z.object({ price: z.number() }).parse({ price: 1 })).toEqual({ price: 1 })
  } finally {
    vi.unstubAllGlobals()
  }
  expect(made).toEqual([])
})
