import type { CallName, Calls, FromEngine, Look, Question, ToEngine } from './protocol.ts'

/** The way to the engine's thread. */
export type Thread = {
  post: (message: ToEngine) => void
  hear: (take: (message: FromEngine) => void) => void
  /** it will not answer any more; with the reason in words */
  onEnd: (tell: (reason: string) => void) => void
}

type Hearing = {
  /** a look at the fleet, with what had been asked; never one that is older than the last */
  readonly onLook: (look: Look, question: Question) => void
  /** the engine has failed: what is on screen is no longer kept up */
  readonly onFault: (message: string) => void
  /** figures were asked for and none were under way; or the last that were asked for have come */
  readonly onWork: (isWorking: boolean) => void
}

export type EngineClient = {
  /** Asks for a look. While one is under way only the newest question waits; those in between are dropped. */
  look: (question: Question) => void
  load: (input: Calls['load']['input']) => Promise<Calls['load']['output']>
  flips: () => Promise<Calls['flips']['output']>
  changes: (trial: Calls['changes']['input']) => Promise<Calls['changes']['output']>
  site: (input: Calls['site']['input']) => Promise<Calls['site']['output']>
  contract: (siteKey: number) => Promise<Calls['contract']['output']>
  siteAhead: (input: Calls['siteAhead']['input']) => Promise<Calls['siteAhead']['output']>
  keys: (window: Calls['keys']['input']) => Promise<Float64Array>
  workLines: (asked: Calls['workLines']['input']) => Promise<Calls['workLines']['output']>
  select: (how: Calls['select']['input']) => Promise<null>
  selectedKeys: () => Promise<Float64Array>
  notes: (found: Calls['notes']['input']) => Promise<null>
  pick: (keys: Float64Array) => Promise<Calls['pick']['output']>
  edit: (input: Calls['edit']['input']) => Promise<Calls['edit']['output']>
  explain: (key: number) => Promise<Calls['explain']['output']>
  market: (real: Calls['market']['input']) => Promise<Calls['market']['output']>
  model: (name: string) => Promise<Calls['model']['output']>
  purchases: (input: Calls['purchases']['input']) => Promise<Calls['purchases']['output']>
  nextPurchases: (input: Calls['nextPurchases']['input']) => Promise<Calls['nextPurchases']['output']>
  find: (text: string) => Promise<Calls['find']['output']>
  machine: (key: number) => Promise<Calls['machine']['output']>
  /** for whoever waits for an answer that cannot come */
  readonly tellFault: (fault: unknown) => void
  /** questions that were never asked because a newer one came */
  readonly dropped: () => number
}

type Waiting = {
  readonly take: (output: Calls[CallName]['output']) => void
  readonly fail: (fault: Error) => void
}

/** Talks to the engine; at most one look is under way. */
export function createEngineClient(thread: Thread, { onLook, onFault, onWork }: Hearing): EngineClient {
  const waiting = new Map<number, Waiting>()
  let last = 0
  let dropped = 0
  let underWay = false
  let next: Question | null = null
  /** looks and loads whose answer has not come */
  let pending = 0
  /** number of the latest load: a look that was asked for before it is of another fleet */
  let loaded = 0

  thread.hear((message) => {
    const one = waiting.get(message.number)
    if (one === undefined) return
    waiting.delete(message.number)
    if ('fault' in message) one.fail(new Error(message.fault))
    else one.take(message.output)
  })
  thread.onEnd((reason) => {
    for (const { fail } of waiting.values()) fail(new Error(reason))
    waiting.clear()
    onFault(reason)
  })

  const tellFault = (fault: unknown) => onFault(fault instanceof Error ? fault.message : String(fault))

  function call<N extends CallName>(
    name: N,
    input: Calls[N]['input'],
  ): { readonly number: number; readonly output: Promise<Calls[N]['output']> } {
    const number = ++last
    const output = new Promise<Calls[N]['output']>((take, fail) => {
      waiting.set(number, { take: take, fail })
    })
    thread.post({ number, name, input } as ToEngine)
    return { number, output }
  }

  function working(output: Promise<unknown>): void {
    if (pending++ === 0) onWork(true)
    const settled = () => {
      if (--pending === 0) onWork(false)
    }
    output.then(settled, settled)
  }

  function ask(question: Question): void {
    underWay = true
    const { number, output } = call('look', question)
    const done = () => {
      underWay = false
      const waits = next
      next = null
      if (waits !== null) ask(waits)
    }
    output.then(
      (look) => {
        if (number > loaded) onLook(look, question)
        done()
      },
      (fault: unknown) => {
        tellFault(fault)
        done()
      },
    )
    // After the next one is asked: what waits is no rest in between.
    working(output)
  }

  return {
    look(question) {
      if (!underWay) {
        ask(question)
        return
      }
      if (next !== null) dropped++
      next = question
    },
    load(input) {
      const { number, output } = call('load', input)
      loaded = number
      // What waits would be asked of the new fleet, whose first look comes with it.
      working(output)
      return output
    },
    flips: () => call('flips', null).output,
    changes: (trial) => call('changes', trial).output,
    site: (input) => call('site', input).output,
    contract: (siteKey) => call('contract', siteKey).output,
    siteAhead: (input) => call('siteAhead', input).output,
    keys: (window) => call('keys', window).output,
    workLines: (asked) => call('workLines', asked).output,
    select: (how) => call('select', how).output,
    selectedKeys: () => call('selectedKeys', null).output,
    notes: (found) => call('notes', found).output,
    pick: (keys) => call('pick', keys).output,
    edit: (input) => call('edit', input).output,
    explain: (key) => call('explain', key).output,
    market: (real) => call('market', real).output,
    model: (name) => call('model', name).output,
    purchases: (input) => call('purchases', input).output,
    nextPurchases: (input) => call('nextPurchases', input).output,
    find: (text) => call('find', text).output,
    machine: (key) => call('machine', key).output,
    tellFault,
    dropped: () => dropped,
  }
}
