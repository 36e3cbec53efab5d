import { useEffect, useState } from 'react'
import type { ArchivePage } from '#shared/ipc/schemas/fleet.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { longDay } from '#shared/format/times.ts'
import { api, settle } from '../../../lib/api.ts'
import { bringBack } from '../../../state/fleet-actions.ts'
import { useStore } from '../../../state/store.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'

const REST_MS = 200

/** Machines that are gone but kept: to look them up, and to bring them back. */
export function ArchiveDialog() {
  const close = useStore((state) => state.closeDialog)
  const revision = useStore((state) => state.fleet?.revision ?? 0)
  const [text, setText] = useState('')
  const [page, setPage] = useState<ArchivePage | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  useEffect(() => {
    let isMeant = true
    const timer = setTimeout(
      () => {
        void settle(api.fleet.readArchive({ text })).then((answer) => {
          if (!isMeant) return
          setFault(answer.ok ? null : answer.error.message)
          if (answer.ok) setPage(answer.value)
        })
      },
      text === '' ? 0 : REST_MS,
    )
    return () => {
      isMeant = false
      clearTimeout(timer)
    }
  }, [text, revision])
  const take = async () => {
    if (await bringBack([...chosen])) setChosen(new Set())
  }
  const toggle = (key: number) =>
    setChosen((keys) => {
      const next = new Set(keys)
      if (!next.delete(key)) next.add(key)
      return next
    })
  return (
    <Dialog
      wide
      title="Archive"
      description="Machines that are gone but kept. They count nowhere, and their ids are free for others."
      onClose={close}
      actions={
        <>
          {fault === null ? null : (
            <p className="fault-text left" role="alert">
              {fault}
            </p>
          )}
          <button type="button" className="button" onClick={close}>
            Close
          </button>
          <button
            type="button"
            className="button primary"
            disabled={chosen.size === 0}
            onClick={() => void take()}
          >
            {chosen.size === 0 ? 'Bring back' : `Bring back ${counted(chosen.size, 'row')}`}
          </button>
        </>
      }
    >
      <Field label="Search id, model, site" value={text} onChange={setText} />
      {page === null ? null : (
        <>
          <p className="note" role="status">
            {page.total === 0
              ? 'Nothing is archived.'
              : page.found === page.machines.length
                ? `${count(page.found)} of ${counted(page.total, 'row')}.`
                : `The newest ${count(page.machines.length)} of ${counted(page.found, 'row')}; a search finds the others.`}
          </p>
          {page.machines.length === 0 ? null : (
            <div
              className="table-scroll archive-rows"
              tabIndex={0}
              role="group"
              aria-label="Archived machines"
            >
              <ArchiveRows page={page} chosen={chosen} onToggle={toggle} />
            </div>
          )}
        </>
      )}
    </Dialog>
  )
}

type RowsProps = {
  readonly page: ArchivePage
  readonly chosen: ReadonlySet<number>
  readonly onToggle: (key: number) => void
}

function ArchiveRows({ page, chosen, onToggle }: RowsProps) {
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">Id</th>
          <th scope="col">Model</th>
          <th scope="col">Site</th>
          <th scope="col" className="figure">
            Machines
          </th>
          <th scope="col">Archived</th>
        </tr>
      </thead>
      <tbody>
        {page.machines.map(({ key, id, model, site, quantity, archivedAtMs }) => (
          <tr key={key}>
            <th scope="row">
              <label className="check">
                <input type="checkbox" checked={chosen.has(key)} onChange={() => onToggle(key)} /> {id}
              </label>
            </th>
            <td>{model}</td>
            <td>{site}</td>
            <td className="figure">{count(quantity)}</td>
            <td>{longDay(archivedAtMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
