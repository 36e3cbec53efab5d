import { describe, expect, test } from 'vitest'
import { mayNavigate, PAGE_URLS, pageOf } from '#electron/security/trusted-url.ts'

const HOSTILE: readonly unknown[] = [
  '',
  'about:blank',
  'about:srcdoc',
  'app:',
  'app://',
  'app://strikeline',
  'app://strikeline/',
  'app://strikeline/other.html',
  'app://strikeline/index.html/',
  'app://strikeline/index.html/../print.html',
  'app://strikeline/index.html?next=https://evil.example',
  'app://strikeline/index.html\n',
  ' app://strikeline/index.html',
  'app://strikeline/INDEX.HTML',
  'APP://strikeline/index.html',
  'app://Strikeline/index.html',
  'app://strikeline./index.html',
  'app://strikeline:80/index.html',
  'app://strikeline@evil.example/index.html',
  'app://evil.example/index.html',
  'app://strikeline.evil.example/index.html',
  'app://evil.example/#app://strikeline/index.html',
  'app:\\\\strikeline\\index.html',
  'app:strikeline/index.html',
  'app:///index.html',
  'app://strikeline/%69ndex.html',
  'app://strikeline//index.html',
  'http://strikeline/index.html',
  'https://strikeline/index.html',
  'https://evil.example/app://strikeline/index.html',
  'file:///index.html',
  'blob:app://strikeline/0a1b',
  'data:text/html,<script>1</script>',
  'javascript:alert(1)',
  'view-source:app://strikeline/index.html',
  'devtools://devtools/bundled/inspector.html',
  'chrome://gpu',
  'ws://strikeline/index.html',
  undefined,
  null,
  0,
  {},
  ['app://strikeline/index.html'],
  { toString: () => 'app://strikeline/index.html' },
  new URL('app://strikeline/index.html'),
]

describe('which pages are ours', () => {
  test.each(HOSTILE.map((url) => [url]))('not %s', (url) => {
    expect(pageOf(url)).toBeNull()
    expect(mayNavigate('window', url)).toBe(false)
    expect(mayNavigate('print', url)).toBe(false)
  })

  test('the window and the printed report, with or without a fragment', () => {
    expect(pageOf(PAGE_URLS.window)).toBe('window')
    expect(pageOf(`${PAGE_URLS.window}#/sites`)).toBe('window')
    expect(pageOf(PAGE_URLS.print)).toBe('print')
  })

  test('a page stays itself: neither of ours becomes the other', () => {
    expect(mayNavigate('window', PAGE_URLS.window)).toBe(true)
    expect(mayNavigate('window', PAGE_URLS.print)).toBe(false)
    expect(mayNavigate('print', PAGE_URLS.window)).toBe(false)
  })
})
