import { useState } from 'react'
import { machinesCalled } from '#shared/domain/decision/acts/called.ts'
import { actCountWords, recordedWords } from '#shared/format/act-words.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { chooseMarkedList, printWorkList, recordDone, saveWorkList } from '../../../state/act-actions.ts'
import { useStore } from '../../../state/store.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { ByField, useBy } from './ByField.tsx'
import { useCall } from './use-call.ts'
import { WorkListLines } from './WorkListLines.tsx'

const RECORDED_SHOWN = 5

/** Rows of which not all machines are done: key → how many are, of how many. */
export type Partly = ReadonlyMap<number, { readonly done: number; readonly of: number }>

/** What is to be done at a site, line by line: to print, to take along, and to record in part. */
export function WorkListDialog({ siteKey }: { readonly siteKey: number | null }) {
  const call = useCall(siteKey)
  const decisions = useStore((state) => state.decisions)
  const close = useStore((state) => state.closeDialog)
  const [partly, setPartly] = useState<Partly>(new Map())
  const by = useBy()
  if (call === null) return null
  const all = machinesCalled(call)
  const left = [...partly.values()].reduce((sum, { done, of }) => sum + of - done, 0)
  const recorded = (decisions ?? []).filter((each) => each.siteKey === siteKey).slice(0, RECORDED_SHOWN)
  return (
    <Dialog
      title={`Work list of ${call.site}`}
      description={`${actCountWords(call)}. In the order in which one walks past them.`}
      wide
      onClose={close}
      actions={
        <>
          <button
            type="button"
            className="button left"
            onClick={() => {
              close()
              void chooseMarkedList()
            }}
          >
            Import marked list…
          </button>
          <button type="button" className="button" onClick={() => void printWorkList(call)}>
            Print…
          </button>
          <button type="button" className="button" onClick={() => void saveWorkList(call.site)}>
            CSV…
          </button>
          <ByField by={by} />
          <button
            type="button"
            className="button primary"
            disabled={left >= all || by.fault !== null}
            onClick={() => {
              close()
              void recordDone([call], {
                partly: [...partly].map(([key, { done }]) => ({ key, machines: done })),
                by: by.name,
              })
            }}
          >
            Done:{' '}
            {left === 0 ? counted(all, 'machine') : `${count(all - left)} of ${counted(all, 'machine')}`}
          </button>
        </>
      }
    >
      <WorkListLines siteKey={siteKey} partly={partly} onPartly={setPartly} />
      {recorded.length === 0 ? null : (
        <p className="muted">Recorded: {recorded.map(recordedWords).join('; ')}.</p>
      )}
    </Dialog>
  )
}
