import { describe, expect, test } from 'vitest'
import { isPageRequestAllowed } from '#electron/security/network-request.ts'

describe('what a page may load', () => {
  test.each([
    'http://mempool.space/api',
    'https://mempool.space/api/v1/prices',
    'https://strikeline/index.html',
    'https://evil.example/app://strikeline/',
    'http://127.0.0.1:3000/',
    'ws://127.0.0.1/',
    'wss://mempool.space/',
    'ftp://mempool.space/',
    'file:///etc/passwd',
    'chrome-extension://abcdef/x.js',
    'app://strikeline',
    'app://strikeline.evil/index.html',
    'app://evil/index.html',
    'app:strikeline/',
    'blob:https://evil.example/1',
    'devtools://evil/x',
    '',
    undefined,
    null,
    { startsWith: () => true },
  ])('not %s', (url) => {
    expect(isPageRequestAllowed(url, { devTools: true })).toBe(false)
    expect(isPageRequestAllowed(url, { devTools: false })).toBe(false)
  })

  test('its own files', () => {
    expect(isPageRequestAllowed('app://strikeline/index.html', { devTools: false })).toBe(true)
    expect(isPageRequestAllowed('app://strikeline/assets/index.js', { devTools: false })).toBe(true)
  })

  test('the inspector only where the program is not packaged', () => {
    const inspector = 'devtools://devtools/bundled/devtools_app.html'
    expect(isPageRequestAllowed(inspector, { devTools: false })).toBe(false)
    expect(isPageRequestAllowed(inspector, { devTools: true })).toBe(true)
  })
})
