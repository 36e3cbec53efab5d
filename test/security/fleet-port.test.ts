import { describe, expect, it, onTestFinished } from 'vitest'
import { APP_ORIGIN, FLEET_PORT } from '#shared/ipc/names.ts'
import { takeFleetPort } from '#renderer/lib/fleet-port.ts'

/** A message as a window gets it: Node's own lacks the origin and the source that only a browser sets. */
function messageTo(page: EventTarget, given: Partial<MessageEvent>): void {
  const event = new Event('message')
  const from = { source: page, origin: APP_ORIGIN, data: FLEET_PORT, ports: [], ...given }
  for (const [name, value] of Object.entries(from)) Object.defineProperty(event, name, { value })
  page.dispatchEvent(event)
}

function channel(): MessageChannel {
  const made = new MessageChannel()
  onTestFinished(() => {
    made.port1.close()
    made.port2.close()
  })
  return made
}

describe('the page’s end of the fleet port', () => {
  it('is the first port that comes from its own window', async () => {
    const page = new EventTarget()
    const taken = takeFleetPort(page)
    const { port1 } = channel()
    messageTo(page, { ports: [port1] })
    expect(await taken).toBe(port1)
  })

  it.each<readonly [string, (page: EventTarget) => Partial<MessageEvent>]>([
    ['another window or frame', () => ({ source: new EventTarget() as MessageEventSource })],
    ['nobody', () => ({ source: null })],
    ['another origin', () => ({ origin: 'https://evil.example' })],
    ['an origin that begins like ours', () => ({ origin: `${APP_ORIGIN}.evil` })],
    ['an empty document', () => ({ origin: 'null' })],
    ['another message of ours', () => ({ data: 'fleet' })],
    ['an object that says the name', () => ({ data: { toString: () => FLEET_PORT } })],
    ['a message without a port', () => ({ ports: [] })],
  ])('is not taken from %s', async (_who, given) => {
    const page = new EventTarget()
    const taken = takeFleetPort(page)
    messageTo(page, { ports: [channel().port1], ...given(page) })
    const { port1: ours } = channel()
    messageTo(page, { ports: [ours] })
    expect(await taken).toBe(ours)
  })

  it('is taken once: a second one finds nobody listening', async () => {
    const page = new EventTarget()
    const taken = takeFleetPort(page)
    const [{ port1: first }, { port1: second }] = [channel(), channel()]
    messageTo(page, { ports: [first] })
    messageTo(page, { ports: [second] })
    expect(await taken).toBe(first)
  })
})
