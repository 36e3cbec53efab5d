import { useLayoutEffect, useRef, useState } from 'react'
import { percent } from '#shared/format/numbers.ts'
import { useReports } from '../../state/reports-slice.ts'
import { useSize } from '../../ui/use-size.ts'
import { showIn } from './sheets.ts'

/** Pixels of 96 an inch. */
const WIDTH_PX = { A4: 794, Letter: 816 } as const
/** Beside the sheets. */
const ROOM_PX = 32
const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2] as const

/** The pages as they are made: the same markup and the same style sheet as on paper. */
export function Preview() {
  const html = useReports((state) => state.preview?.html ?? null)
  const fault = useReports((state) => state.previewFault)
  const isMaking = useReports((state) => state.isMaking)
  const paper = useReports((state) => state.pack.paper)
  const inSight = useReports((state) => state.inSight)
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const size = useSize(scroller)
  /** null: as wide as there is room */
  const [chosen, setChosen] = useState<number | null>(null)
  const host = useRef<HTMLDivElement>(null)
  const fitting = size === null ? 1 : Math.max(0.3, Math.min(1.6, (size.widthPx - ROOM_PX) / WIDTH_PX[paper]))
  const scale = chosen ?? fitting

  useLayoutEffect(() => {
    if (host.current !== null && html !== null) showIn(host.current, html)
  }, [html])
  useLayoutEffect(() => {
    if (inSight === null) return
    host.current?.shadowRoot
      ?.querySelector(`[data-section="${inSight.section}"]`)
      ?.scrollIntoView({ block: 'start' })
  }, [inSight])

  const larger = STEPS.find((step) => step > scale + 0.01)
  const smaller = STEPS.findLast((step) => step < scale - 0.01)
  return (
    <section className="report-preview" aria-label="Preview" aria-busy={isMaking}>
      <div className="report-zoom" role="group" aria-label="Size of the preview">
        <span className="report-state" role="status">
          {isMaking ? 'Making the preview…' : ''}
        </span>
        <button
          type="button"
          className="button quiet"
          aria-pressed={chosen === null}
          onClick={() => setChosen(null)}
        >
          Fit
        </button>
        <Zoom label="Smaller" sign="−" to={smaller} onZoom={setChosen} />
        <span className="figure">{percent(scale, 0)}</span>
        <Zoom label="Larger" sign="+" to={larger} onZoom={setChosen} />
      </div>
      {fault === null ? null : (
        <p className="fault-text report-fault" role="alert">
          {fault}
        </p>
      )}
      {/* Keys scroll it. */}
      <div className="report-scroller" ref={setScroller} tabIndex={0} role="group" aria-label="Pages">
        <div className="report-sheets" ref={host} style={{ zoom: scale }} />
      </div>
    </section>
  )
}

type ZoomProps = {
  readonly label: string
  readonly sign: string
  readonly to: number | undefined
  readonly onZoom: (scale: number) => void
}

function Zoom({ label, sign, to, onZoom }: ZoomProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      aria-disabled={to === undefined}
      onClick={() => to !== undefined && onZoom(to)}
    >
      {sign}
    </button>
  )
}
