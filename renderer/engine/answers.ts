import type { FleetMessage } from '#shared/ipc/fleet-port.ts'
import { unpackMachines } from '#shared/domain/fleet/packed.ts'
import type { Delivery, Engine } from './engine.ts'
import type { PageCall, Pages } from './pages.ts'
import type { Calls, FromEngine, ToEngine } from './protocol.ts'

/** Work that nobody waits for is left after so long, to see whether something was asked. */
const TURN_MS = 8

/** Gives the machines of a revision once they have come. */
type MachinesOf = (revision: number) => Promise<FleetMessage>

/**
 * Answers messages to an engine one after the other, each under the number it came with; a fault is an answer too. What is
 * asked while machines are awaited is answered once they are there.
 */
export function answerWith(engine: Engine, machinesOf: MachinesOf) {
  /** of the machines that the engine holds */
  let held: number | null = null

  async function delivered({ revision, delivery }: Calls['load']['input']): Promise<Delivery> {
    // Who read the fleet twice at once gets the same machines twice; the second are dropped where they arrive.
    if (delivery === 'same' || revision === held) return { kind: 'same' }
    const message = await machinesOf(revision)
    if (message.kind === 'rows' && !(held !== null && message.from <= held))
      throw new Error(
        `The rows that changed since revision ${message.from} do not fit revision ${held ?? '–'}.`,
      )
    return { kind: message.kind, machines: unpackMachines(message.machines) }
  }

  async function output(message: ToEngine): Promise<Calls[ToEngine['name']]['output']> {
    switch (message.name) {
      case 'load': {
        const delivery = await delivered(message.input)
        const inventory = engine.load(delivery, message.input.sites, message.input.inputs)
        held = message.input.revision
        return { inventory, look: engine.look(message.input.question) }
      }
      case 'look':
        return engine.look(message.input)
      case 'flips':
        return flipsUnlessAsked()
      case 'changes':
        return engine.changes(message.input)
      case 'keys':
        return engine.keys(message.input)
      case 'select':
        engine.select(message.input)
        return null
      case 'selectedKeys':
        return engine.selectedKeys()
      case 'notes':
        engine.takeNotes(message.input)
        return null
      case 'machine':
        return engine.machine(message.input)
      case 'contract':
      case 'edit':
      case 'explain':
      case 'find':
      case 'market':
      case 'model':
      case 'nextPurchases':
      case 'pick':
      case 'purchases':
      case 'site':
      case 'siteAhead':
      case 'workLines':
        return ofPages(message)
    }
  }

  let pages: Pages | null = null
  async function ofPages({ name, input }: Extract<ToEngine, { readonly name: PageCall }>) {
    pages ??= (await import('./pages.ts')).pagesOf(engine.there)
    return (pages[name] as (asked: unknown) => Calls[PageCall]['output'])(input)
  }

  /** Of what was asked last; a question that comes meanwhile is answered first, and these are of no use then. */
  async function flipsUnlessAsked(): Promise<Calls['flips']['output']> {
    const asked = messages
    const steps = engine.flips()
    let turnedAt = performance.now()
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
      if (performance.now() - turnedAt < TURN_MS) continue
      turnedAt = performance.now()
      // A turn of the thread, in which messages come in.
      await new Promise((done) => setTimeout(done))
      if (messages !== asked) return null
    }
  }

  /** how many have come */
  let messages = 0
  let before: Promise<unknown> = Promise.resolve()
  return (message: ToEngine): Promise<FromEngine> => {
    const { number } = message
    messages++
    const answer = before.then(async (): Promise<FromEngine> => {
      try {
        return { number, output: await output(message) }
      } catch (fault) {
        return { number, fault: fault instanceof Error ? fault.message : String(fault) }
      }
    })
    before = answer
    return answer
  }
}
