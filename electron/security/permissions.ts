/**
 * The one permission of the web platform that a page may have: writing plain text to the clipboard after a
 * click. Everything else (devices, sensors, notifications, reading the clipboard, …) is denied.
 */
const ALLOWED_PERMISSIONS: ReadonlySet<unknown> = new Set(['clipboard-sanitized-write'])

export function isPermissionAllowed(permission: unknown): boolean {
  return ALLOWED_PERMISSIONS.has(permission)
}
