import type {
  FromPlan,
  PlanCallName,
  PlanCalls,
  PlanClient,
  PlanQuestion,
  PlanRefused,
  PlanView,
  ToPlan,
} from './plan-protocol.ts'

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
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

type Later = { readonly question: PlanQuestion; readonly take: (view: Promise<Answer> | null) => void }
type Answer = PlanView | PlanRefused | null

/** Talks to the thread of Plan; at most one question of figures is under way, and the newest waits. */
export function createPlanClient(thread: PlanThread): PlanClient {
  const waiting = new Map<number, Waiting>()
  let last = 0
  let underWay = false
  let later: Later | null = null

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
    onProgress?: (done: number, total: number) => void,
  ): Promise<PlanCalls[N]['output']> {
    const number = ++last
    return new Promise((take, fail) => {
      waiting.set(number, { take: take, fail, onProgress })
      thread.post({ number, name, input } as ToPlan)
    })
  }

  async function ask(question: PlanQuestion): Promise<Answer> {
    underWay = true
    try {
      const view = await call('plan', question)
      // What a newer question makes old is told as such.
      return later === null ? view : null
    } finally {
      underWay = false
      const next: Later | null = later
      later = null
      next?.take(ask(next.question))
    }
  }

  return {
    plan(question) {
      if (!underWay) return ask(question)
      later?.take(null)
      return new Promise((take) => {
        later = { question, take }
      })
    },
    chance: (question, onProgress) => call('chance', question, onProgress),
    cancel: () => void call('cancel', null),
    lots: (window) => call('lots', window),
    end() {
      for (const { fail } of waiting.values()) fail(new Error('The thread of Plan was ended.'))
      waiting.clear()
      thread.end()
    },
  }
}
