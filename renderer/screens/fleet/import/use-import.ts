import { useEffect, useRef, useState } from 'react'
import type { ColumnsSaid, ImportPreview } from '#shared/ipc/schemas/import.ts'
import { counted } from '#shared/format/numbers.ts'
import { api, settle } from '../../../lib/api.ts'
import { changed } from '../../../state/actions.ts'
import { selectHasMachines } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'

export type Mode = 'merge' | 'replace'
export type Stage =
  | { readonly at: 'choosing' }
  | {
      readonly at: 'preview'
      readonly preview: ImportPreview
      /** what is said about its columns, ahead of the preview while it is made again */
      readonly said: ColumnsSaid
      readonly isReading: boolean
    }
  | { readonly at: 'storing'; readonly preview: ImportPreview }
  | { readonly at: 'failed'; readonly message: string }

const NOTHING_SAID: ColumnsSaid = { columns: [], statusWords: [], decimalSign: null }

const shown = (preview: ImportPreview): Stage => ({
  at: 'preview',
  preview,
  said: saidIn(preview),
  isReading: false,
})

/** What someone has said about the columns of a file, now or before. */
function saidIn({ headings, statusWords, decimalSign }: ImportPreview): ColumnsSaid {
  return {
    columns: headings
      .filter(({ isSaid }) => isSaid)
      .map(({ heading, field, factor, offset }) => ({ heading, field, factor, offset })),
    statusWords: statusWords.flatMap(({ word, status }) => (status === null ? [] : [{ word, status }])),
    decimalSign,
  }
}

/** The way of a file from the dialog of the operating system to the fleet, with its preview made again whenever something is said about it. */
export function useImport() {
  const close = useStore((state) => state.closeDialog)
  const hasMachines = useStore(selectHasMachines)
  const takeProgress = useStore((state) => state.takeProgress)
  const [stage, setStage] = useState<Stage>({ at: 'choosing' })
  const [mode, setMode] = useState<Mode>('merge')
  const [accepted, setAccepted] = useState<readonly string[]>([])
  const token = useRef<string | null>(null)
  const begun = useRef(false)
  const lastReading = useRef(0)
  const underWay = useRef<Promise<void> | null>(null)

  const choose = async () => {
    setStage({ at: 'choosing' })
    takeProgress(null)
    const answer = await settle(api.import.choose({}))
    takeProgress(null)
    const chosen = answer.ok ? answer.value : null
    if (chosen !== null && 'workList' in chosen) {
      useStore.getState().open({ kind: 'marked-list', list: chosen.workList })
    } else if (chosen !== null) {
      token.current = chosen.token
      setAccepted([])
      setStage(shown(chosen))
    } else if (answer.ok || answer.error.code === 'cancelled') {
      close()
    } else {
      setStage({ at: 'failed', message: answer.error.message })
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
    if (stage.at === 'preview' && token.current !== null)
      void settle(api.import.discard({ token: token.current }))
    close()
  }

  /** Only the newest reading counts; one that is under way is stopped, and ends before the next begins. */
  const readAgain = (preview: ImportPreview, said: ColumnsSaid) => {
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
      const answer = await settle(api.import.again({ token: token.current, ...said }))
      if (answer.ok) token.current = answer.value.token
      if (!isNewest()) return
      underWay.current = null
      takeProgress(null)
      if (answer.ok) setStage(shown(answer.value))
      else if (answer.error.code === 'cancelled') setStage(shown(preview))
      else setStage({ at: 'failed', message: answer.error.message })
    }
    underWay.current = read()
  }

  const forget = async (preview: ImportPreview, said: ColumnsSaid, what: 'columns' | 'answers') => {
    const answer = await settle(api.import.forget({ token: preview.token, what }))
    if (answer.ok) readAgain(preview, what === 'columns' ? NOTHING_SAID : said)
    else setStage({ at: 'failed', message: answer.error.message })
  }

  const store = async (preview: ImportPreview) => {
    setStage({ at: 'storing', preview })
    takeProgress(null)
    const answer = await settle(
      api.import.confirm({
        token: preview.token,
        mode: hasMachines ? mode : 'replace',
        accepted: [...accepted],
      }),
    )
    takeProgress(null)
    if (answer.ok) {
      token.current = null
      close()
      const { added, updated, removed } = answer.value
      const parts = [
        added > 0 ? `${counted(added, 'row')} added` : null,
        updated > 0 ? `${counted(updated, 'row')} updated` : null,
        removed > 0 ? `${counted(removed, 'row')} removed` : null,
      ].filter((part) => part !== null)
      await changed(`${preview.fileName}: ${parts.join(', ') || 'nothing new'}.`)
    } else if (answer.error.code === 'cancelled') {
      setStage(shown(preview))
    } else {
      setStage({ at: 'failed', message: answer.error.message })
    }
  }

  const stopReading = () => void settle(api.task.cancel({}))
  const answer = (name: string, isRight: boolean) =>
    setAccepted(isRight ? [...accepted, name] : accepted.filter((other) => other !== name))
  return {
    ...{ stage, mode, setMode, accepted, answer, hasMachines },
    ...{ choose, leave, readAgain, stopReading, forget, store },
  }
}
