import { useCallback, useId, useState } from 'react'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import { realisedHashrate } from '#shared/domain/chain/realised.ts'
import { TYPED, withTyped } from '#shared/ipc/conditions.ts'
import { MISSING } from '#shared/format/numbers.ts'
import { realisedWords } from '#shared/format/realised-words.ts'
import { TYPED_VALUES } from '#shared/format/typed-fields.ts'
import { dateTime } from '#shared/format/times.ts'
import { VALUE_LOOKS, VALUE_ORDER } from '#shared/format/value-looks.ts'
import { useStore } from '../../state/store.ts'
import { Freshness } from '../../ui/Freshness.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Attributions } from './Attributions.tsx'
import { HashpriceRow } from './HashpriceRow.tsx'
import { SaidTable } from './SaidTable.tsx'
import { TypeByHand } from './TypeByHand.tsx'
import { saidOf } from './said-rows.ts'

type Props = { readonly network: NetworkState; readonly say: (sentence: string) => void }

/** The values that count now; each opens to which source said what. */
export function ValuesTable({ network, say }: Props) {
  const nowMs = useNow()
  const headingId = useId()
  return (
    <section className="panel" aria-labelledby={headingId}>
      <div className="panel-head">
        <h2 id={headingId}>Values of the network</h2>
        <p className="muted">Open a value to see which source said what.</p>
      </div>
      <div className="table-scroll">
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
            <HashpriceRow network={network} nowMs={nowMs} say={say} />
            {VALUE_ORDER.map((name) => (
              <ValueRow key={name} name={name} network={network} nowMs={nowMs} say={say} />
            ))}
          </tbody>
        </table>
      </div>
      <Realised network={network} />
      <Attributions
        sources={[
          ...network.said.map(({ source }) => source),
          ...Object.values(network.values).flatMap((value) => value?.source ?? []),
        ]}
      />
    </section>
  )
}

/** What the difficulty implies of the network's hashrate beside what its blocks say. */
function Realised({ network: { values } }: { readonly network: NetworkState }) {
  const { difficulty, epochBlocks, epochSeconds } = values
  const blocks = epochBlocks?.value ?? Number.NaN
  const epoch = { blocks, seconds: epochSeconds?.value ?? Number.NaN }
  const seen = realisedHashrate(difficulty?.value ?? Number.NaN, epoch)
  return seen === null ? null : <p className="pad muted">{realisedWords(seen, blocks)}</p>
}

function ValueRow({
  name,
  network,
  nowMs,
  say,
}: Props & { readonly name: NetworkValueName; readonly nowMs: number }) {
  const typeValue = useStore((state) => state.typeValue)
  const [isOpen, setOpen] = useState(false)
  const detailsId = useId()
  const look = VALUE_LOOKS[name]
  const tryValue = useCallback(
    (typed: number) => ({ network: withTyped(network, name, typed) }),
    [network, name],
  )
  const value = network.values[name]
  const said = saidOf(network.said, name)
  const keptOut = said.some(({ refused }) => refused !== null)
  return (
    <>
      <tr>
        <th scope="row">
          <button
            type="button"
            className="disclosure"
            aria-expanded={isOpen}
            aria-controls={isOpen ? detailsId : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <path d="M4 2l4 4-4 4" />
            </svg>
            <span>
              {look.name}
              <span className="visually-hidden"> which source said what</span>
            </span>
          </button>
        </th>
        <td className="figure strong">{value === null ? MISSING : look.show(value.value)}</td>
        <td>
          {value === null ? (
            <span className="faint">never fetched</span>
          ) : (
            <Freshness value={value} nowMs={nowMs} />
          )}
          {keptOut ? <p className="note">an answer was kept out</p> : null}
        </td>
        <td className="muted when">{value === null ? MISSING : dateTime(value.asOfMs)}</td>
        <td>
          <TypeByHand
            name={look.name}
            field={TYPED_VALUES[name]}
            unit={look.unit}
            value={value?.value ?? null}
            show={look.show}
            tryValue={tryValue}
            isTyped={value?.source === TYPED}
            onStore={(next) => typeValue(name, next)}
            say={say}
          />
        </td>
      </tr>
      {isOpen ? (
        <tr id={detailsId} className="disclosed">
          <td colSpan={5}>
            <SaidTable name={look.name} said={said} show={look.show} nowMs={nowMs} />
          </td>
        </tr>
      ) : null}
    </>
  )
}
