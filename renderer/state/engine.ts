import type { EngineClient } from '../engine/client.ts'

let client: EngineClient | null = null

/** Gives the window its engine; before that nothing can be asked. */
export function setEngine(made: EngineClient): void {
  client = made
}

/** @throws Error before there is one */
export function engine(): EngineClient {
  if (client === null) throw new Error('The engine has not been started.')
  return client
}

/** Asks the engine and does something with the answer; where it fails, the window says so. */
export function askEngine<T>(ask: (engine: EngineClient) => Promise<T>, take: (answer: T) => void): void {
  const asking = engine()
  ask(asking).then(take, asking.tellFault)
}
