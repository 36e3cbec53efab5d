import { app } from 'electron'
import { isSandboxForgone } from '#electron/security/sandbox.ts'

/** Every process of Chromium's in its sandbox, also the windows that would not ask for it. Before ready. */
export function enableSandbox(): void {
  const forgone = isSandboxForgone({
    asked: app.commandLine.hasSwitch('no-sandbox'),
    isPackaged: app.isPackaged,
    isRoot: process.getuid?.() === 0,
  })
  if (!forgone) app.enableSandbox()
}
