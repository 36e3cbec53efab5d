import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Keystore } from '#electron/services/secret-file.ts'
import { createSecretFile } from '#electron/services/secret-file.ts'
import { createSecretService, nodePasswordOf } from '#electron/services/secret-service.ts'
import { temporaryFolder } from '../store/stores.ts'

/** A keystore as the system's: what one key has made, another cannot open. */
function keystoreWith(key: Buffer = randomBytes(32)): Keystore & { isThere: boolean } {
  return {
    isThere: true,
    isAvailable() {
      return Promise.resolve(this.isThere)
    },
    encrypt(text) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Promise.resolve(Buffer.concat([iv, cipher.getAuthTag(), sealed]))
    },
    async decrypt(encrypted) {
      await Promise.resolve()
      const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(0, 12))
      decipher.setAuthTag(encrypted.subarray(12, 28))
      return Buffer.concat([decipher.update(encrypted.subarray(28)), decipher.final()]).toString('utf8')
    },
  }
}

const SECRET = { user: 'operator', password: 'correct horse: battery' }
const NODE = 'http://127.0.0.1:8332'
const BOUND = { ...SECRET, origin: NODE }
const NOW_MS = Date.UTC(2026, 9, 5, 12)

function make(keystore: Keystore | null, file = join(temporaryFolder(), 'secrets.json')) {
  return { file, service: createSecretService(createSecretFile({ keystore, file, nowMs: () => NOW_MS })) }
}

describe('with a keystore', () => {
  test('a secret outlives the program, encrypted, for its owner alone', async () => {
    const keystore = keystoreWith()
    const { file, service } = make(keystore)
    expect(await service.read()).toEqual({ keystore: true, known: { bitcoind: null } })
    expect(await service.write('bitcoind', SECRET, NODE)).toEqual({
      keystore: true,
      known: { bitcoind: { user: 'operator', stored: true } },
    })
    const bytes = readFileSync(file)
    for (const word of ['operator', 'correct horse', Buffer.from(SECRET.password).toString('base64')])
      expect(bytes.includes(word)).toBe(false)
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(file, '..'))).toEqual(['secrets.json'])

    const next = make(keystore, file).service
    expect(await next.secret('bitcoind')).toEqual(BOUND)
    expect(await nodePasswordOf(next)(`${NODE}/`)).toBe('operator:correct horse: battery')
  })
  test('forgotten is forgotten', async () => {
    const { file, service } = make(keystoreWith())
    await service.write('bitcoind', SECRET, NODE)
    expect((await service.write('bitcoind', null, NODE)).known).toEqual({ bitcoind: null })
    expect(await service.secret('bitcoind')).toBeNull()
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ version: 1, secrets: {} })
  })
  test('forgetting what was never known writes no file', async () => {
    const { file, service } = make(keystoreWith())
    await service.write('bitcoind', null, NODE)
    expect(existsSync(file)).toBe(false)
    expect(await nodePasswordOf(service)(`${NODE}/`)).toBeNull()
  })
  test('of several writes at once the last one counts', async () => {
    const { service } = make(keystoreWith())
    await Promise.all(
      ['a', 'b', 'c'].map((password) => service.write('bitcoind', { user: 'operator', password }, NODE)),
    )
    expect((await service.secret('bitcoind'))?.password).toBe('c')
  })
})

describe('for one server alone', () => {
  test.each(['http://127.0.0.1:8333', 'https://127.0.0.1:8332', 'https://node.example'])(
    '%s does not get it, and the status says why',
    async (url) => {
      const { service } = make(keystoreWith())
      await service.write('bitcoind', SECRET, `${NODE}/wallet`)
      expect(await nodePasswordOf(service)(NODE)).toBe('operator:correct horse: battery')
      await expect(nodePasswordOf(service)(url)).rejects.toMatchObject({
        code: 'bad-input',
        message: expect.stringContaining(`typed for ${NODE}`) as string,
      })
    },
  )
  test('before the node has an address nothing is taken', async () => {
    const { file, service } = make(keystoreWith())
    await expect(service.write('bitcoind', SECRET, '')).rejects.toMatchObject({ code: 'bad-input' })
    expect(await service.secret('bitcoind')).toBeNull()
    expect((await service.write('bitcoind', null, '')).known).toEqual({ bitcoind: null })
    expect(existsSync(file)).toBe(false)
  })
})

