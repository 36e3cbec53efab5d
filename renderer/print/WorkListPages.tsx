import { workList } from '#shared/domain/decision/acts/work-list.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { doWords } from '#shared/format/act-words.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { dateTime } from '#shared/format/times.ts'
import { workLines } from '#shared/format/work-lines.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { ReportCase } from '#shared/report/case.ts'
import { pictureIn } from '#shared/report/facts.ts'

type Props = {
  readonly reportCase: ReportCase
  /** null: of every site */
  readonly site: string | null
}

export const workListTitle = (site: string | null) => `Work list${site === null ? '' : `: ${site}`}`

/** A work list on paper: as many pages as it takes, in black and white, with a box to tick at each line. */
export function WorkListPages({ reportCase, site }: Props) {
  const { lines, machines } = linesOf(reportCase, site)
  const hasHours = lines.some(({ hours }) => hours !== '')
  return (
    <main className={`pages work-list ${reportCase.template.paper}`}>
      <header>
        <h1>{workListTitle(site)}</h1>
        <p>
          {counted(machines, 'machine')} · advised {dateTime(reportCase.asOfMs)} · Strikeline{' '}
          {reportCase.version}
        </p>
      </header>
      <table className="small">
        <thead>
          <tr>
            <th scope="col">Done</th>
            {site === null ? <th scope="col">Site</th> : null}
            <th scope="col">Rack</th>
            <th scope="col">Position</th>
            <th scope="col">IP</th>
            <th scope="col">Id</th>
            <th scope="col">Model</th>
            <th scope="col">Serial number</th>
            <th scope="col" className="figure">
              Machines
            </th>
            <th scope="col">Do</th>
            {hasHours ? <th scope="col">Hours</th> : null}
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

function linesOf(reportCase: ReportCase, site: string | null) {
  const picture = pictureIn(reportCase)
  const advice = picture?.advice ?? null
  if (picture === null || advice === null)
    throw new StrikelineError('bad-input', 'There is no advice, so there is no work list.')
  const { prepared, market } = picture
  const siteRow =
    site === null ? null : reportCase.fleet.sites.name.findIndex((name) => isSameSiteName(name, site))
  const list = workList(prepared, advice, siteRow)
  const lineAt = workLines(prepared, market, advice, list)
  return {
    lines: Array.from({ length: list.length }, (_, i) => lineAt(i)),
    machines: list.called,
  }
}
