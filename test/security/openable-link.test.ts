import { describe, expect, test } from 'vitest'
import { isOpenableLink, LINKS } from '#electron/security/openable-link.ts'

describe('what the operating system is asked to open', () => {
  test.each([
    'javascript:alert(1)',
    'data:text/html,<b>',
    'file:///etc/passwd',
    'file://server/share/run.exe',
    'smb://server/share',
    'ms-msdt:/id',
    'ms-officecmd:{}',
    'search-ms:query=x',
    'vscode://file/etc/passwd',
    'mailto:someone@mempool.space',
    'tel:112',
    'ftp://mempool.space/',
    'http://mempool.space/',
    'ws://mempool.space/',
    'app://strikeline/index.html',
    'about:blank',
    '//mempool.space/',
    'mempool.space',
    'https:mempool.space',
    'https:/mempool.space',
    'https:\\\\mempool.space\\',
    'HTTPS://mempool.space/',
    ' https://mempool.space/',
    'https://evil.example/',
    'https://mempool.space.evil.example/',
    'https://evilmempool.space/',
    'https://www.mempool.space/',
    'https://mempool.space@evil.example/',
    'https://user:password@mempool.space/',
    'https://user@mempool.space/',
    'https://mempool.space:8443/',
    'https://evil.example#mempool.space',
    'https://evil.example\\@mempool.space/',
    'https://mempool.space./',
    'https://mempоol.space/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://',
    '',
    undefined,
    null,
    0,
    {},
    ['https://mempool.space/'],
    { toString: () => 'https://mempool.space/' },
    new URL('https://mempool.space/'),
  ])('not %s', (link) => {
    expect(isOpenableLink(link)).toBe(false)
  })

  test.each(Object.values(LINKS).map((link) => [link]))('%s', (link) => {
    expect(isOpenableLink(link)).toBe(true)
  })
})
