import { useEffect, useState } from 'react'
import { useStore } from '../state/store.ts'
import type { Palette } from './palette.ts'
import { paletteOf } from './palette.ts'

/** The colours of the theme in force, read again when the theme or the system's preference changes. */
export function usePalette(element: React.RefObject<HTMLElement | null>): Palette | null {
  const theme = useStore((state) => state.settings?.theme ?? 'system')
  const [palette, setPalette] = useState<Palette | null>(null)
  useEffect(() => {
    const read = () => {
      if (element.current !== null) setPalette(paletteOf(element.current))
    }
    // The theme attribute is set by an effect of the shell, which runs after this one.
    const frame = requestAnimationFrame(read)
    const preference = window.matchMedia('(prefers-color-scheme: dark)')
    preference.addEventListener('change', read)
    return () => {
      cancelAnimationFrame(frame)
      preference.removeEventListener('change', read)
    }
  }, [element, theme])
  return palette
}
