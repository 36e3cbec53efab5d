import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createSecretFile, type Keystore } from '#electron/services/secret-file.ts'
import {
  hasWebhookAddress,
  readWebhookAddress,
  webhookAddressOf,
  webhookFault,
} from '#electron/services/webhook-address.ts'
import { temporaryFolder } from '../store/stores.ts'

describe('addresses that alerts go to', () => {
  test.each([
    'https://hooks.slack.com/services/T000/B000/XXXX',
    'https://discord.com/api/webhooks/123/abc-_x',
    'https://ntfy.sh/my-topic?tpl=1&m={{.text}}&t={{.title}}',
    'https://prod-01.westeurope.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke?api-version=2016-06-01&sig=x%2Fy',
    'https://203.0.113.7/hook',
    'http://127.0.0.1:8123/api/webhook/x',
    'http://[::1]:9/x',
    'http://localhost/x',
    'http://[fd12:3456::1]/x',
    'http://[fe80::1]/x',
    'http://192.168.1.20/x',
    'http://homeassistant.local:8123/api/webhook/x',
    'http://relay/x',
  ])('%s', (address) => {
    expect(webhookFault(address)).toBeNull()
  })
  test('as they are typed', () => {
    expect(webhookAddressOf('  HTTPS://Hooks.Example.com/Services/T0 \n')).toBe(
      'https://hooks.example.com/Services/T0',
    )
  })
})

describe('addresses that alerts never go to, with the reason', () => {
  test.each([
    ['http://hooks.slack.com/services/x', /over https/],
    ['http://8.8.8.8/x', /over https/],
    ['http://0x08080808/x', /over https/],
    ['http://134744072/x', /over https/],
    ['http://192.168.1.20.example.com/x', /over https/],
    ['http://127.0.0.1.example.com/x', /over https/],
    ['http://localhost.example.com/x', /over https/],
    ['http://[2001:db8::1]/x', /over https/],
    ['http://[::ffff:8.8.8.8]/x', /over https/],
    // 00fc::, 0fe8::, not fc00::/7 and fe80::/10
    ['http://[fc::1]/x', /over https/],
    ['http://[fe8::1]/x', /over https/],
    ['http://ai./x', /over https/],
    ['https://me:secret@hooks.example.com/x', /user or password/],
    ['https://me@hooks.example.com/x', /user or password/],
    ['https://127.0.0.1@example.com/x', /user or password/],
    ['https://hooks.example.com/x#secret', /after #/],
    ['ftp://hooks.example.com/x', /must begin with/],
    ['file:///etc/passwd', /must begin with/],
    ['javascript:alert(1)', /must begin with/],
    ['data:text/plain,x', /must begin with/],
    ['ws://127.0.0.1/x', /must begin with/],
    ['hooks.example.com/secret', /not an address/],
    ['https://', /not an address/],
    ['https://hooks.example.com/a b', /not an address/],
    ['https://hooks.example.com/a\nhttps://b.example', /not an address/],
    ['https://hooks.example.com:99999/x', /not an address/],
    ['', /not an address/],
    [`https://hooks.example.com/${'x'.repeat(2000)}`, /too long/],
  ])('%s', (address, words) => {
    const fault = webhookFault(address)
    expect(fault).toMatch(words)
    expect(fault).not.toContain('secret')
    expect(fault).not.toContain('/x')
    expect(() => webhookAddressOf(address)).toThrow(fault!)
  })
})

const plain: Keystore = {
  isAvailable: () => Promise.resolve(true),
  encrypt: (text) => Promise.resolve(Buffer.from(text).reverse()),
  decrypt: (bytes) => Promise.resolve(Buffer.from(bytes).reverse().toString()),
}

function ports(given: { keystore?: Keystore | null; variable?: string; file?: string } = {}) {
  const folder = temporaryFolder()
  const secretFile = join(folder, 'secrets.json')
  const secrets = createSecretFile({ keystore: given.keystore ?? null, file: secretFile })
  const webhookFile = given.file === undefined ? '' : join(folder, 'address')
  if (given.file !== undefined && given.file !== 'absent') writeFileSync(webhookFile, given.file)
  return {
    secretFile,
    secrets,
    readSettings: () => Promise.resolve({ webhookFile }),
    variables: given.variable === undefined ? {} : { STRIKELINE_WEBHOOK_URL: given.variable },
  }
}

describe('where the address comes from', () => {
  test('from nowhere: nothing is sent', async () => {
    const nowhere = ports()
    expect(await readWebhookAddress(nowhere)).toBeNull()
    expect(await hasWebhookAddress(nowhere)).toBe(false)
  })
  test('typed before variable before file', async () => {
    const all = ports({
      keystore: plain,
      variable: 'https://two.example/b',
      file: 'https://three.example/c\n',
    })
    await all.secrets.write('webhook', 'https://one.example/a')
    expect(await readWebhookAddress(all)).toEqual({
      address: 'https://one.example/a',
      host: 'one.example',
      from: 'keystore',
    })
    await all.secrets.write('webhook', null)
    expect(await readWebhookAddress(all)).toMatchObject({ host: 'two.example', from: 'variable' })
    expect(await readWebhookAddress({ ...all, variables: {} })).toMatchObject({
      host: 'three.example',
      from: 'file',
    })
  })
  test('stored by a window, for a program that cannot read it: said, and another way counts', async () => {
    const window = ports({ keystore: plain })
    await window.secrets.write('webhook', 'https://one.example/secret')
    const other = { ...window, secrets: createSecretFile({ keystore: null, file: window.secretFile }) }
    expect(await hasWebhookAddress(other)).toBe(true)
    await expect(readWebhookAddress(other)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: 'The stored address of the webhook cannot be read by this program, which has no keystore.',
    })
    const variables = { STRIKELINE_WEBHOOK_URL: 'https://two.example/b' }
    expect(await readWebhookAddress({ ...other, variables })).toMatchObject({ host: 'two.example' })
  })
  test.each([
    [
      'variable',
      { variable: 'http://hooks.example.com/secret' },
      /STRIKELINE_WEBHOOK_URL is not used: .*over https/,
    ],
    ['file', { file: 'nonsense secret' }, /is not used: This is not an address/],
    ['file', { file: 'absent' }, /cannot be read/],
    ['file', { file: 'https://hooks.example.com/secret\n'.repeat(500) }, /address of a webhook alone/],
  ])('a %s that holds none is told in words without it', async (_, given, words) => {
    const fault = await readWebhookAddress(ports(given)).catch((error: unknown) => error)
    expect(String(fault)).toMatch(words)
    expect(String(fault)).not.toContain('secret')
  })
})
