/**
 * Advice that does not flap. A machine is switched off below one hashprice and on again above a higher one, and
 * stays for a while in the state it has come to; between the two nothing changes.
 */

/** Strike prices and times of rest. A reading may be a hashprice or a margin, in the unit of the two strikes. */
export type SwitchRule = {
  /** a running machine is switched off by a reading below this */
  readonly offBelow: number
  /** a machine that is off is switched on by a reading above this; not below `offBelow` */
  readonly onAbove: number
  /** hours that it stays off at least */
  readonly minOffHours: number
  /** hours that it runs at least */
  readonly minOnHours: number
}

export type SwitchState = {
  readonly running: boolean
  /** since the last change, 0 or more */
  readonly hoursInState: number
}

/**
 * Whether the machine is to run after a reading. A reading that does not exist (NaN) changes nothing.
 * @throws RangeError naming the field of a rule that contradicts itself
 */
export function nextRunning(state: SwitchState, reading: number, rule: SwitchRule): boolean {
  checkSwitchRule(rule)
  if (state.running) return !(reading < rule.offBelow && state.hoursInState >= rule.minOnHours)
  return reading > rule.onAbove && state.hoursInState >= rule.minOffHours
}

/** The state after a reading that came some hours after the state was taken. */
export function afterReading(
  state: SwitchState,
  hoursLater: number,
  reading: number,
  rule: SwitchRule,
): SwitchState {
  const hoursInState = state.hoursInState + hoursLater
  const running = nextRunning({ ...state, hoursInState }, reading, rule)
  return running === state.running ? { running, hoursInState } : { running, hoursInState: 0 }
}

/**
 * The strikes, in USD/PH/s/day, that a restart cost asks for. On again above the break-even against off; off only
 * where the loss that is avoided over the least time off pays for the restart:
 * off below HP° − r / (accepted PH/s · hours / 24), where HP° is the hashprice at which running and off are worth
 * the same, (A − O) / accepted PH/s.
 *
 * @param acceptedPhs paid hashrate of the lot, above 0
 * @param avoidableCostUsdPerDay A and @param standbyCostUsdPerDay O of the lot
 * @param restartUsd r of the lot, 0 or more
 * @throws RangeError naming the field that cannot be
 */
export function strikesForRestart(
  acceptedPhs: number,
  avoidableCostUsdPerDay: number,
  standbyCostUsdPerDay: number,
  restartUsd: number,
  rest: Pick<SwitchRule, 'minOffHours' | 'minOnHours'>,
): SwitchRule {
  if (!(acceptedPhs > 0)) throw new RangeError(`acceptedPhs: ${acceptedPhs} is not above 0`)
  if (!(restartUsd >= 0)) throw new RangeError(`restartUsd: ${restartUsd} is negative or missing`)
  if (restartUsd > 0 && !(rest.minOffHours > 0))
    throw new RangeError('minOffHours: a restart cost needs a least time off to be earned in')
  const even = (avoidableCostUsdPerDay - standbyCostUsdPerDay) / acceptedPhs
  const band = restartUsd === 0 ? 0 : restartUsd / (acceptedPhs * (rest.minOffHours / 24))
  return { ...rest, offBelow: even - band, onAbove: even }
}

/** @throws RangeError naming the field */
export function checkSwitchRule(rule: SwitchRule): void {
  if (!(rule.minOffHours >= 0)) throw new RangeError(`minOffHours: ${rule.minOffHours} is not 0 or more`)
  if (!(rule.minOnHours >= 0)) throw new RangeError(`minOnHours: ${rule.minOnHours} is not 0 or more`)
  if (!(rule.onAbove >= rule.offBelow))
    throw new RangeError(`onAbove: ${rule.onAbove} is below offBelow (${rule.offBelow})`)
}
