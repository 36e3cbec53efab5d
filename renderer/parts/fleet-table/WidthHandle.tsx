import { useRef } from 'react'
import type { GridColumn } from '../../engine/view.ts'
import { useStore } from '../../state/store.ts'
import { widthOf } from './column-widths.ts'

/** The edge of a heading: dragged it makes the column wider or narrower, pressed twice as wide as its texts. Keys: Alt+Shift and an arrow. */
export function WidthHandle({ column }: { readonly column: GridColumn }) {
  const start = useRef<{ readonly x: number; readonly widthEm: number; readonly pxPerEm: number } | null>(
    null,
  )
  const { setWidth } = useStore.getState()
  return (
    <span
      className="width-handle"
      aria-hidden="true"
      draggable
      // The heading itself is dragged to another place.
      onDragStart={(event) => {
        event.preventDefault()
        event.stopPropagation()
      }}
      onPointerDown={(event) => {
        const cell = event.currentTarget.parentElement!
        const widthEm = widthOf(cell.id)
        if (widthEm === null) return
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, widthEm, pxPerEm: cell.offsetWidth / widthEm }
      }}
      onPointerMove={(event) => {
        if (start.current === null) return
        const { x, widthEm, pxPerEm } = start.current
        setWidth(column, widthEm + (event.clientX - x) / pxPerEm)
      }}
      onPointerUp={() => (start.current = null)}
      onDoubleClick={() => setWidth(column, null)}
    />
  )
}
