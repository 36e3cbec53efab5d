import { join } from 'node:path'
import { createSecretFile, SECRETS_NAME, type SecretFile } from '#electron/services/secret-file.ts'
import { createSecretService, nodePasswordOf } from '#electron/services/secret-service.ts'
import { systemKeystore } from './keystore.ts'

/** The secrets of a data folder, opened with the system's keystore. */
export function secretsIn(dataFolder: string): SecretFile {
  return createSecretFile({ keystore: systemKeystore, file: join(dataFolder, SECRETS_NAME) })
}

/** The stored "user:password" of the operator's own node at an address; null: none. */
export function nodePasswordIn(dataFolder: string, nodeUrl: string): Promise<string | null> {
  return nodePasswordOf(createSecretService(secretsIn(dataFolder)))(nodeUrl)
}
