import { memo } from 'react'
import type { SiteToCall } from '#shared/domain/decision/acts/called.ts'
import type { RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import { recordedWords } from '#shared/format/act-words.ts'
import { useStore } from '../../state/store.ts'
import { Menu } from '../../ui/Menu.tsx'
import { REASONS } from './acts/reasons.ts'
import type { SiteTable, SiteTableRow } from './site-rows.ts'

/** Loaded with the first press. */
const actions = () => import('../../state/act-actions.ts')

type Props = {
  readonly row: SiteTableRow
  readonly has: SiteTable['has']
  /** what was recorded last at this site */
  readonly latest: RecordedDecision | null
  readonly disabled: boolean
}

/** A site to call, and what can be done about it. */
export function SiteRow({ row, has, latest, disabled }: Props) {
  const { call, figures, notNow } = row
  return (
    <tr data-quiet={notNow === null ? undefined : true}>
      <th scope="row">
        <span className="call-site">{call.site}</span>
        {row.isHome ? <span className="call-here">here</span> : null}
        <span className="call-which">{row.again === '' ? row.which : `${row.again}: ${row.which}`}</span>
        {row.points === '' ? null : <span className="call-which">{row.points}</span>}
        {notNow !== null ? (
          <span className="call-which">Not now{notNow.reason === '' ? '' : `: ${notNow.reason}`}</span>
        ) : latest !== null ? (
          <span className="call-which">Recorded {recordedWords(latest)}</span>
        ) : null}
      </th>
      {has.powerDown ? <td className="figure strong">{figures.powerDown}</td> : null}
      {has.pause ? <td className="figure strong">{figures.pause}</td> : null}
      {has.start ? <td className="figure strong">{figures.start}</td> : null}
      {has.set ? <td className="figure strong">{figures.set}</td> : null}
      <td className="figure">{figures.freed}</td>
      <td className="figure loses">{figures.loss}</td>
      <td className="figure strong">{figures.gain}</td>
      <td className="call-acts">
        <Acts
          siteKey={call.siteKey}
          site={call.site}
          notNow={notNow === null ? null : notNow.key}
          disabled={disabled}
        />
      </td>
    </tr>
  )
}

type ActsProps = {
  readonly siteKey: number
  readonly site: string
  /** key of what was said today; null: nothing was */
  readonly notNow: number | null
  readonly disabled: boolean
}

/** What can be done, apart from the figures, so that it is not drawn again with each of them. */
const Acts = memo(function Acts({ siteKey, site, notNow, disabled }: ActsProps) {
  const { open, openWorkList } = useStore.getState()
  return (
    <div>
      <button
        type="button"
        className="button"
        disabled={disabled}
        aria-label={`Work list of ${site}…`}
        onClick={() => openWorkList(siteKey)}
      >
        Work list…
      </button>
      <button
        type="button"
        className="button"
        disabled={disabled}
        aria-label={`Done at ${site}`}
        onClick={() => withCall(siteKey, ({ recordDone }, call) => recordDone([call]))}
      >
        Done
      </button>
      {notNow === null ? (
        <Menu
          trigger="Not now"
          entries={[
            ...REASONS.map((reason) => ({
              label: reason === '' ? 'Not now' : `Not now: ${reason}`,
              disabled,
              run: () => withCall(siteKey, ({ recordNotNow }, call) => recordNotNow(call, reason)),
            })),
            {
              label: 'Another reason…',
              disabled,
              run: () => open({ kind: 'not-now', siteKey }),
            },
            {
              label: 'Done in part…',
              disabled,
              run: () => openWorkList(siteKey),
            },
            {
              label: 'Import a marked work list…',
              disabled,
              run: () => void actions().then(({ chooseMarkedList }) => chooseMarkedList()),
            },
          ]}
        />
      ) : (
        <button
          type="button"
          className="button"
          onClick={() => void actions().then(({ takeBack }) => takeBack(notNow))}
        >
          Call again
        </button>
      )}
    </div>
  )
})

/** Does something about the call as it is shown when it is pressed. */
function withCall(
  siteKey: number,
  act: (acts: Awaited<ReturnType<typeof actions>>, call: SiteToCall) => Promise<unknown>,
): void {
  const call = useStore.getState().picture?.sitesToCall.sites.find((each) => each.siteKey === siteKey)
  if (call !== undefined) void actions().then((acts) => act(acts, call))
}
