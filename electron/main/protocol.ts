import { readFile } from 'node:fs/promises'
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
  const refused = () => new Response(null, { status: 404 })
  protocol.handle(APP_SCHEME, async (request) => {
    const asset = resolveAsset(request, root)
    if (asset === null) {
      log.write(`Refused to serve ${request.method} ${request.url}`)
      return refused()
    }
    try {
      return new Response(await readFile(asset.file), {
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
      return refused()
    }
  })
}
