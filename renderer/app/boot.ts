import type { Api } from '#shared/ipc/api.ts'
import type { Thread } from '../engine/client.ts'
import { startEngineThread } from '../engine/thread.ts'
import { api } from '../lib/api.ts'
import { takeFleetPort } from '../lib/fleet-port.ts'

/*
 * The page's first script: the engine begins to load and the main process to answer while the program itself, which is many
 * times as large, is read.
 */

/** What has begun before the program. */
export type Begun = {
  readonly thread: Thread
  readonly start: ReturnType<Api['app']['start']>
  readonly inputs: ReturnType<Api['case']['read']>
}

const begun: Begun = {
  thread: startEngineThread(takeFleetPort(window)),
  start: api.app.start({}),
  inputs: api.case.read({}),
}
void import('./main.tsx').then(({ show }) => show(begun))
