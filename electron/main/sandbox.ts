import { app } from 'electron'
import { isSandboxForgone } from '#electron/security/sandbox.ts'

/** Puts every Chromium process into its sandbox. Must run before ready. */
export function enableSandbox(): void {
  const forgone = isSandboxForgone({
    asked: app.commandLine.hasSwitch('no-sandbox'),
    isPackaged: app.isPackaged,
    isRoot: process.getuid?.() === 0,
  })
  if (!forgone) app.enableSandbox()
}
