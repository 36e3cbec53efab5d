import { useEffect, useState } from 'react'

export type Size = { readonly widthPx: number; readonly heightPx: number }

/** Size of the element's content box, in whole pixels, as it changes; null until it is known, and where it has none. */
export function useSize(element: HTMLElement | null): Size | null {
  const [size, setSize] = useState<Size | null>(null)
  useEffect(() => {
    if (element === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return
      const widthPx = Math.floor(entry.contentRect.width)
      const heightPx = Math.floor(entry.contentRect.height)
      setSize(widthPx > 0 && heightPx > 0 ? { widthPx, heightPx } : null)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return size
}
