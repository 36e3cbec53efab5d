import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import type { WorkLine } from '#shared/format/work-lines.ts'
import { doWords } from '#shared/format/act-words.ts'
import { count, counted } from '#shared/format/numbers.ts'
import type { WorkLines } from '../../../engine/protocol.ts'
import { askEngine } from '../../../state/engine.ts'
import { useStore } from '../../../state/store.ts'
import type { Partly } from './WorkListDialog.tsx'

const LINE_HEIGHT = 30
const LINES_AROUND = 40

type Props = {
  readonly siteKey: number | null
  readonly partly: Partly
  readonly onPartly: (partly: Partly) => void
}

/** The lines of a work list, of which only those in sight exist; what is not done is said at each. */
export function WorkListLines({ siteKey, partly, onPartly }: Props) {
  const picture = useStore((state) => state.picture)
  const scroller = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState<WorkLines | null>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called in this render, never kept
  const virtual = useVirtualizer({
    count: shown?.length ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 8,
  })
  const drawn = virtual.getVirtualItems()
  const from = Math.max(0, Math.floor((drawn[0]?.index ?? 0) / LINES_AROUND) * LINES_AROUND - LINES_AROUND)
  const to = from + 4 * LINES_AROUND
  useEffect(() => {
    askEngine((engine) => engine.workLines({ siteKey, window: { from, to } }), setShown)
  }, [siteKey, from, to, picture])

  const setDone = (line: WorkLine, done: number) => {
    const next = new Map(partly)
    if (done === line.machines) next.delete(line.key)
    else next.set(line.key, { done, of: line.machines })
    onPartly(next)
  }
  return (
    <div ref={scroller} className="work-lines" tabIndex={0} role="region" aria-label="Lines of the work list">
      <table aria-rowcount={(shown?.length ?? 0) + 1}>
        <thead>
          <tr>
            {['Rack', 'Position', 'IP', 'Id', 'Model', 'Do', 'Hours'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col" className="figure">
              Machines
            </th>
            <th scope="col">Done</th>
          </tr>
        </thead>
        <tbody>
          <Gap height={drawn[0]?.start ?? 0} />
          {drawn.map(({ index }) => {
            const line = shown?.lines[index - shown.from]
            return line === undefined ? (
              <Gap key={index} height={LINE_HEIGHT} />
            ) : (
              <Line
                key={index}
                index={index}
                line={line}
                done={partly.get(line.key)?.done ?? line.machines}
                onDone={(done) => setDone(line, done)}
              />
            )
          })}
          <Gap height={Math.max(0, virtual.getTotalSize() - (drawn.at(-1)?.end ?? 0))} />
        </tbody>
      </table>
    </div>
  )
}

function Gap({ height }: { readonly height: number }) {
  return height === 0 ? null : (
    <tr aria-hidden="true">
      <td colSpan={9} style={{ height, padding: 0, border: 0 }} />
    </tr>
  )
}

type LineProps = {
  readonly index: number
  readonly line: WorkLine
  readonly done: number
  readonly onDone: (done: number) => void
}

function Line({ index, line, done, onDone }: LineProps) {
  const label = `Done of ${line.id}`
  return (
    <tr aria-rowindex={index + 2} style={{ height: LINE_HEIGHT }}>
      <td>{line.rack}</td>
      <td>{line.position}</td>
      <td>{line.ip}</td>
      <th scope="row">{line.id}</th>
      <td>{line.model}</td>
      <td>{doWords(line.act, line.untilMs, line.point)}</td>
      <td>{line.hours}</td>
      <td className="figure">
        {line.machines < line.quantity
          ? `${count(line.machines)} of ${count(line.quantity)}`
          : count(line.machines)}
      </td>
      <td>
        {line.act === 'run' ? null : line.machines === 1 ? (
          <input type="checkbox" aria-label={label} checked={done === 1} onChange={() => onDone(1 - done)} />
        ) : (
          <input
            type="number"
            className="done-count"
            aria-label={`${label}, of ${counted(line.machines, 'machine')}`}
            min={0}
            max={line.machines}
            step={1}
            value={done}
            onChange={({ target }) => {
              const typed = Math.round(target.valueAsNumber)
              onDone(Number.isFinite(typed) ? Math.min(Math.max(typed, 0), line.machines) : 0)
            }}
          />
        )}
      </td>
    </tr>
  )
}
