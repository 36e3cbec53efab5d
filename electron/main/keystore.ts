import { app, safeStorage } from 'electron'
import type { Keystore } from '#electron/services/secret-file.ts'

/**
 * The system's keystore: Keychain, DPAPI, or the keyring of a Linux desktop. Without a Linux keyring Electron would
 * encrypt with a password from its own source, which protects nothing.
 */
export const systemKeystore: Keystore = {
  async isAvailable() {
    await app.whenReady()
    // The stand-in for trials is older than these calls.
    if (!('isAsyncEncryptionAvailable' in safeStorage)) return false
    if (process.platform === 'linux' && !hasKeyring()) return false
    return safeStorage.isAsyncEncryptionAvailable()
  },
  encrypt: (text) => safeStorage.encryptStringAsync(text),
  decrypt: async (encrypted) => (await safeStorage.decryptStringAsync(encrypted)).result,
}

function hasKeyring(): boolean {
  const backend = safeStorage.getSelectedStorageBackend()
  return backend !== 'basic_text' && backend !== 'unknown'
}
