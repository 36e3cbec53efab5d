import { readFileSync } from 'node:fs'
import { protocol } from 'electron'
import { resolveAsset } from '#electron/security/asset-path.ts'
import { CONTENT_SECURITY_POLICY } from '#electron/security/content-security-policy.ts'
import { APP_SCHEME } from '#electron/security/trusted-url.ts'
import type { Log } from './log.ts'

/** Before Electron is ready: app:// has an origin, counts as secure, and its scripts are cached compiled. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ])
}

/** Serves the built pages and nothing else of the disk. */
export function serveAssets(root: string, log: Log): void {
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
    try {
      respond({
        // At once: the files are ours, few and small, and a page waits for each.
        data: readFileSync(asset.file),
        headers: {
          'content-type': asset.contentType,
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
        },
      })
    } catch (error) {
      log.write(`Could not serve ${request.url}`, error)
      refuse()
    }
  })
}
