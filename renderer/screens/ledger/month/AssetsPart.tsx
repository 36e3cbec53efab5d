import { inUsd } from '#shared/format/ledger-month-words.ts'
import { usdCents } from '#shared/format/money.ts'
import { WhyButton } from '../../../parts/why/WhyButton.tsx'
import { Cells, Head, MonthPart, PartTable } from './MonthPart.tsx'
import type { PartProps } from './MonthPage.tsx'

/** What is written down over its life, day by day. */
export function AssetsPart({ id, month: { assets } }: PartProps) {
  const figures = (lines: typeof assets) =>
    (['costUsdCents', 'depreciationUsdCents', 'bookUsdCents'] as const).map((of) =>
      usdCents(inUsd(lines.reduce((sum, line) => sum + line[of], 0))),
    )
  return (
    <MonthPart
      id={id}
      title="Equipment"
      about="Straight line by days, from the day of the purchase on, down to the salvage value."
    >
      <PartTable name="Equipment">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Site</th>
            <Head>Cost, USD</Head>
            <Head>Depreciation of the month</Head>
            <Head>Left at its end</Head>
          </tr>
        </thead>
        <tbody>
          {assets.map((asset) => (
            <tr key={asset.entry}>
              <th scope="row">
                {asset.what}
                <WhyButton
                  of={asset.what}
                  subject={{ kind: 'ledger', part: 'asset', of: String(asset.entry) }}
                />
              </th>
              <td>{asset.site === '' ? 'Company' : asset.site}</td>
              <Cells of={figures([asset])} />
            </tr>
          ))}
        </tbody>
        {assets.length < 2 ? null : (
          <tfoot>
            <tr>
              <th scope="row">All</th>
              <td />
              <Cells of={figures(assets)} />
            </tr>
          </tfoot>
        )}
      </PartTable>
    </MonthPart>
  )
}
