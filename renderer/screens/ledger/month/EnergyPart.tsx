import { energyMonthWords } from '#shared/format/ledger-month-words.ts'
import { WhyButton } from '../../../parts/why/WhyButton.tsx'
import { energyRows } from './energy-rows.ts'
import { Cells, Head, MonthPart, PartTable } from './MonthPart.tsx'
import type { PartProps } from './MonthPage.tsx'

/** Machines, meter and invoice of each site, and why the invoice is not what the plan makes. */
export function EnergyPart({ id, month: { energy } }: PartProps) {
  const rows = energyRows(energy)
  return (
    <MonthPart
      id={id}
      title="Energy"
      about="From what the machines should have used, over the meter, to what was billed."
    >
      <PartTable name="Energy by site">
        <thead>
          <tr>
            <td />
            <th scope="col">Unit</th>
            {energy.map(({ site }) => (
              <Head key={site}>
                {siteName(site)}
                <WhyButton of={siteName(site)} subject={{ kind: 'ledger', part: 'energy', of: site }} />
              </Head>
            ))}
            {energy.length > 1 ? <Head>All sites</Head> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, unit, isStep, isStrong, figures, total }, i) => (
            <tr key={i} data-step={isStep || undefined} data-strong={isStrong || undefined}>
              <th scope="row">{name}</th>
              <td className="muted">{unit}</td>
              <Cells of={[...figures, ...(total === null ? [] : [total])]} />
            </tr>
          ))}
        </tbody>
      </PartTable>
      <ul className="ledger-notes">
        {energy.map((site) => (
          <li key={site.site}>
            <b>{siteName(site.site)}</b>: {energyMonthWords(site)}
          </li>
        ))}
      </ul>
    </MonthPart>
  )
}

/** '' is the company as a whole. */
const siteName = (site: string) => (site === '' ? 'Company' : site)
