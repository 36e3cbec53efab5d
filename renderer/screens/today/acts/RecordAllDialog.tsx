import { useState } from 'react'
import { machinesCalled, NO_SITES_TO_CALL } from '#shared/domain/decision/acts/called.ts'
import { notNowFor } from '#shared/domain/decision/acts/decision-log.ts'
import { actCountWords } from '#shared/format/act-words.ts'
import { counted } from '#shared/format/numbers.ts'
import { recordDone } from '../../../state/act-actions.ts'
import { useStore } from '../../../state/store.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { ByField, useBy } from './ByField.tsx'

/** Records several sites as done at once, as one step of undo. */
export function RecordAllDialog() {
  const { sites } = useStore((state) => state.picture?.sitesToCall ?? NO_SITES_TO_CALL)
  const close = useStore((state) => state.closeDialog)
  const [left, setLeft] = useState<ReadonlySet<number>>(() => {
    const { decisions, network } = useStore.getState()
    const nowMs = network?.readAtMs ?? Date.now()
    const quiet = sites.filter((site) => notNowFor(decisions ?? [], site, nowMs) !== null)
    return new Set(quiet.map(({ siteKey }) => siteKey))
  })
  const by = useBy()
  const chosen = sites.filter(({ siteKey }) => !left.has(siteKey))
  const machines = chosen.reduce((sum, site) => sum + machinesCalled(site), 0)
  const toggle = (siteKey: number) => {
    const next = new Set(left)
    if (!next.delete(siteKey)) next.add(siteKey)
    setLeft(next)
  }
  return (
    <Dialog
      title="Record as done"
      description="The machines take their new state. One undo takes all of it back."
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
            disabled={chosen.length === 0 || by.fault !== null}
            onClick={() => {
              close()
              void recordDone(chosen, { by: by.name })
            }}
          >
            Done: {counted(machines, 'machine')}
          </button>
        </>
      }
    >
      <ul className="record-all">
        {sites.map((site) => (
          <li key={site.siteKey}>
            <label>
              <input
                type="checkbox"
                checked={!left.has(site.siteKey)}
                onChange={() => toggle(site.siteKey)}
              />{' '}
              {site.site}: {actCountWords(site).toLowerCase()}
            </label>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
