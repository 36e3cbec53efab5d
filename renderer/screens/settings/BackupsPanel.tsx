import { useId, useState } from 'react'
import type { BackupCheck, BackupCopy, Backups } from '#shared/ipc/schemas/backups.ts'
import { count, counted, fileSize } from '#shared/format/numbers.ts'
import { api, settle } from '../../lib/api.ts'
import { Progress } from '../../parts/Progress.tsx'
import { makeBackup } from '../../state/actions.ts'
import { useStore } from '../../state/store.ts'
import { SteadyButton } from '../../ui/SteadyButton.tsx'
import { KIND_WORDS, madeWords, stateOf } from './backup-words.ts'
import type { Checks } from './use-backups.ts'
import { useBackups } from './use-backups.ts'

/** As many as a month brings with the daily ones that stay. */
const SHOWN_AT_FIRST = 8

/** How many there are, and what room they take; those made by hand, before a restore and before an update stay until they are deleted. */
const together = (copies: readonly BackupCopy[]): string =>
  `${counted(copies.length, 'copy', 'copies')}, together ${fileSize(copies.reduce((sum, { bytes }) => sum + bytes, 0))}. Daily ones are thinned out; the others stay until you delete them.`

/** The copies of everything that is stored: which there are, making one, and going back to one. */
export function BackupsPanel() {
  const headingId = useId()
  const [showsAll, setShowsAll] = useState(false)
  const dailyFault = useStore((state) => state.backupFault)
  const { backups, fault, checks } = useBackups(showsAll ? Infinity : SHOWN_AT_FIRST)
  const older = Math.max((backups?.copies.length ?? 0) - SHOWN_AT_FIRST, 0)
  return (
    <section className="panel backups" aria-labelledby={headingId}>
      <div className="pad settings-group">
        <h2 id={headingId} tabIndex={-1}>
          Backups
        </h2>
        <p className="muted">
          While the window is open a copy of everything is made once a day, if something has changed.
          {backups === null ? null : (
            <>
              {' '}
              The copies are in <span className="address">{backups.folder}</span>
              {backups.copies.length === 0 ? '.' : `: ${together(backups.copies)}`}
            </>
          )}
        </p>
        {[dailyFault, fault].map((words) =>
          words === null ? null : (
            <p key={words} className="fault-text" role="alert">
              {words}
            </p>
          ),
        )}
        <MakeBackup />
      </div>
      {backups === null ? null : backups.copies.length === 0 ? (
        <p className="backups-none muted">There is no backup yet.</p>
      ) : (
        <Copies backups={backups} shown={showsAll ? backups.copies.length : SHOWN_AT_FIRST} checks={checks} />
      )}
      {older === 0 ? null : (
        <p className="backups-older">
          <button
            type="button"
            className="button quiet"
            aria-expanded={showsAll}
            onClick={() => setShowsAll(!showsAll)}
          >
            {showsAll ? 'Show fewer' : `Show ${count(older)} older`}
          </button>
        </p>
      )}
    </section>
  )
}

function MakeBackup() {
  const [isMaking, setMaking] = useState(false)
  const make = async () => {
    setMaking(true)
    await makeBackup()
    setMaking(false)
  }
  return (
    <div className="actions">
      <SteadyButton idle={isMaking} onClick={() => void make()}>
        {isMaking ? 'Making a backup…' : 'Make a backup now'}
      </SteadyButton>
      {isMaking ? (
        <>
          <button type="button" className="button" onClick={() => void settle(api.task.cancel({}))}>
            Cancel
          </button>
          <Progress waiting="" of="Pages copied" />
        </>
      ) : null}
    </div>
  )
}

type CopiesProps = { readonly backups: Backups; readonly shown: number; readonly checks: Checks }

function Copies({ backups: { copies, now }, shown, checks }: CopiesProps) {
  const isRestorable = (copy: BackupCopy) => {
    const check = checks.get(copy.name)
    return typeof check === 'object' && stateOf(check).isFit ? check.holdings : null
  }
  return (
    <div className="table-scroll">
      <table className="plain" aria-label="Backups, newest first">
        <thead>
          <tr>
            <th scope="col">Made</th>
            <th scope="col">Why</th>
            <th scope="col" className="figure">
              Size
            </th>
            <th scope="col" className="figure">
              Machines
            </th>
            <th scope="col" className="figure">
              Sites
            </th>
            <th scope="col">State</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {copies.slice(0, shown).map((copy) => {
            const check = checks.get(copy.name)
            const found = typeof check === 'object' ? check : null
            const holdings = isRestorable(copy)
            return (
              <tr key={copy.name}>
                <th scope="row">
                  {madeWords(copy)}
                  <p className="note">{copy.name}</p>
                </th>
                <td>{KIND_WORDS[copy.kind]}</td>
                <td className="figure">{fileSize(copy.bytes)}</td>
                <td className="figure">{found === null ? '' : count(found.holdings?.machines ?? NaN)}</td>
                <td className="figure">{found === null ? '' : count(found.holdings?.sites ?? NaN)}</td>
                <State check={check} />
                <td className="row-actions">
                  <SteadyButton
                    className="button quiet"
                    idle={holdings === null}
                    aria-label={`Restore ${copy.name}`}
                    onClick={() =>
                      holdings !== null &&
                      useStore.getState().open({
                        kind: 'restore',
                        name: copy.name,
                        asks: { made: madeWords(copy), holdings, now },
                        wasUndo: false,
                      })
                    }
                  >
                    Restore…
                  </SteadyButton>
                  <button
                    type="button"
                    className="button quiet"
                    aria-label={`Delete ${copy.name}`}
                    onClick={() => useStore.getState().open({ kind: 'remove-backup', copy })}
                  >
                    Delete…
                  </button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** How a copy is, once it was looked at. */
function State({ check }: { readonly check: BackupCheck | string | undefined }) {
  if (check === undefined) return <td className="muted">Looking into it…</td>
  if (typeof check === 'string') return <td className="fault-text">{check}</td>
  const { isFit, words } = stateOf(check)
  return <td className={isFit ? undefined : 'fault-text'}>{words}</td>
}
