import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  FIRST_WINDOW_STATE,
  readWindowState,
  visibleBounds,
  writeWindowState,
} from '#electron/main/window-state.ts'

describe('how the window was left', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'strikeline-window-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  test('comes back as it was', () => {
    const file = join(folder, 'window.json')
    const state = {
      bounds: { x: -5, y: 10, width: 900, height: 700 },
      maximized: true,
      theme: 'dark',
    } as const
    writeWindowState(file, state)
    expect(readWindowState(file)).toEqual(state)
  })

  test.each(['', '{', 'null', '[]', '7', '"x"', '{"bounds":7,"theme":"blue","maximized":"yes"}'])(
    'a file with %j is as good as none',
    (text) => {
      const file = join(folder, 'window.json')
      writeFileSync(file, text)
      expect(readWindowState(file)).toEqual(FIRST_WINDOW_STATE)
    },
  )

  test.each([
    { x: 0, y: 0, width: 800 },
    { x: 0, y: 0, width: 800.5, height: 1 },
    { x: '0', y: 0, width: 1, height: 1 },
  ])('bounds like %j are not used', (bounds) => {
    const file = join(folder, 'window.json')
    writeFileSync(file, JSON.stringify({ bounds, maximized: true, theme: 'light' }))
    expect(readWindowState(file)).toEqual({ bounds: null, maximized: true, theme: 'light' })
  })

  test('no file: the first state', () => {
    expect(readWindowState(join(folder, 'absent.json'))).toEqual(FIRST_WINDOW_STATE)
  })
})

describe('where the window opens', () => {
  const left = { x: 0, y: 0, width: 1920, height: 1080 }
  const right = { x: 1920, y: 0, width: 1280, height: 1024 }
  const size = { width: 1000, height: 800 }

  test('where it was, on either screen', () => {
    expect(visibleBounds({ x: 100, y: 100, ...size }, [left])).toEqual({ x: 100, y: 100, ...size })
    expect(visibleBounds({ x: 2000, y: 10, ...size }, [left, right])).toEqual({ x: 2000, y: 10, ...size })
  })

  test.each([
    { x: 2000, y: 10, ...size },
    { x: -950, y: 10, ...size },
    { x: 1900, y: 10, ...size },
    { x: 100, y: -30, ...size },
    { x: 100, y: 1050, ...size },
  ])('not at %j, where it could not be dragged', (bounds) => {
    expect(visibleBounds(bounds, [left])).toBeNull()
  })
})
