/**
 * Sequences of on and off over stages, and the best of those that a verdict's word names. Everything is worth over standing by
 * throughout, USD; a restart is paid at each change from off to on.
 */

/** The best sequence of each kind, with the restart of a machine that is off now; −Infinity where there is none. */
export type Sequences = {
  /** on in every stage */
  allOn: number
  /** on first and off in some stage */
  onThenOff: number
  /** off first and on in some stage */
  offThenOn: number
  /** off in every stage: 0, or −Infinity where the operator's limits forbid it */
  allOff: number
  /** the same with what being on at the end is worth: for comparing, never for show */
  allOnCompared: number
  onThenOffCompared: number
  offThenOnCompared: number
  /** first stage in which the best of onThenOff is off, and of offThenOn is on; 0 where there is none */
  offFrom: number
  onFrom: number
}

export function noSequences(): Sequences {
  return {
    allOn: 0,
    onThenOff: 0,
    offThenOn: 0,
    allOff: 0,
    allOnCompared: 0,
    onThenOffCompared: 0,
    offThenOnCompared: 0,
    offFrom: 0,
    onFrom: 0,
  }
}

/**
 * Fills the best sequences over any number of stages, by one walk along them.
 * @param worth per stage, what being on in it is worth over standing by, USD
 * @param endUsd what being on at the end is worth for comparing
 */
export function bestSequences(
  into: Sequences,
  worth: ArrayLike<number>,
  stages: number,
  isOn: boolean,
  restartUsd: number,
  endUsd: number,
): void {
  // on without a break, on again after a break, off after having been on first
  let through = worth[0]! - (isOn ? 0 : restartUsd)
  let again = -Infinity
  let off = -Infinity
  let offFrom = 0
  let againOffFrom = 0
  // off first: not on yet (0), on, off after having been on
  let on = -Infinity
  let offAgain = -Infinity
  let onFrom = 0
  let offAgainOnFrom = 0
  for (let t = 1; t < stages; t++) {
    const x = worth[t]!
    const restarted = off - restartUsd
    const nextAgain = Math.max(again, restarted) + x
    const nextAgainOffFrom = restarted > again ? offFrom : againOffFrom
    const leaves = Math.max(through, again)
    if (leaves > off) offFrom = through >= again ? t : againOffFrom
    off = Math.max(off, leaves)
    again = nextAgain
    againOffFrom = nextAgainOffFrom
    through += x

    const first = -restartUsd
    const second = offAgain - restartUsd
    const nextOn = Math.max(on, first, second) + x
    const nextOnFrom = nextOn === first + x && first > on ? t : second > on ? offAgainOnFrom : onFrom
    if (on > offAgain) {
      offAgain = on
      offAgainOnFrom = onFrom
    }
    on = nextOn
    onFrom = nextOnFrom
  }
  into.allOn = through
  into.allOnCompared = through + endUsd
  const endsOn = again + endUsd > off
  into.onThenOff = endsOn ? again : off
  into.onThenOffCompared = endsOn ? again + endUsd : off
  into.offFrom = endsOn ? againOffFrom : offFrom
  const laterEndsOn = on + endUsd > offAgain
  into.offThenOn = laterEndsOn ? on : offAgain
  into.offThenOnCompared = laterEndsOn ? on + endUsd : offAgain
  into.onFrom = laterEndsOn ? onFrom : offAgainOnFrom
}
