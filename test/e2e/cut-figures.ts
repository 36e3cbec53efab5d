import type { Page } from '@playwright/test'

/**
 * Texts with a digit that cannot be read as they stand: cut by a box or by the window, out of reach of a scroller,
 * outside their picture, or printed over another text. Looks into the open dialog,
 * else into an inspector that lies over the page, else at the whole page.
 *
 * @returns one sentence for each, none where every figure can be read
 */
export function cutFigures(window: Page): Promise<string[]> {
  return window.evaluate(findCutFigures)
}

/** Runs in the page: nothing from outside is in reach. */
function findCutFigures(): string[] {
  type Edges = { left: number; right: number; top: number; bottom: number }
  type Shown = { readonly words: string; readonly element: Element; readonly seen: Edges }
  /** rounding of a fraction of a pixel */
  const SLACK = 1
  /** lines stand this near to each other without touching: a line's box is taller than its letters */
  const LEADING = 3
  const faults = new Set<string>()

  const nameOf = (element: Element) => {
    const classes = element.getAttribute('class') ?? ''
    return `${element.tagName.toLowerCase()}${classes === '' ? '' : `.${classes.trim().replaceAll(/\s+/g, '.')}`}`
  }
  const isHiddenOnPurpose = (element: Element) => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      if (getComputedStyle(at).clipPath.startsWith('inset')) return true
    }
    return !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  }
  const innerBox = (element: Element): Edges => {
    const box = element.getBoundingClientRect()
    const left = box.left + element.clientLeft
    const top = box.top + element.clientTop
    return { left, top, right: left + element.clientWidth, bottom: top + element.clientHeight }
  }

  /** Notes what cuts a text, and gives what is seen of it; null where it is scrolled out of sight. */
  const seenOf = (words: string, element: Element, whole: Edges): Edges | null => {
    const seen = { ...whole }
    const say = (what: string) => faults.add(`${what}: “${words}” in ${nameOf(element)}`)
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      // A picture's own elements cut nothing; the picture does.
      if (at instanceof SVGElement && !(at instanceof SVGSVGElement)) continue
      const style = getComputedStyle(at)
      if (style.display === 'inline' || style.display === 'contents') continue
      const paints = /strict|content|paint/.test(style.contain) || at instanceof SVGSVGElement
      const box = at instanceof SVGSVGElement ? at.getBoundingClientRect() : innerBox(at)
      for (const [low, high, overflow, scrolled, size] of [
        ['left', 'right', style.overflowX, at.scrollLeft, at.scrollWidth],
        ['top', 'bottom', style.overflowY, at.scrollTop, at.scrollHeight],
      ] as const) {
        if (overflow === 'auto' || overflow === 'scroll') {
          const start = box[low] - scrolled
          if (seen[low] < start - SLACK || seen[high] > start + size + SLACK)
            say(`out of reach in ${nameOf(at)}`)
        } else if (paints || overflow === 'hidden' || overflow === 'clip') {
          if (seen[low] < box[low] - SLACK || seen[high] > box[high] + SLACK) say(`cut by ${nameOf(at)}`)
        } else continue
        seen[low] = Math.max(seen[low], box[low])
        seen[high] = Math.min(seen[high], box[high])
        if (seen[high] - seen[low] <= SLACK) return null
      }
      if (style.position === 'fixed') break
    }
    if (seen.left < -SLACK || seen.right > innerWidth + SLACK) say('outside the window')
    return seen
  }

  const dialogs = document.querySelectorAll('.dialog')
  // In a small window the inspector lies over the place, as a dialog does.
  const over = [...document.querySelectorAll('.inspector')].filter(
    (each) => getComputedStyle(each).position === 'fixed',
  )
  const root = [...dialogs].at(-1) ?? over[0] ?? document.querySelector('#app')!
  const shown: Shown[] = []
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (texts.nextNode() !== null) {
    const text = texts.currentNode as Text
    const element = text.parentElement!
    const words = text.data.trim()
    if (words === '' || isHiddenOnPurpose(element)) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    for (const line of range.getClientRects()) {
      const whole = { left: line.left, right: line.right, top: line.top, bottom: line.bottom }
      if (/\d/.test(words)) {
        const seen = seenOf(words, element, whole)
        if (seen !== null) shown.push({ words, element, seen })
      }
    }
  }
  for (const field of root.querySelectorAll('input')) {
    if (!/\d/.test(field.value) || field.inputMode !== 'decimal' || isHiddenOnPurpose(field)) continue
    if (field.scrollWidth > field.clientWidth + SLACK) {
      faults.add(`longer than its field: “${field.value}” in ${field.getAttribute('aria-label') ?? field.id}`)
    }
  }
  // What is sticky stands over what scrolls under it; nothing is scrolled here.
  for (const [i, one] of shown.entries()) {
    for (const other of shown.slice(i + 1)) {
      if (one.element === other.element) continue
      const across = Math.min(one.seen.right, other.seen.right) - Math.max(one.seen.left, other.seen.left)
      const down = Math.min(one.seen.bottom, other.seen.bottom) - Math.max(one.seen.top, other.seen.top)
      if (across > SLACK && down > LEADING) {
        faults.add(
          `over each other: “${one.words}” in ${nameOf(one.element)}, “${other.words}” in ${nameOf(other.element)}`,
        )
      }
    }
  }
  return [...faults]
}
