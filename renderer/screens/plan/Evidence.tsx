import { selectChance, usePlan } from '../../state/plan-slice.ts'
import { FanPanel } from './FanPanel.tsx'
import { LotTable } from './LotTable.tsx'
import { Marks } from './Marks.tsx'
import { Part } from './Part.tsx'
import { PriceGrid } from './PriceGrid.tsx'
import { SideBySide } from './SideBySide.tsx'
import { WhatMatters } from './WhatMatters.tsx'

/** What the sentence rests on, in falling order of use. */
export function Evidence() {
  const view = usePlan((state) => state.view)
  const chance = usePlan(selectChance)
  if (view?.refusal !== null) return null
  const { scenarios, grid, matters, marks } = view
  const first = scenarios[0]
  const ahead = first?.ahead ?? null
  return (
    <>
      <SideBySide scenarios={scenarios} />
      {ahead === null ? null : (
        <>
          <div className="plan-row">
            <FanPanel ahead={ahead} marks={marks ?? []} chance={chance} />
            {grid === null ? null : 'refusal' in grid ? (
              <Refused title="Margin a day if…" words={grid.refusal} />
            ) : (
              <PriceGrid grid={grid} />
            )}
          </div>
          <div className="plan-row of-lots">
            {chance === null ? <NoLots /> : <LotTable chance={chance} />}
            <div className="plan-column">
              {matters === null ? null : 'refusal' in matters ? (
                <Refused title="What matters most" words={matters.refusal} />
              ) : (
                <WhatMatters matters={matters} />
              )}
              {marks === null ? null : <Marks marks={marks} />}
            </div>
          </div>
        </>
      )}
    </>
  )
}

function Refused({ title, words }: { readonly title: string; readonly words: string }) {
  return (
    <Part title={title}>
      <p className="note">{words}</p>
    </Part>
  )
}

/** Keeps the place of the lots until they are simulated. */
function NoLots() {
  const progress = usePlan((state) => state.progress)
  return (
    <Part title="When each lot goes under" className="lot-chances">
      <p className="note">
        {progress === null
          ? 'It comes with the simulation: press Simulate above.'
          : 'It comes with the simulation…'}
      </p>
    </Part>
  )
}
