import { useEffect, useRef, useState } from 'react'
import { count } from '#shared/format/numbers.ts'
import { api, settle } from '../../lib/api.ts'
import { Progress } from '../../parts/Progress.tsx'
import { tellRestored } from '../../state/actions.ts'
import { useStore } from '../../state/store.ts'
import type { OpenDialog } from '../../state/view-slice.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { SteadyButton } from '../../ui/SteadyButton.tsx'

type Restore = Extract<OpenDialog, { readonly kind: 'restore' }>
type Stage =
  | { readonly at: 'asking' }
  | { readonly at: 'restoring' }
  | { readonly at: 'failed'; readonly message: string }

/** Puts a copy in the place of everything that is stored: says first what that means, unless it takes a restore back. */
export function RestoreDialog({ restore: { name, asks, wasUndo } }: { readonly restore: Restore }) {
  const close = useStore((state) => state.closeDialog)
  const takeProgress = useStore((state) => state.takeProgress)
  // Once what is here is copied, the rest is done whole.
  const isPlacing = useStore(({ progress }) => progress !== null && progress.done === progress.total)
  const [stage, setStage] = useState<Stage>(asks === null ? { at: 'restoring' } : { at: 'asking' })
  const begun = useRef(false)

  const begin = async () => {
    setStage({ at: 'restoring' })
    takeProgress(null)
    const answer = await settle(api.backups.restore({ name }))
    takeProgress(null)
    if (answer.ok) {
      close()
      await tellRestored(answer.value, wasUndo)
    } else if (answer.error.code === 'cancelled') {
      close()
    } else {
      setStage({ at: 'failed', message: answer.error.message })
    }
  }
  useEffect(() => {
    // The effect runs twice while developing; what is taken back should be taken back once.
    if (begun.current || asks !== null) return
    begun.current = true
    void begin()
  })

  switch (stage.at) {
    case 'asking':
      return (
        <Dialog
          title="Restore this backup?"
          description="The copy takes the place of everything: machines, sites, contracts, operating points, settings, alerts and the history of the network. What is here now is copied first, so that you can undo it."
          onClose={close}
          actions={
            <>
              <button type="button" className="button" onClick={close}>
                Cancel
              </button>
              <button type="button" className="button danger" onClick={() => void begin()}>
                Restore
              </button>
            </>
          }
        >
          {asks === null ? null : <Comparison asks={asks} />}
        </Dialog>
      )
    case 'restoring': {
      const stop = () => void settle(api.task.cancel({}))
      return (
        <Dialog
          title={wasUndo ? 'Undoing the restore' : 'Restoring the backup'}
          onClose={stop}
          actions={
            <SteadyButton idle={isPlacing} onClick={stop}>
              Cancel
            </SteadyButton>
          }
        >
          {isPlacing ? (
            <p role="status">What is here now is copied. The backup takes its place.</p>
          ) : (
            <Progress
              waiting="The backup is looked through, then what is here now is copied."
              of="What is here now, pages copied"
            />
          )}
        </Dialog>
      )
    }
    case 'failed':
      return (
        <Dialog
          title="The backup was not restored"
          onClose={close}
          actions={
            <button type="button" className="button primary" onClick={close}>
              Close
            </button>
          }
        >
          <p className="fault-text" role="alert">
            {stage.message}
          </p>
        </Dialog>
      )
  }
}

function Comparison({ asks: { made, holdings, now } }: { readonly asks: NonNullable<Restore['asks']> }) {
  return (
    <table className="plain" aria-label="What is here and what comes">
      <thead>
        <tr>
          <td />
          <th scope="col">Here now</th>
          <th scope="col">In the backup</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">Machines</th>
          <td>{count(now.machines)}</td>
          <td>{count(holdings.machines)}</td>
        </tr>
        <tr>
          <th scope="row">Sites</th>
          <td>{count(now.sites)}</td>
          <td>{count(holdings.sites)}</td>
        </tr>
        <tr>
          <th scope="row">Entries of the ledger</th>
          <td>{count(now.ledgerEntries)}</td>
          <td>{count(holdings.ledgerEntries)}</td>
        </tr>
        <tr>
          <th scope="row">As of</th>
          <td>now</td>
          <td>{made}</td>
        </tr>
      </tbody>
    </table>
  )
}
