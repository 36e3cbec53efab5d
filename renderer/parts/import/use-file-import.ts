import { useEffect, useRef, useState } from 'react'
import type { Result } from '#shared/ipc/errors.ts'
import { api, settle } from '../../lib/api.ts'
import { useStore } from '../../state/store.ts'

type Waiting = { readonly token: string; readonly fileName: string }

export type Stage<Preview, Said> =
  | { readonly at: 'choosing' }
  | {
      readonly at: 'preview'
      readonly preview: Preview
      /** what is said about it, ahead of the preview while that is made again */
      readonly said: Said
      readonly isReading: boolean
    }
  | { readonly at: 'storing'; readonly preview: Preview }
  | { readonly at: 'failed'; readonly message: string }

/** What is asked of the main process about a file that waits to be imported. */
type FileImport<Preview extends Waiting, Said, Stored> = {
  /** 'elsewhere': the file is something else, and is shown where that belongs; null: the file dialog was closed */
  readonly choose: () => Promise<Result<Preview | 'elsewhere' | null>>
  /** reads it again with what is said */
  readonly again: (token: string, said: Said) => Promise<Result<Preview>>
  readonly forget: (token: string, what: 'columns' | 'answers') => Promise<Result<unknown>>
  readonly discard: (token: string) => Promise<Result<unknown>>
  readonly confirm: (token: string, accepted: string[]) => Promise<Result<Stored>>
  /** after the dialog is closed */
  readonly stored: (preview: Preview, stored: Stored) => Promise<void>
  /** what someone has said about it; before: what was sent with the reading of this preview, null: nothing */
  readonly saidIn: (preview: Preview, before: Said | null) => Said
  /** the same without what is said about columns */
  readonly withoutColumns: (said: Said) => Said
}

/** The way of a file from the dialog of the operating system to what is stored, with its preview made again whenever something is said about it. */
export function useFileImport<Preview extends Waiting, Said, Stored>(
  file: FileImport<Preview, Said, Stored>,
) {
  const close = useStore((state) => state.closeDialog)
  const takeProgress = useStore((state) => state.takeProgress)
  const [stage, setStage] = useState<Stage<Preview, Said>>({ at: 'choosing' })
  const [accepted, setAccepted] = useState<readonly string[]>([])
  const token = useRef<string | null>(null)
  const begun = useRef(false)
  const lastReading = useRef(0)
  const underWay = useRef<Promise<void> | null>(null)
  /** what the preview was read with */
  const readWith = useRef<Said | null>(null)
  const show = (preview: Preview) =>
    setStage({
      at: 'preview',
      preview,
      said: file.saidIn(preview, readWith.current),
      isReading: false,
    })

  const choose = async () => {
    setStage({ at: 'choosing' })
    takeProgress(null)
    const answer = await settle(file.choose())
    takeProgress(null)
    if (!answer.ok && answer.error.code !== 'cancelled') {
      setStage({ at: 'failed', message: answer.error.message })
      return
    }
    const chosen = answer.ok ? answer.value : null
    if (chosen === 'elsewhere') return
    if (chosen === null) close()
    else {
      token.current = chosen.token
      readWith.current = null
      setAccepted([])
      show(chosen)
    }
  }
  useEffect(() => {
    // The effect runs twice while developing; the file dialog should open once.
    if (begun.current) return
    begun.current = true
    void choose()
  })

  const leave = () => {
    const isBusy =
      stage.at === 'choosing' || stage.at === 'storing' || (stage.at === 'preview' && stage.isReading)
    lastReading.current++
    if (isBusy) void settle(api.task.cancel({}))
    if (stage.at === 'preview' && token.current !== null) void settle(file.discard(token.current))
    close()
  }

  /** Only the newest reading counts; one that is under way is stopped, and ends before the next begins. */
  const readAgain = (preview: Preview, said: Said) => {
    const number = ++lastReading.current
    const before = underWay.current
    const isNewest = () => number === lastReading.current
    setStage({ at: 'preview', preview, said, isReading: true })
    setAccepted([])
    if (before !== null) void settle(api.task.cancel({}))
    const read = async () => {
      await before
      if (!isNewest() || token.current === null) return
      takeProgress(null)
      const answer = await settle(file.again(token.current, said))
      if (answer.ok) {
        token.current = answer.value.token
        readWith.current = said
      }
      if (!isNewest()) return
      underWay.current = null
      takeProgress(null)
      if (answer.ok) show(answer.value)
      else if (answer.error.code === 'cancelled') show(preview)
      else setStage({ at: 'failed', message: answer.error.message })
    }
    underWay.current = read()
  }

  const forget = async (preview: Preview, said: Said, what: 'columns' | 'answers') => {
    const answer = await settle(file.forget(preview.token, what))
    if (answer.ok) readAgain(preview, what === 'columns' ? file.withoutColumns(said) : said)
    else setStage({ at: 'failed', message: answer.error.message })
  }

  const store = async (preview: Preview) => {
    setStage({ at: 'storing', preview })
    takeProgress(null)
    const answer = await settle(file.confirm(preview.token, [...accepted]))
    takeProgress(null)
    if (answer.ok) {
      token.current = null
      close()
      await file.stored(preview, answer.value)
    } else if (answer.error.code === 'cancelled') {
      show(preview)
    } else {
      setStage({ at: 'failed', message: answer.error.message })
    }
  }

  const stopReading = () => void settle(api.task.cancel({}))
  const answer = (name: string, isRight: boolean) =>
    setAccepted(isRight ? [...accepted, name] : accepted.filter((other) => other !== name))
  return { stage, accepted, answer, choose, leave, readAgain, stopReading, forget, store }
}
