import { useMemo } from 'react'
import { workList } from '#shared/domain/decision/acts/work-list.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { doWords } from '#shared/format/act-words.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { dateTime } from '#shared/format/times.ts'
import { workLines } from '#shared/format/work-lines.ts'
import type { ReportContent } from './Report.tsx'
import { pictureIn } from './Report.tsx'

/** A work list on paper: as many pages as it takes, in black and white, with a box to tick at each line. */
export function WorkListPages({ content }: { readonly content: ReportContent }) {
  const { lines, machines } = useMemo(() => linesOf(content), [content])
  const site = content.workList?.site ?? null
  const hasHours = lines.some(({ hours }) => hours !== '')
  return (
    <main className="work-list">
      <header className="masthead">
        <b>Work list{site === null ? '' : `: ${site}`}</b>
        <span>
          {counted(machines, 'machine')} · advised {dateTime(content.madeAt)} · Strikeline {content.version}
        </span>
      </header>
      <table>
        <thead>
          <tr>
            <th>Done</th>
            {site === null ? <th>Site</th> : null}
            <th>Rack</th>
            <th>Position</th>
            <th>IP</th>
            <th>Id</th>
            <th>Model</th>
            <th>Serial number</th>
            <th className="figure">Machines</th>
            <th>Do</th>
            {hasHours ? <th>Hours</th> : null}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, i) => (
            <tr key={i}>
              <td>
                <span className="tick-box" />
              </td>
              {site === null ? <td>{line.site}</td> : null}
              <td>{line.rack}</td>
              <td>{line.position}</td>
              <td>{line.ip}</td>
              <td>{line.id}</td>
              <td>{line.model}</td>
              <td>{line.serial}</td>
              <td className="figure">
                {line.machines < line.quantity
                  ? `${count(line.machines)} of ${count(line.quantity)}`
                  : count(line.machines)}
              </td>
              <td>{doWords(line.act, line.untilMs, line.point)}</td>
              {hasHours ? <td>{line.hours}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="sign">Done by ______________________ on ______________________</p>
    </main>
  )
}

function linesOf(content: ReportContent) {
  const picture = pictureIn(content)
  const advice = picture?.advice ?? null
  if (picture === null || advice === null) throw new Error('There is no advice, so there is no work list.')
  const { prepared, market } = picture
  const site = content.workList?.site ?? null
  const siteRow =
    site === null ? null : content.fleet.sites.name.findIndex((name) => isSameSiteName(name, site))
  const list = workList(prepared, advice, siteRow)
  const lineAt = workLines(prepared, market, advice, list)
  return {
    lines: Array.from({ length: list.length }, (_, i) => lineAt(i)),
    machines: list.called,
  }
}
