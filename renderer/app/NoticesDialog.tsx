import { useEffect, useState } from 'react'
import { api, settle } from '../lib/api.ts'
import { useStore } from '../state/store.ts'
import { Dialog } from '../ui/Dialog.tsx'

type Notices = { readonly text: string } | { readonly fault: string }

/** The licences of what others have written and the program contains, as they ask to be shown. */
export function NoticesDialog() {
  const close = useStore((state) => state.closeDialog)
  const [notices, setNotices] = useState<Notices | null>(null)
  useEffect(() => {
    void settle(api.app.notices({})).then((answer) =>
      setNotices(answer.ok ? answer.value : { fault: answer.error.message }),
    )
  }, [])
  return (
    <Dialog
      wide
      title="Software by others"
      description="What Strikeline contains, and under which licences."
      onClose={close}
      actions={
        <button type="button" className="button primary" onClick={close}>
          Close
        </button>
      }
    >
      {notices !== null && 'fault' in notices ? (
        <p className="fault-text" role="alert">
          {notices.fault}
        </p>
      ) : (
        <div className="notices" role="region" aria-label="Licences" tabIndex={0}>
          {notices?.text}
        </div>
      )}
    </Dialog>
  )
}
