import { useState } from 'react'
import type { AlertRule } from '#shared/domain/alerts.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import { selectAlertConditions } from '../../../state/alerts-slice.ts'
import { selectRealMoney } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'
import { warn } from '../../../ui/toasts.ts'
import { suggestedHashprice } from './alert-form.ts'

/** Where no alert is set: the ones that most operators want first, each a press away. */
export function FirstAlert() {
  const conditions = useStore(selectAlertConditions)
  const money = useStore(selectRealMoney)
  const put = useStore((state) => state.putAlert)
  const [adding, setAdding] = useState(false)
  const add = async (rule: AlertRule) => {
    setAdding(true)
    const failure = await put(null, rule)
    setAdding(false)
    if (failure !== null) warn(failure.message)
  }
  const threshold = conditions === null ? null : suggestedHashprice(hashpriceUsdPerPhDay(conditions))
  return (
    <div className="panel pad alert-first">
      <h3>No alert is set</h3>
      <p className="muted">
        A good first one: to be told when a lot falls below its break-even, before it has lost money for days.
      </p>
      <div className="actions">
        <button
          type="button"
          className="button"
          disabled={adding}
          onClick={() => void add({ kind: 'breakeven-crossed' })}
        >
          Tell me when a lot crosses its break-even
        </button>
        {threshold === null || !(threshold > 0) ? null : (
          <button
            type="button"
            className="button"
            disabled={adding}
            onClick={() => void add({ kind: 'hashprice-below', usdPerPhDay: threshold })}
          >
            Tell me when hashprice falls below {money.perPh(threshold)} {money.hashprice.per}
          </button>
        )}
      </div>
    </div>
  )
}
