import { readFile, rename } from 'node:fs/promises'
import { z } from 'zod'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { replaceFile } from '#electron/files/replace.ts'

/** Beside the database in the data folder, and in no backup of it. */
export const SECRETS_NAME = 'secrets.json'

/** The system's encryption: another user or another machine cannot decrypt what it made. */
export type Keystore = {
  isAvailable(): Promise<boolean>
  encrypt(text: string): Promise<Buffer>
  /** Rejects where it was made by another user or keystore, or is damaged. */
  decrypt(encrypted: Buffer): Promise<string>
}

/** Name → what it is called in a sentence. */
const WORDS = { bitcoind: 'password of your own node', webhook: 'address of the webhook' } as const
export type SecretKey = keyof typeof WORDS

/** Name → what the keystore made of the secret, base64. */
const fileSchema = z.strictObject({
  version: z.literal(1),
  secrets: z.record(z.string().max(40), z.base64().max(10_000)),
})
type Stored = z.output<typeof fileSchema>['secrets']

const OWNER_ONLY = 0o600

/** Texts that nobody else may read, by name. */
export type SecretFile = {
  /** whether this system has a keystore; without one a secret is kept until the program ends */
  hasKeystore(): Promise<boolean>
  /**
   * null where there is none.
   * @throws StrikelineError 'file-unreadable' where one is stored that this user and this keystore cannot open
   */
  read(name: SecretKey): Promise<string | null>
  /** null forgets it. @throws StrikelineError 'file-unwritable', then what was stored before is still there */
  write(name: SecretKey, text: string | null): Promise<void>
  /** Typed in this session, and written nowhere. */
  isOfSession(name: SecretKey): boolean
  /** Whether there is one, readable or not. */
  has(name: SecretKey): Promise<boolean>
}

export type SecretFileOptions = {
  /** null: this program has none */
  readonly keystore: Keystore | null
  /** where encrypted secrets lie, beside the database and never in it */
  readonly file: string
  readonly nowMs?: () => number
}

export function createSecretFile({ keystore, file, nowMs = Date.now }: SecretFileOptions): SecretFile {
  /** typed in this session where there is no keystore */
  const session = new Map<SecretKey, string>()
  let writing: Promise<unknown> = Promise.resolve()

  const unreadable = (why: string, cause?: unknown) => {
    const fault = new StrikelineError('file-unreadable', why)
    fault.cause = cause
    return fault
  }
  const hasKeystore = async () => (await keystore?.isAvailable()) ?? false

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

  async function write(name: SecretKey, text: string | null): Promise<void> {
    if (text !== null && !(await hasKeystore())) {
      session.set(name, text)
      return
    }
    const { [name]: before, ...others } = await storedOrAside()
    // Forgetting needs no keystore.
    if (text !== null || before !== undefined) {
      const made = text === null ? {} : { [name]: (await keystore!.encrypt(text)).toString('base64') }
      const content = { version: 1, secrets: { ...others, ...made } }
      await replaceFile(file, [JSON.stringify(content)], OWNER_ONLY)
    }
    session.delete(name)
  }

  return {
    hasKeystore,
    isOfSession: (name) => session.has(name),
    has: async (name) => session.has(name) || (await readStored())[name] !== undefined,
    async read(name) {
      const typed = session.get(name)
      if (typed !== undefined) return typed
      const encrypted = (await readStored())[name]
      if (encrypted === undefined) return null
      const stored = `The stored ${WORDS[name]} cannot be read`
      if (keystore === null) throw unreadable(`${stored} by this program, which has no keystore.`)
      if (!(await keystore.isAvailable()))
        throw unreadable(`${stored}, because this system has no keystore at the moment; type it again.`)
      try {
        return await keystore.decrypt(Buffer.from(encrypted, 'base64'))
      } catch (error) {
        throw unreadable(`${stored}: another user or another keystore has made it; type it again.`, error)
      }
    },
    async write(name, text) {
      const result = writing.then(() => write(name, text))
      // The caller gets the fault; the next write still runs.
      writing = result.catch(() => undefined)
      await result
    },
  }
}

export function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
