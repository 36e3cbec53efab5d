import { useState } from 'react'
import type { DatedValue, NetworkState, NetworkValueName } from '#shared/contract/network.ts'
import { count, MISSING } from '#shared/format/numbers.ts'
import { btc, usdWhole } from '#shared/format/money.ts'
import { dateTime, duration } from '#shared/format/times.ts'
import { editable, readTyped } from '#shared/format/typed.ts'
import { difficulty } from '#shared/format/units.ts'
import { useStore } from '../../state/store.ts'
import { Freshness } from '../../ui/Freshness.tsx'
import { useNow } from '../../ui/use-now.ts'

type ValueLook = { readonly name: string; readonly unit: string; readonly show: (value: number) => string }

const LOOKS: Readonly<Record<NetworkValueName, ValueLook>> = {
  priceUsdPerBtc: { name: 'Bitcoin price', unit: 'USD', show: (value) => usdWhole(value) },
  difficulty: { name: 'Difficulty', unit: 'number', show: (value) => difficulty(value) },
  height: { name: 'Block height', unit: 'blocks', show: count },
  feesBtcPerBlock: { name: 'Fees per block, mean of 144', unit: 'BTC', show: btc },
  epochBlocks: { name: 'Blocks of this epoch', unit: 'blocks', show: count },
  epochSeconds: { name: 'Time of this epoch', unit: 'seconds', show: duration },
}
const ORDER = Object.keys(LOOKS) as NetworkValueName[]

export function ValuesTable({ network }: { readonly network: NetworkState }) {
  const nowMs = useNow()
  return (
    <div className="panel table-scroll">
      <table className="plain" aria-label="Values">
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col" className="figure">
              Now
            </th>
            <th scope="col">Age and source</th>
            <th scope="col">True as of</th>
            <th scope="col">By hand</th>
          </tr>
        </thead>
        <tbody>
          {ORDER.map((name) => (
            <ValueRow key={name} name={name} value={network.values[name]} nowMs={nowMs} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ValueRow({
  name,
  value,
  nowMs,
}: {
  readonly name: NetworkValueName
  readonly value: DatedValue | null
  readonly nowMs: number
}) {
  const typeValue = useStore((state) => state.typeValue)
  const [text, setText] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const look = LOOKS[name]
  const typed = value?.source === 'typed'
  const store = async (next: number | null) => {
    const failure = await typeValue(name, next)
    setFault(failure?.message ?? null)
    if (failure === null) setText(null)
  }
  const submit = () => {
    const number = readTyped(text ?? '')
    if (number === null || Number.isNaN(number)) setFault('This is not a number.')
    else void store(number)
  }
  return (
    <tr>
      <th scope="row">{look.name}</th>
      <td className="figure strong">{value === null ? MISSING : look.show(value.value)}</td>
      <td>
        {value === null ? (
          <span className="faint">never fetched</span>
        ) : (
          <Freshness value={value} nowMs={nowMs} />
        )}
      </td>
      <td className="muted">{value === null ? MISSING : dateTime(value.asOfMs)}</td>
      <td>
        {text === null ? (
          <div className="actions">
            <button
              type="button"
              className="button quiet"
              aria-label={`Type ${look.name}`}
              onClick={() => setText(value === null ? '' : editable(value.value))}
            >
              Type…
            </button>
            {typed ? (
              <button
                type="button"
                className="button quiet"
                aria-label={`Take back ${look.name}`}
                onClick={() => void store(null)}
              >
                Take back
              </button>
            ) : null}
          </div>
        ) : (
          <form
            className="actions"
            onSubmit={(event) => {
              event.preventDefault()
              submit()
            }}
          >
            <input
              className="input figure"
              type="text"
              inputMode="decimal"
              size={16}
              autoFocus
              aria-label={`${look.name}, ${look.unit}`}
              aria-invalid={fault !== null}
              value={text}
              onChange={(event) => {
                setText(event.target.value)
                setFault(null)
              }}
              onKeyDown={(event) => event.key === 'Escape' && setText(null)}
            />
            <span className="unit">{look.unit}</span>
            <button type="submit" className="button">
              Use
            </button>
            <button type="button" className="button quiet" onClick={() => setText(null)}>
              Cancel
            </button>
          </form>
        )}
        {fault === null ? null : (
          <p className="note fault" role="alert">
            {fault}
          </p>
        )}
      </td>
    </tr>
  )
}