describe('without a keystore', () => {
  test.each([
    ['this program has none', null],
    ['the system has none', { ...keystoreWith(), isThere: false }],
  ])('(%s) a secret is kept until the program ends, and said to be so', async (_, keystore) => {
    const { file, service } = make(keystore)
    expect(await service.write('bitcoind', SECRET, NODE)).toEqual({
      keystore: false,
      known: { bitcoind: { user: 'operator', stored: false } },
    })
    expect(await service.secret('bitcoind')).toEqual(BOUND)
    expect(existsSync(file)).toBe(false)
    expect(await make(keystore, file).service.secret('bitcoind')).toBeNull()
    expect((await service.write('bitcoind', null, NODE)).known).toEqual({ bitcoind: null })
  })
  test('a stored one stays for the day on which there is one again; a new one counts until the end', async () => {
    const keystore = keystoreWith()
    const { file, service } = make(keystore)
    await service.write('bitcoind', SECRET, NODE)
    keystore.isThere = false
    const before = readFileSync(file, 'utf8')
    const state = await service.read()
    expect(state).toMatchObject({ keystore: false, known: { bitcoind: null } })
    expect(state.fault).toContain('has no keystore at the moment; type it again')
    await service.write('bitcoind', { user: 'other', password: 'typed' }, NODE)
    expect(await nodePasswordOf(service)(`${NODE}/`)).toBe('other:typed')
    expect((await service.read()).fault).toBeUndefined()
    expect(readFileSync(file, 'utf8')).toBe(before)
    keystore.isThere = true
    expect(await make(keystore, file).service.secret('bitcoind')).toEqual(BOUND)
  })
})

describe('a file that cannot be opened', () => {
  test('because another user made it: said in words, kept, and replaced by what is typed anew', async () => {
    const { file, service } = make(keystoreWith())
    await service.write('bitcoind', SECRET, NODE)
    const before = readFileSync(file, 'utf8')
    const other = make(keystoreWith(), file).service
    const state = await other.read()
    expect(state).toMatchObject({ keystore: true, known: { bitcoind: null } })
    expect(state.fault).toMatch(/^The stored password .* another user or another keystore/)
    await expect(nodePasswordOf(other)(`${NODE}/`)).rejects.toMatchObject({ code: 'file-unreadable' })
    expect(readFileSync(file, 'utf8')).toBe(before)
    const after = await other.write('bitcoind', { user: 'me', password: 'mine' }, NODE)
    expect(after).toEqual({ keystore: true, known: { bitcoind: { user: 'me', stored: true } } })
  })
  test.each(['', 'hello', '[]', '{"version":2,"secrets":{}}', '{"version":1,"secrets":{"bitcoind":"%%"}}'])(
    'because it is damaged (%j): said, moved aside and not overwritten',
    async (text) => {
      const { file, service } = make(keystoreWith())
      writeFileSync(file, text)
      expect((await service.read()).fault).toBe(
        `${file} is damaged: no secret can be read from it; type them again.`,
      )
      await expect(service.secret('bitcoind')).rejects.toMatchObject({ code: 'file-unreadable' })
      expect(readFileSync(file, 'utf8')).toBe(text)
      await service.write('bitcoind', SECRET, NODE)
      expect(await service.secret('bitcoind')).toEqual(BOUND)
      expect(readFileSync(`${file}.broken-2026-10-05T12-00-00-000Z`, 'utf8')).toBe(text)
    },
  )
  test('a fault never holds the secret', async () => {
    const { file, service } = make(keystoreWith())
    const inTheWay = join(file, 'x')
    const fault = await createSecretService(createSecretFile({ keystore: keystoreWith(), file: inTheWay }))
      .write('bitcoind', SECRET, NODE)
      .catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 'file-unwritable' })
    expect(String(fault)).not.toContain('correct horse')
    expect(await service.secret('bitcoind')).toBeNull()
  })
})
