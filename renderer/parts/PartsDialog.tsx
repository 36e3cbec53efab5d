import { useEffect, useRef, useState } from 'react'
import type { PartChoice, PartFileKind, PartPreview } from '#shared/ipc/schemas/case.ts'
import { counted } from '#shared/format/numbers.ts'
import { api, settle } from '../lib/api.ts'
import { changed } from '../state/actions.ts'
import { useStore } from '../state/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { PartsPreview } from './PartsPreview.tsx'
import { Questions } from './Questions.tsx'

type Stage =
  | { readonly at: 'choosing' }
  | { readonly at: 'preview'; readonly preview: PartPreview }
  | { readonly at: 'storing'; readonly preview: PartPreview }
  | { readonly at: 'failed'; readonly message: string }

const TITLES: Readonly<Record<PartFileKind, string>> = {
  contracts: 'Import contracts',
  ladders: 'Import operating points',
  prices: 'Import market prices',
}
const WAITING: Readonly<Record<PartFileKind, string>> = {
  contracts: 'Choose a sites.json in the file dialog. Price files that it names are read with it.',
  prices:
    'Choose a table of prices (CSV) in the file dialog: time, and a price whose heading says currency and unit.',
  ladders: 'Choose a table of operating points (CSV) in the file dialog.',
}

/**
 * A file of contracts or operating points: choose it, see what would change, then store all of it or nothing.
 * @param source the file that is asked for, or what another import has brought along
 */
export function PartsDialog({ source }: { readonly source: PartChoice | PartPreview }) {
  const close = useStore((state) => state.closeDialog)
  const choice = 'token' in source ? null : source
  const kind = choice?.kind ?? 'contracts'
  const [stage, setStage] = useState<Stage>(
    'token' in source ? { at: 'preview', preview: source } : { at: 'choosing' },
  )
  // What came along with something else changes nothing that is stored, unless it is asked to.
  const [replace, setReplace] = useState(choice !== null)
  const [accepted, setAccepted] = useState<readonly string[]>([])
  const [isWatched, setWatched] = useState(false)
  const begun = useRef(false)

  const choose = async (wanted: PartChoice) => {
    setStage({ at: 'choosing' })
    const answer = await settle(api.parts.choose(wanted))
    if (!answer.ok) setStage({ at: 'failed', message: answer.error.message })
    else if (answer.value === null) close()
    else {
      setStage({ at: 'preview', preview: answer.value })
      setAccepted([])
      setWatched(answer.value.isWatched)
    }
  }
  useEffect(() => {
    // The effect runs twice while developing; the file dialog should open once.
    if (begun.current || choice === null) return
    begun.current = true
    void choose(choice)
  })

  const leave = () => {
    if (stage.at === 'preview') void settle(api.parts.discard({ token: stage.preview.token }))
    close()
  }
  const store = async (preview: PartPreview) => {
    setStage({ at: 'storing', preview })
    const answer = await settle(
      api.parts.confirm({ token: preview.token, replace, accepted: [...accepted], isWatched }),
    )
    if (!answer.ok) {
      setStage({ at: 'failed', message: answer.error.message })
      return
    }
    close()
    const stored = preview.new + (replace ? preview.differs : 0)
    await changed(
      `${preview.fileName}: ${stored === 0 ? 'nothing new' : `${counted(stored, 'part')} stored`}${isWatched ? ', and watched' : ''}.`,
    )
  }

  const another =
    choice === null ? null : (
      <button type="button" className="button left" onClick={() => void choose(choice)}>
        Choose another file…
      </button>
    )
  switch (stage.at) {
    case 'choosing':
    case 'storing':
      return (
        <Dialog
          title={stage.at === 'storing' ? `Storing ${stage.preview.fileName}` : TITLES[kind]}
          onClose={leave}
          actions={
            <button type="button" className="button" onClick={leave}>
              {stage.at === 'storing' ? 'Close' : 'Cancel'}
            </button>
          }
        >
          <p className="muted" role="status">
            {stage.at === 'storing' ? 'Storing all of it or nothing.' : WAITING[kind]}
          </p>
        </Dialog>
      )
    case 'failed':
      return (
        <Dialog
          title="The file was not imported"
          onClose={leave}
          actions={
            <>
              {another}
              <button type="button" className="button primary" onClick={leave}>
                Close
              </button>
            </>
          }
        >
          <p className="fault-text" role="alert">
            {stage.message}
          </p>
          <p className="muted">Nothing was stored.</p>
        </Dialog>
      )
    case 'preview': {
      const { preview } = stage
      const refused = preview.unknown > 0 && !preview.leavesUnknown
      const stored = preview.new + (replace ? preview.differs : 0)
      const isOpen = preview.questions.some(({ name }) => !accepted.includes(name))
      // Whether it is watched can be said of a file whose prices are stored.
      const changesNothing = stored === 0 && isWatched === preview.isWatched
      return (
        <Dialog
          wide
          title={`Import ${preview.fileName}`}
          description={
            refused
              ? 'Nothing can be stored while a name is not in the fleet. Add it or correct the file, and choose it again.'
              : 'This is what would change. Nothing is stored until you confirm; undo takes it back.'
          }
          onClose={leave}
          actions={
            <>
              {another}
              <button type="button" className="button" onClick={leave}>
                Cancel
              </button>
              <button
                type="button"
                className="button primary"
                disabled={refused || changesNothing || isOpen}
                onClick={() => void store(preview)}
              >
                Import ({counted(stored, 'part')})
              </button>
            </>
          }
        >
          <PartsPreview preview={preview} />
          {refused || preview.questions.length === 0 ? null : (
            <Questions
              questions={preview.questions}
              isList={false}
              accepted={accepted}
              onAnswer={(name, isRight) =>
                setAccepted(isRight ? [...accepted, name] : accepted.filter((other) => other !== name))
              }
            />
          )}
          {refused || preview.priceFiles === 0 ? null : (
            <label className="check">
              <input
                type="checkbox"
                checked={isWatched}
                onChange={(event) => setWatched(event.target.checked)}
              />
              <span>
                <b>Watch {preview.priceFiles === 1 ? 'the price file' : 'the price files'}.</b> Read again
                whenever it changes; what is refused or surprising in it is shown under Sites, and the prices
                before it stay.
              </span>
            </label>
          )}
          {preview.differs === 0 || refused ? null : (
            <fieldset className="modes">
              <legend className="field-label">
                {counted(preview.differs, 'part differs', 'parts differ')} from what is stored
              </legend>
              <label className="check">
                <input type="radio" name="replace" checked={replace} onChange={() => setReplace(true)} />
                <span>
                  <b>Replace.</b> What the file says takes the place of what is stored.
                </span>
              </label>
              <label className="check">
                <input type="radio" name="replace" checked={!replace} onChange={() => setReplace(false)} />
                <span>
                  <b>Keep.</b> Only what is new is stored; what differs stays as it is here.
                </span>
              </label>
            </fieldset>
          )}
        </Dialog>
      )
    }
  }
}
