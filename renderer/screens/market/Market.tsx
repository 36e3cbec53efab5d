import { Alerts } from './alerts/Alerts.tsx'
import { Signals } from './signals/Signals.tsx'

/** How hard pressed miners are, and what the operator is told of. */
export function Market() {
  return (
    <>
      <Signals />
      <Alerts />
    </>
  )
}
