import { ipcMain } from 'electron'
import { CHANNEL_NAMES } from '#shared/ipc/names.ts'
import type { Gate } from './call-gate.ts'

/** The only user of ipcMain: every channel of the contract, and no other, through the gate. */
export function listenToCalls(gate: Gate): void {
  for (const name of CHANNEL_NAMES) {
    ipcMain.handle(name, (event, input: unknown) => gate(name, event, input))
  }
}
