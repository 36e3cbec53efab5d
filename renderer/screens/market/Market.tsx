import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Range } from '../../charts/signals/day-ticks.ts'
import { RANGES } from '../../charts/signals/day-ticks.ts'
import { ALERTS_SECTION, SectionLinks } from '../../parts/SectionLinks.tsx'
import { useStore } from '../../state/store.ts'
import { Alerts } from './alerts/Alerts.tsx'
import { HardPressed } from './HardPressed.tsx'
import { HashpricePanel } from './HashpricePanel.tsx'
import { RangeChoice } from './RangeChoice.tsx'
import { selectSignals } from './signals/select-signals.ts'
import { Signals } from './signals/Signals.tsx'
import { useMarketView } from './use-market-view.ts'

const LINKS = [
  { id: 'market-hashprice', title: 'Hashprice' },
  { id: 'market-signals', title: 'Signals' },
  { id: ALERTS_SECTION, title: 'Alerts' },
] as const

/** How hard pressed miners are: one sentence, the fleet on the axis of the hashprice, the signals, and what the operator is told of. */
export function Market() {
  const { readPast, readPastStatus } = useStore.getState()
  const [range, setRange] = useState<Range>(RANGES[1])
  const view = useMarketView()
  const alerts = useRef<HTMLElement>(null)
  const isRead = useStore((state) => selectSignals(state) !== null)
  useEffect(() => {
    void readPast()
    void readPastStatus()
  }, [readPast, readPastStatus])
  // Who came for the alerts stays with them when the signals above them come.
  useLayoutEffect(() => {
    const section = alerts.current
    if (section?.contains(document.activeElement) === true) section.scrollIntoView({ block: 'start' })
  }, [isRead])
  const fleet = view && !('refusal' in view) ? view : null
  return (
    <section className="screen market" aria-label="Market">
      <HardPressed view={view} />
      <div className="market-bar">
        <SectionLinks of="Parts of Market" links={LINKS} />
        <RangeChoice range={range} onChange={setRange} />
      </div>
      <HashpricePanel id={LINKS[0].id} fleet={fleet} range={range} />
      <Signals id={LINKS[1].id} range={range} />
      <Alerts id={LINKS[2].id} section={alerts} />
    </section>
  )
}
