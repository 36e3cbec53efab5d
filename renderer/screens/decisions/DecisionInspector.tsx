import { InspectorPanel } from '../../parts/why/Inspector.tsx'
import { rowWithKey, useDecisionLog } from '../../state/decision-log.ts'
import { DecisionWhy } from './DecisionWhy.tsx'
import { moment } from '#shared/format/times.ts'

/** The inspector on a decision; nothing where it is not in the log. */
export function DecisionInspector({ decisionKey }: { readonly decisionKey: number }) {
  const row = useDecisionLog((state) => rowWithKey(state, decisionKey))
  if (row === null) return null
  const { site, atMs } = row.decision
  return (
    <InspectorPanel
      name={`${site}, ${moment(atMs, Number.NaN)}`}
      beside="decision"
      body={<DecisionWhy row={row} />}
    />
  )
}
