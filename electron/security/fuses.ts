/**
 * The switches inside the shipped executable, by the names that electron-builder knows them under. A test
 * compares the packaging configuration and the packaged binary with this table.
 */
export const EXPECTED_FUSES = {
  /** else ELECTRON_RUN_AS_NODE makes a signed interpreter out of the program */
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  /** on only in a test build that is never shipped: the end-to-end tests attach through it */
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  /** pages come from app://; file:// gets no more than a browser gives it */
  grantFileProtocolExtraPrivileges: false,
} as const satisfies Readonly<Record<string, boolean>>
