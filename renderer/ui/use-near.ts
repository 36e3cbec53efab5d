import { useEffect, useState } from 'react'

/** Begins a little before it would be seen. */
const MARGIN = '300px 0px'

/** Whether an element is in sight or has been, so that what is dear to draw below the fold waits until somebody comes near. */
export function useNear(element: HTMLElement | null): boolean {
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    if (element === null || isNear) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true)
      },
      // A scrolled part of the window clips what the margin of the window would hold.
      { root: element.closest('main'), rootMargin: MARGIN },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [element, isNear])
  return isNear
}
