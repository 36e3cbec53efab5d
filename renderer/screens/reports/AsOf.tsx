import { useId } from 'react'
import { CURRENCIES } from '#shared/domain/power/currency.ts'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import { rateOf } from '#shared/ipc/reporting-money.ts'
import { useReports } from '../../state/reports-slice.ts'
import { useStore } from '../../state/store.ts'
import { Select } from '../../ui/Select.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Panel, Row } from './Panel.tsx'

const MONEY = CURRENCIES.map((value) => ({ value, label: value }))
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** Of which moment, with which assumptions, and in which money. */
export function AsOf() {
  const [valuesId, scenarioId, moneyId] = [useId(), useId(), useId()]
  const { asOfDay, scenario, scenarios } = useReports()
  const currency = useStore((state) => state.settings?.currency ?? 'USD')
  const hasRate = useStore((state) => currency === 'USD' || rateOf(state.network, currency) !== null)
  const nowMs = useNow()
  const yesterday = dayOf(nowMs - MS_PER_DAY)
  return (
    <Panel title="As of">
      <Row label="Values" labelId={valuesId}>
        <Select
          label="Values"
          labelledBy={valuesId}
          choices={[
            { value: 'now', label: 'now' },
            { value: 'day', label: 'of a day' },
          ]}
          value={asOfDay === '' ? 'now' : 'day'}
          onChange={(value) => useReports.setState({ asOfDay: value === 'now' ? '' : yesterday })}
        />
      </Row>
      {asOfDay === '' ? null : (
        <>
          <Row label="Day, UTC">
            <input
              className="input"
              type="date"
              aria-label="Day of the values, UTC"
              max={yesterday}
              value={asOfDay}
              onChange={({ target }) => {
                if (target.value !== '' && target.value <= yesterday)
                  useReports.setState({ asOfDay: target.value })
              }}
            />
          </Row>
          <p className="note">Price, difficulty and fees of that day; the fleet as it is now.</p>
        </>
      )}
      <Row label="Scenario" labelId={scenarioId}>
        <Select
          label="Scenario"
          labelledBy={scenarioId}
          choices={[
            { value: null, label: 'as it is' },
            ...scenarios.map((name) => ({ value: name, label: name })),
          ]}
          value={scenario}
          onChange={(name) => useReports.setState({ scenario: name })}
        />
      </Row>
      <Row label="Money in" labelId={moneyId}>
        <Select
          label="Money in"
          labelledBy={moneyId}
          choices={MONEY}
          value={currency}
          onChange={(value) => void useStore.getState().writeSettings({ currency: value })}
        />
      </Row>
      {hasRate ? null : (
        <p className="note">No rate for {currency} is known, so money stays in USD: type one under Data.</p>
      )}
      <Row label="Days">{Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll('_', ' ')}</Row>
    </Panel>
  )
}
