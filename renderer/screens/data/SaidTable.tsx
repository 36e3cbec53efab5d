import type { ReactNode } from 'react'
import type { SaidValue } from '#shared/ipc/schemas/network.ts'
import { age, dateTime } from '#shared/format/times.ts'
import { sourceWord } from '#shared/format/words.ts'
import type { SaidState } from './said-rows.ts'
import { saidState, saidWords } from './said-rows.ts'

type Props = {
  /** of the value */
  readonly name: string
  readonly said: readonly SaidValue[]
  readonly show: (value: number) => string
  readonly nowMs: number
}

/** What each source said of one value, and what became of it. */
export function SaidTable({ name, said, show, nowMs }: Props) {
  if (said.length === 0) return <p className="muted">No source has said anything of it yet.</p>
  return (
    <table className="said" aria-label={`${name}: which source said what`}>
      <thead>
        <tr>
          <th scope="col">Source</th>
          <th scope="col" className="figure">
            Said
          </th>
          <th scope="col">True as of</th>
          <th scope="col">Age</th>
          <th scope="col">What became of it</th>
        </tr>
      </thead>
      <tbody>
        {said.map((each) => (
          <tr key={`${each.source} ${each.refused ?? ''}`}>
            <th scope="row">{sourceWord(each.source)}</th>
            <td className="figure">{show(each.value)}</td>
            <td className="muted">{dateTime(each.asOfMs)}</td>
            <td className="muted">{age(each.asOfMs, nowMs)}</td>
            <td>
              <span className={`said-state ${saidState(each)}`}>
                <svg viewBox="0 0 10 10" aria-hidden="true">
                  {SHAPES[saidState(each)]}
                </svg>
                <span>{saidWords(each)}</span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const SHAPES: Readonly<Record<SaidState, ReactNode>> = {
  'in-force': <circle cx="5" cy="5" r="3.2" />,
  'stands-by': <circle cx="5" cy="5" r="3.2" />,
  stale: <path d="M5 1l4.5 8h-9z" />,
  'kept-out': <path d="M2 2l6 6M8 2l-6 6" />,
}
