import { useId } from 'react'
import { VARIANCE_IS_OF } from '#shared/format/margin-variance-words.ts'
import { dayMonth } from '#shared/format/times.ts'
import { moneyColumn } from '#shared/format/printed-sums.ts'
import { sealWords } from '#shared/format/seal.ts'
import { selectAgainst, useReports } from '../../state/reports-slice.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { Select } from '../../ui/Select.tsx'
import { Panel, Row } from './Panel.tsx'

/** How the cash margin has changed since a report, and why. */
export function AgainstLast() {
  const sealed = useReports((state) => state.sealed)
  const against = useReports(selectAgainst)
  const compared = useReports((state) => state.compared)
  const fault = useReports((state) => state.comparedFault)
  const id = useId()
  if (sealed === null) return null
  return (
    <Panel title="Against the last one" beside={against === null ? null : dayMonth(against.asOfMs)}>
      {against === null ? (
        <p className="muted">No report is sealed yet. What you save is what the next one is held against.</p>
      ) : (
        <>
          {sealed.length < 2 ? null : (
            <Row label="Report" labelId={id}>
              <Select
                label="Report to compare with"
                labelledBy={id}
                choices={sealed.map(({ hash, asOfMs }) => ({
                  value: hash,
                  label: `${dayMonth(asOfMs)} · ${sealWords(hash)}`,
                }))}
                value={against.hash}
                onChange={(hash) => useReports.setState({ against: hash })}
              />
            </Row>
          )}
          {fault === null ? null : (
            <p className="note fault" role="alert">
              {fault}
            </p>
          )}
          {compared === null ? null : (
            <>
              <Causes />
              <p className="muted">{VARIANCE_IS_OF}</p>
            </>
          )}
        </>
      )}
    </Panel>
  )
}

function Causes() {
  const compared = useReports((state) => state.compared)!
  const money = useStore(selectMoney)
  const changeUsd = compared.toUsdPerDay - compared.fromUsdPerDay
  const column = moneyColumn(
    money,
    compared.parts.map(({ usdPerDay }) => usdPerDay),
  )
  return (
    <table className="report-causes" aria-label="Change of the cash margin a day, by cause">
      <tbody>
        <tr>
          <th scope="row">Cash margin a day</th>
          <td className={`figure ${changeUsd < 0 ? 'loses' : changeUsd > 0 ? 'earns' : ''}`}>
            {column.total}
          </td>
        </tr>
        {compared.parts.map(({ cause }, i) => (
          <tr key={cause}>
            <th scope="row">· {cause}</th>
            <td className="figure">{column.parts[i]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
