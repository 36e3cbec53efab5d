import { app, session } from 'electron'
import { isPageRequestAllowed } from '#electron/security/network-request.ts'
import { isPermissionAllowed } from '#electron/security/permissions.ts'

/** What pages may ask of Chromium: almost nothing. */
export function hardenSession(): void {
  const pages = session.defaultSession
  pages.setPermissionRequestHandler((_contents, permission, callback) => {
    callback(isPermissionAllowed(permission))
  })
  pages.setPermissionCheckHandler((_contents, permission) => isPermissionAllowed(permission))
  pages.setDevicePermissionHandler(() => false)
  pages.setDisplayMediaRequestHandler((_request, callback) => {
    callback(null)
  })
  const devTools = !app.isPackaged
  pages.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !isPageRequestAllowed(details.url, { devTools }) })
  })
  pages.on('will-download', (event) => {
    event.preventDefault()
  })
}
