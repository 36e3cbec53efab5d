import { useLayoutEffect } from 'react'
import { textWidthPx } from '../../lib/text-width.ts'
import type { GridColumn } from '../../engine/view.ts'
import type { ColumnLook } from './cells.tsx'

const CHECK_COLUMN = '34px'
/** a heading is set smaller than the rows, and has the arrow of the order beside its text */
const HEADING = { size: 0.88, arrowEm: 0.9 } as const
/** beside the text of a group's head: its arrow, gaps, the ground of a verdict */
const HEAD_EM = 6
/** Wider in steps, so that a figure that grows by one digit does not move the table each time. */
const STEP_EM = 0.5

/**
 * Makes every column as wide as the widest text that it has shown since columns or looks changed, heading included, so that
 * no figure is cut; the grid scrolls sideways where they need more room than there is. The texts are read where they
 * stand, whoever wrote them there, and their width is estimated: nothing is laid out to know it. Widths are given to the rows as
 * `--columns`, and the least width of all of them as `--columns-width`.
 * @param given widths that a person has chosen, in em; a figure that needs more gets it
 */
export function useColumnWidths(
  body: HTMLElement | null,
  columns: readonly GridColumn[],
  looks: Readonly<Record<GridColumn, ColumnLook>>,
  given: Readonly<Partial<Record<GridColumn, number>>>,
): void {
  useLayoutEffect(() => {
    if (body === null) return
    const widthsEm = columns.map((column) => given[column] ?? looks[column].leastEm)

    const apply = () => {
      const widths = columns.map((column, i) => {
        const grow = given[column] === undefined ? looks[column].grow : 0
        return grow === 0 ? `${widthsEm[i]}em` : `minmax(${widthsEm[i]}em, ${grow}fr)`
      })
      const sumEm = widthsEm.reduce((sum, width) => sum + width, 0)
      body.style.setProperty('--columns', [CHECK_COLUMN, ...widths].join(' '))
      body.style.setProperty('--columns-width', `calc(${CHECK_COLUMN} + ${sumEm}em)`)
    }
    const widened = (cell: Element): boolean => {
      const at = Number(cell.getAttribute('aria-colindex')) - 2
      const column = columns[at]
      if (column === undefined) return false
      // What is offered or said while it is changed is not its text.
      if (cell.querySelector('.cell-editor') !== null) return false
      const { besideEm, mostEm, figure } = looks[column]
      // A name may be cut where a person wants it narrow; a figure never is.
      if (given[column] !== undefined && mostEm !== Infinity && !figure) return false
      const textEm = textWidthPx(cell.textContent, 1)
      const ownEm = cell.role === 'columnheader' ? textEm * HEADING.size + HEADING.arrowEm : textEm
      const span = Number(cell.getAttribute('aria-colspan') ?? 1)
      if (span > 1 || cell.querySelector('.group-name') !== null) {
        const room = widthsEm.slice(at, at + span).reduce((sum, width) => sum + width, 0)
        if (textEm + HEAD_EM <= room) return false
        widthsEm[at]! += Math.ceil((textEm + HEAD_EM - room) / STEP_EM) * STEP_EM
        return true
      }
      const neededEm = Math.min(mostEm, ownEm + besideEm)
      if (neededEm <= widthsEm[at]!) return false
      widthsEm[at] = Math.ceil(neededEm / STEP_EM) * STEP_EM
      return true
    }
    const widenedBy = (cells: Iterable<Element>): boolean => {
      let any = false
      for (const cell of cells) any = widened(cell) || any
      return any
    }

    widenedBy(body.querySelectorAll('.cell'))
    apply()
    const observer = new MutationObserver((changes) => {
      const cells = new Set<Element>()
      for (const { target, addedNodes } of changes) {
        const cell = (target instanceof Element ? target : target.parentElement)?.closest('.cell') ?? null
        if (cell !== null) cells.add(cell)
        else
          for (const node of addedNodes)
            if (node instanceof Element) for (const added of node.querySelectorAll('.cell')) cells.add(added)
      }
      if (widenedBy(cells)) apply()
    })
    observer.observe(body, { childList: true, characterData: true, subtree: true })
    return () => observer.disconnect()
  }, [body, columns, looks, given])
}

/** How wide a cell stands, in em of the table; null where it is not there. */
export function widthOf(id: string): number | null {
  const cell = document.getElementById(id)
  if (cell === null) return null
  const { fontSize } = getComputedStyle(cell.parentElement ?? cell)
  return Math.round((10 * cell.offsetWidth) / parseFloat(fontSize)) / 10
}
