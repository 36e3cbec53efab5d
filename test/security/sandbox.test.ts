import { expect, test } from 'vitest'
import { isSandboxForgone } from '#electron/security/sandbox.ts'

test.each([
  { asked: false, isPackaged: false, isRoot: false, forgone: false },
  { asked: false, isPackaged: false, isRoot: true, forgone: false },
  { asked: false, isPackaged: true, isRoot: true, forgone: false },
  { asked: true, isPackaged: false, isRoot: false, forgone: true },
  { asked: true, isPackaged: false, isRoot: true, forgone: true },
  { asked: true, isPackaged: true, isRoot: true, forgone: true },
  { asked: true, isPackaged: true, isRoot: false, forgone: false },
])('asked $asked, packaged $isPackaged, root $isRoot: sandbox forgone $forgone', ({ forgone, ...start }) => {
  expect(isSandboxForgone(start)).toBe(forgone)
})
