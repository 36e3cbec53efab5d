import { useState } from 'react'
import { textFault } from '#shared/domain/fleet/names.ts'
import type { StoredMachine } from '../../../engine/protocol.ts'
import { api, settle } from '../../../lib/api.ts'
import { changed } from '../../../state/actions.ts'
import { useStore } from '../../../state/store.ts'
import { TextArea } from '../../../ui/TextArea.tsx'

/** What people wrote about a machine; it stays typed until it is stored or dropped. */
export function Notes({ machine: { key, id, notes } }: { readonly machine: StoredMachine }) {
  const [typed, setTyped] = useState<string | null>(null)
  const [told, setTold] = useState<string | null>(null)
  const text = typed ?? notes
  const unfit = textFault('notes', text)
  const isOther = typed !== null && typed !== notes
  const save = async () => {
    const answer = await settle(
      api.fleet.updateMachines({ keys: [key], patch: { notes: text }, before: { notes } }),
    )
    if (!answer.ok) {
      setTold(answer.error.message)
      await useStore.getState().readFleet()
      return
    }
    await changed(`Notes of ${id} are changed.`)
    setTyped(null)
    setTold(null)
  }
  return (
    <>
      <TextArea
        label="Notes"
        rows={4}
        value={text}
        fault={
          told ??
          (unfit === null ? null : `The notes ${unfit.replace('is', 'are').replace('contains', 'contain')}.`)
        }
        onChange={setTyped}
      />
      {isOther ? (
        <div className="actions">
          <button
            type="button"
            className="button primary"
            disabled={unfit !== null}
            onClick={() => void save()}
          >
            Store the notes
          </button>
          <button
            type="button"
            className="button"
            onClick={() => {
              setTyped(null)
              setTold(null)
            }}
          >
            Drop
          </button>
        </div>
      ) : null}
    </>
  )
}
