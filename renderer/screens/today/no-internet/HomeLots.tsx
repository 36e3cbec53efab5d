import { useEffect, useState } from 'react'
import type { SiteToCall } from '#shared/domain/decision/acts/called.ts'
import { machinesCalled } from '#shared/domain/decision/acts/called.ts'
import { W_PER_KW } from '#shared/domain/units.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { power } from '#shared/format/units.ts'
import type { WorkLines } from '../../../engine/protocol.ts'
import { askEngine } from '../../../state/engine.ts'
import { selectMoney } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'

const LOTS_SHOWN = 6

/** The first lots of a work list with what each earns in a day; null: not known yet. */
export function useLots(call: SiteToCall | null): WorkLines | null {
  const picture = useStore((state) => state.picture)
  const [lots, setLots] = useState<WorkLines | null>(null)
  const siteKey = call?.siteKey ?? null
  useEffect(() => {
    if (siteKey !== null)
      askEngine(
        (engine) => engine.workLines({ siteKey, window: { from: 0, to: LOTS_SHOWN }, withMoney: true }),
        setLots,
      )
  }, [siteKey, picture])
  return call === null ? null : lots
}

/** What is to be done where this computer stands, lot by lot. */
export function HomeLots({ call, lots }: { readonly call: SiteToCall; readonly lots: WorkLines | null }) {
  const money = useStore(selectMoney)
  const more = lots === null ? 0 : lots.length - lots.lines.length
  return (
    <>
      <p className="muted">
        At your site, {call.site}: {counted(machinesCalled(call), 'machine')},{' '}
        {power(Math.abs(call.freedKw) * W_PER_KW)}.
      </p>
      <table className="plain">
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Lot</th>
            <th scope="col">Machines</th>
            <th scope="col">A day if it runs</th>
          </tr>
        </thead>
        <tbody>
          {lots?.lines.map((line, i) => (
            <tr key={line.key}>
              <th scope="row">{line.id}</th>
              <td>
                {count(line.machines)} {line.model === '' ? 'no model' : line.model}
              </td>
              <td className={`figure ${lots.usdPerDay[i]! < 0 ? 'loses' : ''}`}>
                {money.amount(lots.usdPerDay[i]!)} a day
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 ? <p className="note">and {counted(more, 'more lot')}</p> : null}
    </>
  )
}
