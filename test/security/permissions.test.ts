import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isPermissionAllowed } from '#electron/security/permissions.ts'

/** Every permission name that the declared Electron knows, read from its type declarations. */
function knownPermissions(): string[] {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const types = readFileSync(join(folder, 'electron.d.ts'), 'utf8')
  const handlers = types.matchAll(/setPermission(?:Check|Request)Handler\(handler:.*?permission: ([^,]+),/g)
  return [
    ...new Set([...handlers].flatMap((match) => [...match[1]!.matchAll(/'([\w-]+)'/g)].map((m) => m[1]!))),
  ]
}

describe('permissions', () => {
  const known = knownPermissions()

  test('the list of names is there to be checked', () => {
    expect(known).toEqual(
      expect.arrayContaining(['geolocation', 'notifications', 'media', 'clipboard-read', 'usb']),
    )
  })

  test.each(known.map((name) => [name]))('%s', (name) => {
    expect(isPermissionAllowed(name)).toBe(name === 'clipboard-sanitized-write')
  })

  test.each([
    'accessibility-events',
    'clipboard-write',
    'Clipboard-Sanitized-Write',
    'clipboard-sanitized-write ',
    'constructor',
    '',
    undefined,
    null,
    0,
    ['clipboard-sanitized-write'],
  ])('not %j', (name) => {
    expect(isPermissionAllowed(name)).toBe(false)
  })
})
