import { join, sep } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resolveAsset } from '#electron/security/asset-path.ts'

const ROOT = join(sep, 'opt', 'strikeline', 'out', 'renderer')
const get = (url: string) => resolveAsset({ method: 'GET', url }, ROOT)

const HOSTILE_PATHS: readonly string[] = [
  '',
  '/',
  '/.',
  '/..',
  '/../index.html',
  '/../../etc/passwd',
  '/assets/../../secret.html',
  '/assets/..',
  '/./index.html',
  '/.env',
  '/.git/config',
  '/assets/.hidden.js',
  '/%2e%2e/index.html',
  '/%2E%2E%2Findex.html',
  '/..%2findex.html',
  '/%252e%252e/index.html',
  '/%25%32%65%25%32%65/index.html',
  '/index.html%00',
  '/index.html%00.png',
  '/index.html\0.png',
  '/%69ndex.html',
  '/..\\..\\secret.html',
  '\\index.html',
  '/assets\\index.js',
  '/..%5cindex.html',
  '/%5c%5cserver/share/index.html',
  '//index.html',
  '//etc/passwd',
  '///etc/hosts.html',
  '/assets//index.js',
  '/C:/Windows/win.html',
  '/c:index.html',
  '/file:///etc/passwd.html',
  '/index.html/',
  '/index.html?x=1',
  '/index.html;x=1.html',
  '/index.html ',
  '/ index.html',
  '/index.html\n',
  '/index',
  '/assets/',
  '/assets/model.exe',
  '/assets/strikeline.db',
  '/assets/main.ts',
  '/assets/index.js.map',
  '/assets/index.constructor',
  '/index.HTML',
  '/ï.html',
  '/index.html\u202e',
  '/．．/index.html',
  '/~/index.html',
  '/$HOME/index.html',
]

describe('what app:// serves', () => {
  test.each(HOSTILE_PATHS.map((path) => [path]))('not the path %j', (path) => {
    expect(get(`app://strikeline${path}`)).toBeNull()
  })

  test.each([
    'app://evil/index.html',
    'app://strikeline.evil/index.html',
    'app://strikeline:1/index.html',
    'app://user@strikeline/index.html',
    'app://strikeline@evil/index.html',
    'app://STRIKELINE/index.html',
    'app:///index.html',
    'app:/index.html',
    'app:index.html',
    'app:\\\\strikeline\\index.html',
    'https://strikeline/index.html',
    'file:///opt/strikeline/out/renderer/index.html',
    '/index.html',
    'index.html',
  ])('not the address %s', (url) => {
    expect(get(url)).toBeNull()
  })

  test.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'get', ''])(
    'not with the method %j',
    (method) => {
      expect(resolveAsset({ method, url: 'app://strikeline/index.html' }, ROOT)).toBeNull()
    },
  )

  test('the built files, each with its type', () => {
    const html = 'text/html; charset=utf-8'
    expect(get('app://strikeline/index.html')).toEqual({ file: join(ROOT, 'index.html'), contentType: html })
    expect(get('app://strikeline/print.html#part')).toEqual({
      file: join(ROOT, 'print.html'),
      contentType: html,
    })
    expect(get('app://strikeline/assets/index-DiwrgTda.js')).toEqual({
      file: join(ROOT, 'assets', 'index-DiwrgTda.js'),
      contentType: 'text/javascript; charset=utf-8',
    })
    expect(get('app://strikeline/assets/Inter.var-_x1.woff2')?.contentType).toBe('font/woff2')
  })

  test('whatever is asked for, nothing outside the folder is answered', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '%2e%2e',
        '%00',
        '\\',
        '/',
        '//',
        'assets',
        'index.html',
        ':',
        '%',
        '~',
        '\0',
      ),
      fc.string({ maxLength: 6, unit: 'binary' }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const asset = get(`app://strikeline/${pieces.join('')}`)
        if (asset === null) return
        expect(asset.file.startsWith(ROOT + sep)).toBe(true)
        expect(asset.file.split(sep)).not.toContain('..')
      }),
      { numRuns: 2000 },
    )
  })
})
