import { useState } from 'react'
import type { NetworkFilePreview } from '#shared/ipc/schemas/past.ts'
import { count, counted, MISSING } from '#shared/format/numbers.ts'
import { age, dateTime } from '#shared/format/times.ts'
import { VALUE_LOOKS, VALUE_ORDER } from '#shared/format/value-looks.ts'
import { creditWord } from '#shared/format/words.ts'
import { takeNetworkFile } from '../../state/actions.ts'
import { useStore } from '../../state/store.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useNow } from '../../ui/use-now.ts'

type Value = NetworkFilePreview['values'][number]

/** What becomes of a value: only what is newer than the stored one of its source is taken. */
function fateOf({ isTaken, asOfMs, stored }: Value): string {
  if (isTaken) return stored === null ? 'taken, new here' : 'taken'
  return stored?.asOfMs === asOfMs ? 'as stored' : 'left, newer here'
}

/** What is taken beside the values, in sentences. */
function otherWords({ rates, days, epochs, parts }: NetworkFilePreview, nowMs: number): readonly string[] {
  const said = [
    rates.asOfMs === null
      ? 'No rates of currencies.'
      : `${counted(rates.all, 'rate')} of currencies, the newest from ${age(rates.asOfMs, nowMs)}: ${count(rates.taken)} newer than here.`,
    days === 0 && epochs === 0
      ? 'No history that is not here.'
      : `History: ${counted(days, 'day')} and ${counted(epochs, 'difficulty epoch')} that are not here, or newer.`,
  ]
  if (parts === null) return said
  const unknown =
    parts.unknown === 0 ? '' : `, ${count(parts.unknown)} for a site or machine that is not here`
  return [
    ...said,
    `Contracts and what belongs to them: ${counted(parts.new, 'part')} new, ${count(parts.differs)} different from the stored, ${count(parts.same)} as stored${unknown}. They are shown one by one after this, and stored only then.`,
  ]
}

/** A network file before it is taken: what it holds against what is stored. */
export function NetworkFileDialog({ file }: { readonly file: NetworkFilePreview }) {
  const close = useStore((state) => state.closeDialog)
  const nowMs = useNow()
  const [accepted, setAccepted] = useState(false)
  const [isTaking, setTaking] = useState(false)
  const isOlder = file.storedAsOfMs !== null && file.madeAtMs < file.storedAsOfMs
  const brings = file.taken + file.days + file.epochs > 0 || file.parts !== null
  const values = file.values.toSorted((a, b) => VALUE_ORDER.indexOf(a.name) - VALUE_ORDER.indexOf(b.name))
  const take = async () => {
    setTaking(true)
    if (!(await takeNetworkFile(file.token))) close()
  }
  return (
    <Dialog
      wide
      title={`Network file ${file.fileName}`}
      description={`Made ${dateTime(file.madeAtMs)}, ${age(file.madeAtMs, nowMs)}. Nothing of it is stored until you take it; what is newer here stays.`}
      onClose={close}
      actions={
        <>
          <button type="button" className="button" onClick={close}>
            Not
          </button>
          <button
            type="button"
            className="button primary"
            disabled={!brings || isTaking || (isOlder && !accepted)}
            onClick={() => void take()}
          >
            Take
          </button>
        </>
      }
    >
      <div className="preview">
        {values.length === 0 ? (
          <p>It holds no values of the network.</p>
        ) : (
          <div className="sample" tabIndex={0} role="region" aria-label="Values in the file">
            <table>
              <thead>
                <tr>
                  <th scope="col">Value</th>
                  <th scope="col">In the file</th>
                  <th scope="col">Stored here</th>
                  <th scope="col">What becomes of it</th>
                </tr>
              </thead>
              <tbody>
                {values.map((value) => (
                  <tr key={`${value.name} ${value.source}`}>
                    <th scope="row">{VALUE_LOOKS[value.name].name}</th>
                    <td>
                      {dated(value.name, value, nowMs)} · {creditWord(value.source)}
                    </td>
                    <td>{value.stored === null ? MISSING : dated(value.name, value.stored, nowMs)}</td>
                    <td>{fateOf(value)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <ul className="notes">
          {otherWords(file, nowMs).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        {brings ? null : <p>It brings nothing that is not here.</p>}
        {isOlder && brings ? (
          <label className="check">
            <input type="checkbox" checked={accepted} onChange={() => setAccepted(!accepted)} />
            <span>
              <b>The file is older than what is stored here.</b> The newest value here is from{' '}
              {dateTime(file.storedAsOfMs!)}. Take what it has all the same.
            </span>
          </label>
        ) : null}
      </div>
    </Dialog>
  )
}

const dated = (
  name: Value['name'],
  { value, asOfMs }: { readonly value: number; readonly asOfMs: number },
  nowMs: number,
) => `${VALUE_LOOKS[name].show(value)}, ${age(asOfMs, nowMs)}`
