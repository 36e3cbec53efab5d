import { readFileSync } from 'node:fs'
import { protocol } from 'electron'
import { resolveAsset } from '#electron/security/asset-path.ts'
import { CONTENT_SECURITY_POLICY, PRINTED_PAGE_POLICY } from '#electron/security/content-security-policy.ts'
import { APP_SCHEME, pageOf } from '#electron/security/trusted-url.ts'
import type { DrawnPages } from '#shared/report/drawn.ts'
import type { Log } from './log.ts'

/** Before Electron is ready: app:// has an origin, counts as secure, and its scripts are cached compiled. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ])
}

/** What the printed page is answered with; without it the page is empty. */
export type PrintedPage = {
  show(drawn: DrawnPages): void
  clear(): void
}

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** Serves the built pages and nothing else of the disk; the printed page with what it is to show in it. */
export function serveAssets(root: string, log: Log): PrintedPage {
  let printed: DrawnPages | null = null
  // handle() would load Node's whole fetch before the window's first byte, and pipe each file through two streams.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else answers with bytes and headers of ours
  protocol.registerBufferProtocol(APP_SCHEME, (request, respond) => {
    const refuse = () => respond({ statusCode: 404, data: Buffer.alloc(0) })
    const asset = resolveAsset(request, root)
    if (asset === null) {
      log.write(`Refused to serve ${request.method} ${request.url}`)
      refuse()
      return
    }
    const answer = (data: Buffer, policy: string) =>
      respond({
        data,
        headers: { 'content-type': asset.contentType, 'content-security-policy': policy, ...HEADERS },
      })
    try {
      // At once: the files are ours, few and small, and a page waits for each.
      const data = readFileSync(asset.file)
      if (pageOf(request.url) !== 'print') answer(data, CONTENT_SECURITY_POLICY)
      else answer(printed === null ? data : pageWith(data.toString('utf8'), printed), PRINTED_PAGE_POLICY)
    } catch (error) {
      log.write(`Could not serve ${request.url}`, error)
      refuse()
    }
  })
  return {
    show(drawn) {
      printed = drawn
    },
    clear() {
      printed = null
    },
  }
}

/** The empty page with its title and its content. React has escaped the markup; the title is text. */
function pageWith(empty: string, { markup, title }: DrawnPages): Buffer {
  const text = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return Buffer.from(
    empty.replace(/<title>[^<]*/, () => `<title>${text}`).replace(/<main><\/main>/, () => markup),
    'utf8',
  )
}
