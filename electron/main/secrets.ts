import { join } from 'node:path'
import {
  createSecretService,
  nodePasswordOf,
  SECRETS_NAME,
  type SecretService,
} from '#electron/services/secret-service.ts'
import { systemKeystore } from './keystore.ts'

/** The secrets of a data folder, opened with the system's keystore. */
export function secretsIn(dataFolder: string): SecretService {
  return createSecretService({ keystore: systemKeystore, file: join(dataFolder, SECRETS_NAME) })
}

/** The stored "user:password" of the operator's own node at an address; null: none. */
export function nodePasswordIn(dataFolder: string, nodeUrl: string): Promise<string | null> {
  return nodePasswordOf(secretsIn(dataFolder))(nodeUrl)
}
