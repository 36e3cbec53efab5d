import { readFileSync, writeFileSync } from 'node:fs'

/**
 * How the window was left. In a file of its own: the window opens before the database and must not change its size
 * or colour a moment later.
 */
export type WindowPlacement = {
  readonly bounds: Bounds | null
  readonly maximized: boolean
  readonly theme: 'system' | 'light' | 'dark'
}
export type Bounds = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const FIRST_WINDOW_STATE: WindowPlacement = { bounds: null, maximized: false, theme: 'system' }

/** The state in the file; the first state where there is no file or it cannot be understood. */
export function readWindowState(file: string): WindowPlacement {
  try {
    return parseWindowState(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // Absent on the first start; cut short by a power failure. It only holds a size and a colour.
    return FIRST_WINDOW_STATE
  }
}

export function writeWindowState(file: string, state: WindowPlacement): void {
  writeFileSync(file, JSON.stringify(state), { mode: 0o600 })
}

function parseWindowState(value: unknown): WindowPlacement {
  const { bounds, maximized, theme } = value as Partial<Record<keyof WindowPlacement, unknown>>
  return {
    bounds: isBounds(bounds) ? bounds : null,
    maximized: maximized === true,
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
  }
}

function isBounds(value: unknown): value is Bounds {
  if (typeof value !== 'object' || value === null) return false
  const { x, y, width, height } = value as Record<string, unknown>
  return [x, y, width, height].every((side) => Number.isInteger(side) && Math.abs(side as number) < 100_000)
}

/**
 * The bounds if enough of the window's top edge is on one of the screens to be seen and dragged, else null:
 * the screen it was on may be unplugged.
 */
export function visibleBounds(bounds: Bounds | null, screens: readonly Bounds[]): Bounds | null {
  if (bounds === null) return null
  const reachable = screens.some(
    (screen) =>
      bounds.x + bounds.width > screen.x + 100 &&
      bounds.x < screen.x + screen.width - 100 &&
      bounds.y >= screen.y &&
      bounds.y < screen.y + screen.height - 50,
  )
  return reachable ? bounds : null
}
