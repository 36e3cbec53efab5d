import { readFile, rename } from 'node:fs/promises'
import { z } from 'zod'
import type { SecretName, SecretsState } from '#shared/ipc/schemas/channels.ts'
import { SECRET_NAMES } from '#shared/ipc/schemas/channels.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { replaceFile } from '#electron/files/replace.ts'
import type { NodePassword } from './node-credentials.ts'

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

/** Beside the database in the data folder, and in no backup of it. */
export const SECRETS_NAME = 'secrets.json'

/** The system's encryption: another user or another machine cannot decrypt what it made. */
export type Keystore = {
  isAvailable(): Promise<boolean>
  encrypt(text: string): Promise<Buffer>
  /** Rejects where it was made by another user or keystore, or is damaged. */
  decrypt(encrypted: Buffer): Promise<string>
}

export type SecretServiceOptions = {
  /** null: this program has none */
  readonly keystore: Keystore | null
  /** where encrypted secrets lie, beside the database and never in it */
  readonly file: string
  readonly nowMs?: () => number
}

/** Name → what the keystore made of the secret, base64. */
const fileSchema = z.strictObject({
  version: z.literal(1),
  secrets: z.partialRecord(z.enum(SECRET_NAMES), z.base64().max(10_000)),
})
type Stored = z.output<typeof fileSchema>['secrets']
const secretSchema = z.strictObject({ user: z.string(), password: z.string(), origin: z.string() })

const OWNER_ONLY = 0o600

export function createSecretService({
  keystore,
  file,
  nowMs = Date.now,
}: SecretServiceOptions): SecretService {
  /** typed in this session where there is no keystore */
  const session = new Map<SecretName, BoundSecret>()
  let writing: Promise<unknown> = Promise.resolve()

  const unreadable = (why: string, cause?: unknown) => {
    const fault = new StrikelineError('file-unreadable', why)
    fault.cause = cause
    return fault
  }

  /** What is in the file; nothing where there is none. */
  async function readStored(): Promise<Stored> {
    let text: string
    try {
      text = await readFile(file, 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
      throw unreadable(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
    }
    const parsed = fileSchema.safeParse(jsonOrNull(text))
    if (parsed.success) return parsed.data.secrets
    throw unreadable(`${file} is damaged: no secret can be read from it; type them again.`)
  }

  async function secret(name: SecretName): Promise<BoundSecret | null> {
    const typed = session.get(name)
    if (typed !== undefined) return typed
    const encrypted = (await readStored())[name]
    if (encrypted === undefined) return null
    if (keystore === null || !(await keystore.isAvailable()))
      throw unreadable(
        'The stored password of your own node cannot be read, because this system has no keystore at the moment; type it again.',
      )
    try {
      return secretSchema.parse(jsonOrNull(await keystore.decrypt(Buffer.from(encrypted, 'base64'))))
    } catch (error) {
      throw unreadable(
        'The stored password of your own node cannot be read: another user or another keystore has made it; type it again.',
        error,
      )
    }
  }

  async function read(): Promise<SecretsState> {
    const known: Record<SecretName, SecretsState['known'][SecretName]> = { bitcoind: null }
    const faults = new Set<string>()
    for (const name of SECRET_NAMES) {
      try {
        const found = await secret(name)
        known[name] = found === null ? null : { user: found.user, stored: !session.has(name) }
      } catch (error) {
        if (!(error instanceof StrikelineError)) throw error
        faults.add(error.message)
      }
    }
    return {
      keystore: (await keystore?.isAvailable()) ?? false,
      known,
      ...(faults.size === 0 ? {} : { fault: [...faults].join(' ') }),
    }
  }

  /** A file that nobody can make sense of is moved aside, not overwritten. */
  async function storedOrAside(): Promise<Stored> {
    try {
      return await readStored()
    } catch (error) {
      if (!(error instanceof StrikelineError)) throw error
      const stamp = new Date(nowMs()).toISOString().replaceAll(/[:.]/g, '-')
      await rename(file, `${file}.broken-${stamp}`)
      return {}
    }
  }

  async function write(name: SecretName, value: BoundSecret | null): Promise<void> {
    const isStorable = value !== null && keystore !== null && (await keystore.isAvailable())
    if (value !== null && !isStorable) {
      session.set(name, value)
      return
    }
    const { [name]: before, ...others } = await storedOrAside()
    // Forgetting needs no keystore.
    if (value !== null || before !== undefined) {
      const made =
        value === null ? {} : { [name]: (await keystore!.encrypt(JSON.stringify(value))).toString('base64') }
      const content = { version: 1, secrets: { ...others, ...made } }
      await replaceFile(file, [JSON.stringify(content)], OWNER_ONLY)
    }
    session.delete(name)
  }

  return {
    read,
    secret,
    async write(name, value, address) {
      const bound = value === null ? null : { ...value, origin: originOf(address) }
      const result = writing.then(() => write(name, bound))
      // The caller gets the fault; the next write still runs.
      writing = result.catch(() => undefined)
      await result
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

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
