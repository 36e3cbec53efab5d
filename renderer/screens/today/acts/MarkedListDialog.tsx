import { useState } from 'react'
import type { MarkedList } from '#shared/ipc/schemas/acts.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { api } from '../../../lib/api.ts'
import { confirmMarkedList } from '../../../state/act-actions.ts'
import { useStore } from '../../../state/store.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { ByField, useBy } from './ByField.tsx'

/** What a work list that has come home would change, before it does. */
export function MarkedListDialog({ list }: { readonly list: MarkedList }) {
  const closeDialog = useStore((state) => state.closeDialog)
  const [accepted, setAccepted] = useState(false)
  const [isStoring, setStoring] = useState(false)
  const by = useBy()
  const { token, sites, questions, leftOut, leftOutCount } = list
  const machines = sites.reduce((sum, { powerDown, start, set }) => sum + powerDown + start + set, 0)
  const hasSet = sites.some(({ set }) => set > 0)
  const close = () => {
    closeDialog()
    void api.acts.discardMarked({ token })
  }
  const isReady = machines > 0 && (questions.length === 0 || accepted) && !isStoring && by.fault === null
  return (
    <Dialog
      title={`Work list ${list.fileName}`}
      description={`${counted(list.lines, 'line')}, ${count(list.marked)} marked as done.`}
      wide
      onClose={close}
      actions={
        <>
          <ByField by={by} />
          <button type="button" className="button" onClick={close}>
            Cancel
          </button>
          <button
            type="button"
            className="button primary"
            disabled={!isReady}
            onClick={() => {
              setStoring(true)
              void confirmMarkedList(token, accepted, by.name).then((done) => {
                if (done) closeDialog()
                setStoring(false)
              })
            }}
          >
            Record {counted(machines, 'machine')}
          </button>
        </>
      }
    >
      {sites.length === 0 ? (
        <p>No line that is marked as done names a machine of the fleet.</p>
      ) : (
        <table className="marked-list">
          <thead>
            <tr>
              <th scope="col">Site</th>
              <th scope="col" className="figure">
                Powered down
              </th>
              <th scope="col" className="figure">
                Started
              </th>
              {hasSet ? (
                <th scope="col" className="figure">
                  Set to another point
                </th>
              ) : null}
              <th scope="col" className="figure">
                So already
              </th>
            </tr>
          </thead>
          <tbody>
            {sites.map(({ site, powerDown, start, set, already }) => (
              <tr key={site}>
                <th scope="row">{site}</th>
                <td className="figure">{count(powerDown)}</td>
                <td className="figure">{count(start)}</td>
                {hasSet ? <td className="figure">{count(set)}</td> : null}
                <td className="figure">{count(already)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {questions.length === 0 ? null : (
        <label className="note">
          <input type="checkbox" checked={accepted} onChange={() => setAccepted(!accepted)} />{' '}
          {questions.join(' ')} Record it all the same.
        </label>
      )}
      {leftOutCount === 0 ? null : (
        <>
          <p>{counted(leftOutCount, 'line is', 'lines are')} left out:</p>
          <ul className="left-out">
            {leftOut.map(({ line, message }) => (
              <li key={line}>
                line {line}: {message}
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  )
}
