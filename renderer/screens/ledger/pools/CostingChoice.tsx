import { useState } from 'react'
import type { Costing } from '#shared/domain/money/ledger/entry.ts'
import { COSTINGS } from '#shared/domain/money/ledger/entry.ts'
import { api, settle } from '../../../lib/api.ts'

const RULES: Readonly<Record<Costing, { readonly name: string; readonly rule: string }>> = {
  fifo: { name: 'First in, first out', rule: 'The oldest bitcoin goes first when some is sold.' },
  average: { name: 'Average cost', rule: 'What is sold costs what all that is held cost on average.' },
}

/** Which bitcoin goes first when some is sold; the same for all months, so it cannot change once one is closed. */
export function CostingChoice({ costing }: { readonly costing: Costing }) {
  const [fault, setFault] = useState<string | null>(null)
  const choose = async (next: Costing) => {
    const answer = await settle(api.ledger.setCosting({ costing: next }))
    setFault(answer.ok ? null : answer.error.message)
  }
  return (
    <fieldset className="modes">
      <legend className="field-label">What sold bitcoin cost</legend>
      {COSTINGS.map((each) => (
        <label key={each} className="check">
          <input type="radio" name="costing" checked={costing === each} onChange={() => void choose(each)} />
          <span>
            <b>{RULES[each].name}.</b> {RULES[each].rule}
          </span>
        </label>
      ))}
      {fault === null ? null : (
        <p className="fault-text" role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  )
}
