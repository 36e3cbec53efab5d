import { z } from 'zod'
import type { SecretName, SecretsState } from '#shared/ipc/schemas/secrets.ts'
import { SECRET_NAMES } from '#shared/ipc/schemas/secrets.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { NodePassword } from './node-credentials.ts'
import type { SecretFile } from './secret-file.ts'
import { jsonOrNull } from './secret-file.ts'

export type Secret = { readonly user: string; readonly password: string }
/** A secret with the one server that it is for, as an origin: it is told to no other. */
type BoundSecret = Secret & { readonly origin: string }

export type SecretService = {
  /** Which secrets are known, never the secrets themselves. */
  read(): Promise<SecretsState>
  /**
   * null forgets it. Without a keystore a secret is kept until the program ends, and nothing is written.
   * @param address of the server that it is for
   * @throws StrikelineError 'bad-input' where there is no address yet; 'file-unwritable', then what was stored before is still there
   */
  write(name: SecretName, secret: Secret | null, address: string): Promise<SecretsState>
  /**
   * The secret itself, for the main process alone; null where there is none.
   * @throws StrikelineError 'file-unreadable' where one is stored that this user and this keystore cannot open
   */
  secret(name: SecretName): Promise<BoundSecret | null>
}

/**
 * The secret of the operator's own node as its HTTP interface wants it, "user:password"; null where there is none. For
 * another server than it was typed for it is a fault: a changed address must not get the password.
 */
export function nodePasswordOf(secrets: Pick<SecretService, 'secret'>): NodePassword {
  return async (nodeUrl) => {
    const kept = await secrets.secret('bitcoind')
    if (kept !== null && kept.origin !== new URL(nodeUrl).origin)
      throw new StrikelineError(
        'bad-input',
        `The user and password of your own node were typed for ${kept.origin}; type them again for this address, or forget them.`,
      )
    return kept === null ? null : `${kept.user}:${kept.password}`
  }
}

const secretSchema = z.strictObject({ user: z.string(), password: z.string(), origin: z.string() })

/** Users and passwords of the operator's own servers. */
export function createSecretService(file: SecretFile): SecretService {
  async function secret(name: SecretName): Promise<BoundSecret | null> {
    const text = await file.read(name)
    if (text === null) return null
    const parsed = secretSchema.safeParse(jsonOrNull(text))
    if (parsed.success) return parsed.data
    throw new StrikelineError(
      'file-unreadable',
      'The stored password of your own node is not readable; type it again.',
    )
  }

  async function read(): Promise<SecretsState> {
    const known: Record<SecretName, SecretsState['known'][SecretName]> = { bitcoind: null }
    const faults = new Set<string>()
    for (const name of SECRET_NAMES) {
      try {
        const found = await secret(name)
        known[name] = found === null ? null : { user: found.user, stored: !file.isOfSession(name) }
      } catch (error) {
        if (!(error instanceof StrikelineError)) throw error
        faults.add(error.message)
      }
    }
    return {
      keystore: await file.hasKeystore(),
      known,
      ...(faults.size === 0 ? {} : { fault: [...faults].join(' ') }),
    }
  }

  return {
    read,
    secret,
    async write(name, value, address) {
      const bound = value === null ? null : { ...value, origin: originOf(address) }
      await file.write(name, bound === null ? null : JSON.stringify(bound))
      return read()
    },
  }
}

function originOf(address: string): string {
  if (URL.canParse(address)) return new URL(address).origin
  throw new StrikelineError(
    'bad-input',
    'Give the address of your own node first: the password is for it alone.',
  )
}
