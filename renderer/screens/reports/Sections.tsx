import type { KeyboardEvent } from 'react'
import { useLayoutEffect, useRef, useState } from 'react'
import type { SectionName } from '#shared/report/pack.ts'
import { SECTION_TITLES } from '#shared/report/pack.ts'
import { count } from '#shared/format/numbers.ts'
import { movedBy, movedTo, toggled } from '../../state/pack.ts'
import { changePack, useReports } from '../../state/reports-slice.ts'

/** The sections in their order: taken in, left out, moved, and a way to each in the preview. */
export function Sections() {
  const { order, isIn } = useReports((state) => state.pack)
  const inSight = useReports((state) => state.inSight?.section ?? null)
  const list = useRef<HTMLOListElement>(null)
  const [said, setSaid] = useState('')
  const [dragged, setDragged] = useState<SectionName | null>(null)
  const [over, setOver] = useState<SectionName | null>(null)
  /** what has the focus and was moved: a row that is taken out and put in again loses it */
  const held = useRef<{ readonly section: SectionName; readonly part: string } | null>(null)
  useLayoutEffect(() => {
    if (held.current === null) return
    const { section, part } = held.current
    held.current = null
    list.current?.querySelector<HTMLElement>(`[data-section="${section}"] ${part}`)?.focus()
  }, [order])

  const move = (section: SectionName, places: number) => {
    const { pack } = useReports.getState()
    const moved = movedBy(pack, section, places)
    const place = moved.order.indexOf(section)
    const isMoved = place !== pack.order.indexOf(section)
    setSaid(
      isMoved
        ? `${SECTION_TITLES[section]}: ${count(place + 1)} of ${count(moved.order.length)}`
        : `${SECTION_TITLES[section]} is ${places < 0 ? 'the first' : 'the last'} already`,
    )
    if (isMoved) changePack(() => moved)
  }
  const onKey = (event: KeyboardEvent, section: SectionName) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    const isBox = event.target instanceof HTMLInputElement
    held.current = { section, part: isBox ? 'input' : 'button' }
    move(section, event.key === 'ArrowUp' ? -1 : 1)
  }
  const drop = (section: SectionName) => {
    if (dragged !== null && dragged !== section)
      changePack((pack) => movedTo(pack, dragged, pack.order.indexOf(section)))
    setDragged(null)
    setOver(null)
  }
  return (
    <>
      <ol className="panel report-sections" aria-label="Sections" ref={list}>
        {order.map((section, place) => (
          <li
            key={section}
            data-section={section}
            data-over={over === section && dragged !== section ? isAfter(order, dragged, place) : undefined}
            aria-current={inSight === section || undefined}
            draggable
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move'
              setDragged(section)
            }}
            onDragOver={(event) => {
              event.preventDefault()
              setOver(section)
            }}
            onDrop={(event) => {
              event.preventDefault()
              drop(section)
            }}
            onDragEnd={() => drop(dragged ?? section)}
            onKeyDown={(event) => onKey(event, section)}
          >
            <input
              type="checkbox"
              aria-label={SECTION_TITLES[section]}
              aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
              checked={isIn.has(section)}
              onChange={() => changePack((pack) => toggled(pack, section))}
            />
            <button
              type="button"
              className="report-section"
              aria-label={`Show ${SECTION_TITLES[section]}`}
              onClick={() => useReports.setState({ inSight: { section } })}
            >
              {SECTION_TITLES[section]}
            </button>
            <span className="report-move">
              <MoveButton section={section} up idle={place === 0} onMove={move} />
              <MoveButton section={section} idle={place === order.length - 1} onMove={move} />
            </span>
          </li>
        ))}
      </ol>
      <p className="note">
        Drag to reorder, or hold Alt and press the up or down arrow. A section that has nothing to say says so
        in one line.
      </p>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </>
  )
}

/** Where a dragged section would come to stand. */
const isAfter = (order: readonly SectionName[], dragged: SectionName | null, place: number) =>
  dragged !== null && order.indexOf(dragged) < place ? 'after' : 'before'

type MoveProps = {
  readonly section: SectionName
  readonly up?: boolean
  readonly idle: boolean
  readonly onMove: (section: SectionName, places: number) => void
}

/** For a pointer that cannot drag; the keyboard has its own way. */
function MoveButton({ section, up = false, idle, onMove }: MoveProps) {
  return (
    <button
      type="button"
      className="icon-button"
      tabIndex={-1}
      disabled={idle}
      aria-label={`Move ${SECTION_TITLES[section]} ${up ? 'up' : 'down'}`}
      onClick={() => onMove(section, up ? -1 : 1)}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={up ? 'M4 10l4-4 4 4' : 'M4 6l4 4 4-4'} />
      </svg>
    </button>
  )
}
