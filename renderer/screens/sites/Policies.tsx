import { useId } from 'react'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { POLICY_WORDS } from '#shared/format/site-words.ts'
import type { SitePolicies } from '../../engine/protocol.ts'
import type { SiteDraft } from '../../state/site-slice.ts'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'

type Props = {
  readonly policies: SitePolicies
  /** what is changed and not stored yet */
  readonly drafted: SiteDraft['policies']
  readonly find: string
  readonly onFind: (text: string) => void
  readonly onPolicy: (lot: SitePolicies['lots'][number], policy: MachinePolicy) => void
}

const CHOICES = MACHINE_POLICIES.map((value) => ({ value, label: POLICY_WORDS[value] }))

/** How machines take part in the contract. */
export function Policies({ policies, drafted, find, onFind, onPolicy }: Props) {
  const headingId = useId()
  const { machines, lots, found } = policies
  const more = found - lots.length
  return (
    <section className="panel pad site-panel" aria-labelledby={headingId}>
      <header className="panel-head">
        <h2 id={headingId}>Policies of machines</h2>
        <p className="muted">
          {counted(machines.follow, 'machine')} {machines.follow === 1 ? 'follows' : 'follow'} the contract,{' '}
          {count(machines.protected)} always {machines.protected === 1 ? 'runs' : 'run'},{' '}
          {count(machines.exempt)} {machines.exempt === 1 ? 'is' : 'are'} outside it.
        </p>
      </header>
      <Field label="Find a lot" value={find} placeholder="id, model or rack" onChange={onFind} />
      {lots.length === 0 ? (
        <p className="muted">{found === 0 && find !== '' ? 'No lot here fits that.' : 'No machine here.'}</p>
      ) : (
        <div className="table-scroll site-lots">
          <table className="plain" aria-label="Policies">
            <thead>
              <tr>
                <th scope="col">Lot</th>
                <th scope="col">Model</th>
                <th scope="col" className="figure">
                  Machines
                </th>
                <th scope="col">Policy</th>
              </tr>
            </thead>
            <tbody>
              {lots.map((lot) => (
                <tr key={lot.key}>
                  <th scope="row">{lot.id}</th>
                  <td>{lot.model}</td>
                  <td className="figure">{count(lot.quantity)}</td>
                  <td>
                    <Select
                      label={`Policy of ${lot.id}`}
                      choices={CHOICES}
                      value={drafted.get(lot.key)?.policy ?? lot.policy}
                      onChange={(policy) => onPolicy(lot, policy)}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more <= 0 ? null : (
        <p className="note">And {counted(more, 'more lot', 'more lots')}; find them by id or model.</p>
      )}
    </section>
  )
}
