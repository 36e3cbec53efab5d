import type { FromPlan, PlanCallName, PlanCalls, PlanClient, PlanProgress, ToPlan } from './plan-protocol.ts'

/** The way to the thread of Plan. */
export type PlanThread = {
  readonly post: (message: ToPlan) => void
  readonly hear: (take: (message: FromPlan) => void) => void
  /** it will not answer any more; with the reason in words */
  readonly onEnd: (tell: (reason: string) => void) => void
  readonly end: () => void
}

type Waiting = {
  readonly take: (output: PlanCalls[PlanCallName]['output']) => void
  readonly fail: (fault: Error) => void
  readonly onProgress?: PlanProgress | undefined
}

/** Talks to the thread of Plan, which answers the newest question of a kind and gives up those before. */
export function createPlanClient(thread: PlanThread): PlanClient {
  const waiting = new Map<number, Waiting>()
  let last = 0

  thread.hear((message) => {
    const one = waiting.get(message.number)
    if (one === undefined) return
    if ('done' in message) {
      one.onProgress?.(message.done, message.total)
      return
    }
    waiting.delete(message.number)
    if ('fault' in message) one.fail(new Error(message.fault))
    else one.take(message.output)
  })
  thread.onEnd((reason) => {
    for (const { fail } of waiting.values()) fail(new Error(reason))
    waiting.clear()
  })

  function call<N extends PlanCallName>(
    name: N,
    input: PlanCalls[N]['input'],
    onProgress?: PlanProgress,
  ): Promise<PlanCalls[N]['output']> {
    const number = ++last
    return new Promise((take, fail) => {
      waiting.set(number, { take: take, fail, onProgress })
      thread.post({ number, name, input } as ToPlan)
    })
  }

  return {
    plan: (question, onProgress) => call('plan', question, onProgress),
    chance: (question, onProgress) => call('chance', question, onProgress),
    cancel: (work) => void call('cancel', work),
    lots: (window) => call('lots', window),
    end() {
      for (const { fail } of waiting.values()) fail(new Error('The thread of Plan was ended.'))
      waiting.clear()
      thread.end()
    },
  }
}
