import type { WeekArea } from '#shared/domain/power/painted-week.ts'

/** An hour of the week: 0..6 from Monday, 0..23. */
export type WeekPoint = { readonly day: number; readonly hour: number }

/** What lies between two hours, both included. */
export function pointArea(a: WeekPoint, b: WeekPoint): WeekArea {
  return {
    fromDay: Math.min(a.day, b.day),
    toDay: Math.max(a.day, b.day),
    fromHour: Math.min(a.hour, b.hour),
    toHour: Math.max(a.hour, b.hour),
  }
}

/** Where a key goes from an hour; null: it is no key of the grid. */
export function moved({ day, hour }: WeekPoint, key: string): WeekPoint | null {
  switch (key) {
    case 'ArrowUp':
      return { day: Math.max(0, day - 1), hour }
    case 'ArrowDown':
      return { day: Math.min(6, day + 1), hour }
    case 'ArrowLeft':
      return { day, hour: Math.max(0, hour - 1) }
    case 'ArrowRight':
      return { day, hour: Math.min(23, hour + 1) }
    case 'Home':
      return { day, hour: 0 }
    case 'End':
      return { day, hour: 23 }
    case 'PageUp':
      return { day: 0, hour }
    case 'PageDown':
      return { day: 6, hour }
    default:
      return null
  }
}

/** The number of a price. */
export const isPaintKey = (key: string) => /^[1-9]$/.test(key)
