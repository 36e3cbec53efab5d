import { useState } from 'react'
import type { WatchedPrices } from '#shared/ipc/schemas/watched.ts'
import { dateTime } from '#shared/format/times.ts'
import { api, settle } from '../../lib/api.ts'
import { changed } from '../../state/actions.ts'
import { useStore } from '../../state/store.ts'

type WatchedFile = WatchedPrices[number]

/** The watched price files of a site: when they were read, what is wrong with them, and the ways to end that. */
export function WatchedFiles({ siteKey }: { readonly siteKey: number }) {
  const watched = useStore((state) => state.watched)
  return watched
    .filter((file) => file.siteKey === siteKey)
    .map((file) => <Watched key={file.key} file={file} />)
}

function Watched({ file }: { readonly file: WatchedFile }) {
  const { key, site, field, fileName, path, readAtMs, isStored, fault } = file
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const { takeWatched } = useStore.getState()
  const read = readAtMs === null ? 'never read' : `read ${dateTime(readAtMs)}`

  const readAgain = async (accepted: readonly string[]) => {
    setBusy(true)
    const answer = await settle(api.watched.readAgain({ key, accepted: [...accepted] }))
    setBusy(false)
    setFailure(answer.ok ? null : answer.error.message)
    if (answer.ok) takeWatched(answer.value)
  }
  const stop = async () => {
    const answer = await settle(api.watched.stop({ key }))
    setFailure(answer.ok ? null : answer.error.message)
    if (answer.ok) await changed(`${fileName} is no longer watched; its prices stay.`)
  }
  return (
    <div className="watched" role="group" aria-label={`Watched file of ${site}`}>
      <p>
        <span className="muted">
          {field === 'market.file' ? 'Watched price file' : 'Watched hand-back file'}:{' '}
        </span>
        <span className="address">{path}</span>, {read}
      </p>
      {fault === null ? null : (
        <p className="note fault" role="alert">
          {`Not stored since ${dateTime(fault.sinceMs)}: ${fault.message} ${
            readAtMs === null ? 'The prices before it count.' : `The prices of ${dateTime(readAtMs)} count.`
          }`}
        </p>
      )}
      {fault !== null || isStored ? null : (
        <p className="note">
          Other prices than those of this file count: they were undone, or imported since. It is read again
          when it changes.
        </p>
      )}
      {failure === null ? null : (
        <p className="note fault" role="alert">
          {failure}
        </p>
      )}
      <div className="actions">
        {fault?.isQuestion === true ? (
          <button type="button" className="button" disabled={isBusy} onClick={() => void readAgain(['mean'])}>
            This is right, use it
          </button>
        ) : fault !== null || !isStored ? (
          <button type="button" className="button" disabled={isBusy} onClick={() => void readAgain([])}>
            Read it again
          </button>
        ) : null}
        <button
          type="button"
          className="button quiet"
          aria-label={`Stop watching ${fileName} of ${site}`}
          onClick={() => void stop()}
        >
          Stop watching
        </button>
      </div>
    </div>
  )
}
