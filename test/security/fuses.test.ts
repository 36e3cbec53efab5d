import { FuseV1Options } from '@electron/fuses'
import { describe, expect, test } from 'vitest'
import { EXPECTED_FUSES } from '#electron/security/fuses.ts'

describe('expected fuses', () => {
  test('what could turn the program into an interpreter or a debugger is off, what protects it is on', () => {
    expect(EXPECTED_FUSES).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  test('every name is a fuse that exists', () => {
    const known = Object.keys(FuseV1Options).map((name) => name.toLowerCase())
    for (const name of Object.keys(EXPECTED_FUSES)) expect(known).toContain(name.toLowerCase())
  })
})
