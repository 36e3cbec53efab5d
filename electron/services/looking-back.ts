import { isDeepStrictEqual } from 'node:util'
import type { BacktestCase } from '#shared/domain/backtest/backtest.ts'
import { heldInputs } from '#shared/domain/backtest/held.ts'
import { namesSite } from '#shared/domain/decision/weighed.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { EventPayload } from '#shared/ipc/schemas/events.ts'
import type { ReportCase } from '#shared/report/case.ts'
import type { LookedBack } from '#shared/report/looked-back.ts'
import { backtestOf } from '#shared/report/looked-back.ts'
import { startBacktest } from '#electron/threads/backtest.ts'

export type LookingBackPorts = {
  readonly workerUrl: URL
  readonly onProgress?: (progress: EventPayload<'task.progress'>) => void
}

/**
 * Back-tests of reports, each in a thread of its own. The last one is kept with what it rests on: pages are made again and again, and
 * neither the price of bitcoin nor the time of day changes it.
 */
export type LookingBack = {
  /**
   * @returns null: the report has none
   * @throws StrikelineError 'cancelled' once it is aborted
   */
  readonly of: (reportCase: ReportCase, signal: AbortSignal) => Promise<LookedBack | null>
  /** For pages that are only looked at: 'later' where it is not known and would take long. */
  readonly shown: (reportCase: ReportCase) => Promise<LookedBack | null>
}

/** Without contracts so many lots are looked back on within a second. */
const QUICK_LOTS = 500
/** Steps of the bar: an event for each is enough. */
const STEPS = 100
const TASK = 'Computing the back-test'

export function createLookingBack({ workerUrl, onProgress }: LookingBackPorts): LookingBack {
  let kept: { readonly beneath: unknown; readonly found: LookedBack } | null = null

  const knownOf = (given: BacktestCase): LookedBack | null =>
    kept !== null && isDeepStrictEqual(kept.beneath, beneath(given)) ? kept.found : null

  async function computed(
    given: BacktestCase,
    signal: AbortSignal | null,
    tell: LookingBackPorts['onProgress'],
  ): Promise<LookedBack> {
    signal?.throwIfAborted()
    let told = -1
    const running = startBacktest(workerUrl, given, ({ done, total }) => {
      const step = Math.floor((done / total) * STEPS)
      if (step !== told) tell?.({ task: TASK, done: step, total: STEPS })
      told = step
    })
    signal?.addEventListener('abort', () => running.cancel())
    const found = await running.result.then(
      (value): LookedBack => ({ value, refusal: null }),
      (fault: unknown): LookedBack => {
        // What a contract asks for in vain is what the section says.
        if (fault instanceof StrikelineError && namesSite(fault.message))
          return { value: null, refusal: fault.message }
        throw fault
      },
    )
    kept = { beneath: beneath(given), found }
    return found
  }

  return {
    async of(reportCase, signal) {
      const given = backtestOf(reportCase)
      return given === null ? null : (knownOf(given) ?? computed(given, signal, onProgress))
    },
    async shown(reportCase) {
      const given = backtestOf(reportCase)
      if (given === null) return null
      const known = knownOf(given)
      if (known !== null) return known
      const isQuick = given.fleet.machines.length <= QUICK_LOTS && given.inputs.contracts.length === 0
      return isQuick ? computed(given, null, undefined) : 'later'
    },
  }
}

/** All that it follows from: the moment counts only by the agreements that it holds. */
function beneath({ heldAtMs, inputs, ...rest }: BacktestCase): unknown {
  return { ...rest, inputs: heldInputs(inputs, heldAtMs) }
}
