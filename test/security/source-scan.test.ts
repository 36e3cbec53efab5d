import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** What the source must not say at all, or may only say in one file. Comments are not source. */

const ROOT = join(import.meta.dirname, '..', '..')
const sources = globSync(['electron/**/*.ts', 'renderer/**/*.{ts,tsx,html,css}', 'shared/**/*.ts'], {
  cwd: ROOT,
})
  .map((path) => path.replaceAll('\\', '/'))
  .map((path) => ({ path, text: withoutComments(readFileSync(join(ROOT, path), 'utf8')) }))

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->/g, '').replaceAll(/(^|[\s;{}()])\/\/.*$/gm, '$1')
}
const filesWith = (pattern: RegExp) =>
  sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path)

describe('nowhere in the program', () => {
  test('the scan sees the program', () => {
    expect(sources.length).toBeGreaterThan(30)
    expect(filesWith(/nodeIntegration: false/)).toEqual(['electron/main/pages.ts'])
  })

  test.each([
    ['Node in a page', /nodeIntegration\w*['"]?\s*:(?!\s*false\b)/],
    ['a page without isolation', /contextIsolation['"]?\s*:(?!\s*true\b)/],
    ['a page without sandbox', /\bsandbox['"]?\s*:(?!\s*true\b)/],
    ['a guest in a page', /webviewTag['"]?\s*:(?!\s*false\b)|<webview/],
    ['webSecurity', /webSecurity/],
    ['insecure content', /allowRunningInsecureContent/],
    ['experimental features', /experimentalFeatures/],
    ['Blink features', /enableBlinkFeatures|enable-blink-features/],
    ['a switch that opens the sandbox', /disable-web-security|ignore-certificate-errors/],
    ['an ear for every certificate', /setCertificateVerifyProc|rejectUnauthorized|'certificate-error'/],
    ['a scheme that bypasses the policy', /bypassCSP|allowServiceWorkers/],
    ['the remote module', /enableRemoteModule|@electron\/remote/],
    ['code from text', /\beval\(|new Function\(|\bvm\b.*runIn/],
    [
      'markup from text',
      /dangerouslySetInnerHTML|\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML|document\.write/,
    ],
    ['a page from a file', /\.loadFile\(|file:\/\/\//],
    ['inline script or style in a page', /<script(?![^>]*\bsrc=)|\sstyle="|\son\w+="/],
    ['code sent into a page', /executeJavaScript/],
    ['another program started', /child_process|shell\.openPath|shell\.showItemInFolder|shell\.trashItem/],
    [
      'a connection past the one way out',
      /node:(?:https?|http2|net|tls|dgram|dns)\b|\bundici\b|XMLHttpRequest|sendBeacon|new (?:WebSocket|EventSource)\(/,
    ],
    ['telemetry', /crashReporter|autoUpdater|sentry|analytics|posthog|amplitude/i],
  ])('%s', (_what, pattern) => {
    expect(filesWith(pattern)).toEqual([])
  })
})

describe('in one file only', () => {
  test.each([
    ['ipcMain', /\bipcMain\b/, 'electron/main/ipc.ts'],
    ['ipcRenderer', /\bipcRenderer\b/, 'electron/preload/index.ts'],
    ['contextBridge', /\bcontextBridge\b/, 'electron/preload/index.ts'],
    ['shell', /\bshell\.(?:open|show|trash|beep)|import \{[^}]*\bshell\b/, 'electron/main/open-link.ts'],
    ['new BrowserWindow', /new BrowserWindow\(/, 'electron/main/pages.ts'],
    ['webPreferences', /webPreferences/, 'electron/main/pages.ts'],
    ['loadURL', /\.loadURL\(/, 'electron/main/pages.ts'],
    // Chromium makes a document of its own of what stands at the head of printed pages.
    ['a style sheet within markup', /<style\b/, 'electron/main/page-head.ts'],
    // The preview of a report, which the program has drawn itself: a document that runs nothing is read, and its nodes are taken.
    [
      'markup that is read',
      /\bDOMParser\b|parseFromString|setHTMLUnsafe/,
      'renderer/screens/reports/sheets.ts',
    ],
    ['file dialogs', /show(?:Open|Save)Dialog/, 'electron/main/dialogs.ts'],
    ['window.api', /\bwindow\b[^\n]*\.api\b/, 'renderer/lib/api.ts'],
    ['a request by Node', /(?<![.\w])fetch\(|globalThis\.fetch|net\.fetch/, 'electron/sources/outgoing.ts'],
    [
      'a request by Chromium',
      /session\.fromPartition|\bsession\b[^\n]*\.fetch\(|net\.request/,
      'electron/main/source-fetch.ts',
    ],
    ['privileged schemes', /registerSchemesAsPrivileged/, 'electron/main/protocol.ts'],
    ['the global sandbox', /app\.enableSandbox\(\)/, 'electron/main/sandbox.ts'],
    ['--no-sandbox', /no-sandbox/, 'electron/main/sandbox.ts'],
  ])('%s', (_what, pattern, file) => {
    expect(filesWith(pattern)).toEqual([file])
  })

  test('whatever is given a way to send is given the one way out', () => {
    // What makes requests asks `outgoing` for leave, which lets nothing leave that is off.
    const makers = filesWith(/createHttp\(\{|postJson\(/).filter(
      (path) => !path.startsWith('electron/sources/'),
    )
    expect(makers.toSorted()).toEqual([
      'electron/services/network-service.ts',
      'electron/services/past-service.ts',
      'electron/services/webhook-service.ts',
    ])
    for (const path of makers)
      expect(sources.find((source) => source.path === path)!.text, path).toMatch(/leave(?: =|:) outgoing\(/)
  })

  test('Electron is imported by the main process and the preload only', () => {
    const folders = filesWith(/from 'electron'/).map((path) => path.split('/').slice(0, 2).join('/'))
    expect(new Set(folders)).toEqual(new Set(['electron/main', 'electron/preload']))
  })

  test('the preload imports nothing but Electron and the names of the contract', () => {
    const preload = sources.filter(({ path }) => path.startsWith('electron/preload/'))
    const imported = preload.flatMap(({ text }) =>
      [...text.matchAll(/from '([^']+)'/g)].map((match) => match[1]),
    )
    expect(imported.toSorted()).toEqual(['#shared/ipc/names.ts', 'electron'])
  })
})
