/** A screen that is loaded for the first time is there by then, or something is wrong with it. */
const PATIENCE_MS = 3000

/** Does something with an element as soon as it is in the page; nothing where it does not come. */
export function whenThere(selector: string, then: (element: HTMLElement) => void): void {
  const look = () => {
    const found = document.querySelector<HTMLElement>(selector)
    if (found !== null) {
      watch.disconnect()
      then(found)
    }
    return found !== null
  }
  const watch = new MutationObserver(look)
  // What is there now may be about to go: the next frame shows what stays.
  requestAnimationFrame(() => {
    if (look()) return
    watch.observe(document.body, { childList: true, subtree: true })
    setTimeout(() => watch.disconnect(), PATIENCE_MS)
  })
}
