import { useEffect, useId, useRef, useState } from 'react'
import type { ChannelOutput } from '#shared/ipc/schemas/channels.ts'
import type { RememberedThing } from '#shared/ipc/schemas/remembered.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { rememberedWords } from '#shared/format/remembered-words.ts'
import { dateTime } from '#shared/format/times.ts'
import { api, settle } from '../../lib/api.ts'
import { ConfirmInPlace } from '../../parts/ConfirmInPlace.tsx'
import { useStore } from '../../state/store.ts'
import { focusSoon } from '../../ui/focus-soon.ts'

const ABOUT: Readonly<Record<'columns' | 'fleet' | 'prices' | 'typed' | 'ledger', string>> = {
  columns: 'Columns',
  fleet: 'Fleet file',
  prices: 'Price file',
  typed: 'Typed value',
  ledger: 'Ledger file',
}
const aboutWords = (one: RememberedThing) => ABOUT[one.kind === 'columns' ? 'columns' : one.fileKind]
const saidWords = ({ saidAtMs }: RememberedThing) => (saidAtMs === null ? 'earlier' : dateTime(saidAtMs))

/** What was said once and is not asked again: each can be forgotten. */
export function RememberedPanel() {
  const headingId = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const [known, setKnown] = useState<ChannelOutput<'remembered.read'> | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [reads, setReads] = useState(0)
  /** how often everything that is stored was another one */
  const restored = useStore((state) => state.backupsSeen)
  useEffect(() => {
    let isLate = false
    void settle(api.remembered.read({})).then((answer) => {
      if (isLate) return
      if (answer.ok) setKnown(answer.value)
      setFault(answer.ok ? null : answer.error.message)
    })
    return () => void (isLate = true)
  }, [reads, restored])

  const forget = async (ids: readonly string[]) => {
    const answer = await settle(api.remembered.forget({ ids: [...ids] }))
    setFault(answer.ok ? null : answer.error.message)
    setReads((number) => number + 1)
    focusSoon(heading)
  }
  if (known === null && fault === null) return null
  const latest = known?.latest ?? []
  const more = (known?.total ?? 0) - latest.length
  return (
    <section className="panel remembered-panel" aria-labelledby={headingId}>
      <div className="pad settings-group">
        <h2 id={headingId} ref={heading} tabIndex={-1}>
          Remembered
        </h2>
        <p className="muted">
          {latest.length === 0
            ? 'Nothing yet. What you say about the columns of a file, and surprising figures that you accept, will stand here.'
            : 'What you said once about files and typed values is not asked again. Forget it, and it is asked.'}
        </p>
        {fault === null ? null : (
          <p className="fault-text" role="alert">
            {fault}
          </p>
        )}
      </div>
      {latest.length === 0 ? null : (
        <div className="table-scroll">
          <table className="plain" aria-label="Remembered">
            <thead>
              <tr>
                <th scope="col">About</th>
                <th scope="col">What is right</th>
                <th scope="col">Said</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {latest.map((one) => (
                <tr key={one.id}>
                  <td>{aboutWords(one)}</td>
                  <th scope="row">{rememberedWords(one)}</th>
                  <td>{saidWords(one)}</td>
                  <td className="row-actions">
                    <ConfirmInPlace
                      label="Forget"
                      name={`Forget ${rememberedWords(one)}`}
                      className="button quiet"
                      question="It will be asked again."
                      yes="Forget"
                      onYes={() => void forget([one.id])}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {latest.length < 2 ? null : (
        <div className="remembered-all">
          {more > 0 ? <p className="muted">and {count(more)} earlier ones</p> : null}
          <ConfirmInPlace
            label={`Forget all ${count(latest.length)}`}
            question={`${counted(latest.length, 'thing')} will be asked again.`}
            yes="Forget all"
            onYes={() => void forget(latest.map(({ id }) => id))}
          />
        </div>
      )}
    </section>
  )
}
