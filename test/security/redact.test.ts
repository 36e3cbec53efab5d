import { describe, expect, test } from 'vitest'
import { SOURCES } from '#shared/ipc/sources.ts'
import { redact } from '#electron/security/redact.ts'

describe('what a log does not show', () => {
  test.each([
    ['bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'],
    ['bc1p5d7rjq7g6rdk2yhzks9smlaqtedr4dekq08ge8ztwac72sfr9rusxg3297'],
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
    ['3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy'],
    ['5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ'],
    [
      'xpub6CUGRUonZSQ4TWtTMmzXdrXDtypWKiKrhko4egpiMZbpiaQL2jkwSB1icqYh2cfDfVxdx4df189oLKnC5fSwqPfgyP3hooxujYzAu3fDVmz',
    ],
    ['4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b'],
    ['192.168.7.21:4028'],
    ['10.0.0.5'],
    ['fe80:0:0:0:200:f8ff:fe21:67cf'],
    ['operator@mine.example'],
  ])('not %s', (secret) => {
    const line = redact(`Fault with ${secret}, row 3`)
    expect(line).not.toContain(secret)
    expect(line).toMatch(/^Fault with \[(key|address)\](@\[address\])?, row 3$/)
  })

  test.each([
    ['http://rpcuser:hunter2@10.0.0.5:8332/', ['rpcuser', 'hunter2', '10.0.0.5']],
    ['https://node.mine.example/api?key=abc123', ['node.mine.example', 'abc123']],
    ['https://mempool.space/api/v1/prices?token=abc123', ['abc123']],
    ['fetch of https://hooks.slack.com/services/T0/B0/abc123 failed', ['hooks.slack.com', 'abc123']],
    ['"https://ntfy.sh/a-topic?tpl=1&m={{.text}}"', ['a-topic']],
    ['Authorization: Basic cnBjOmh1bnRlcjI=', ['cnBjOmh1bnRlcjI']],
    ['authorization=Bearer abc.def', ['abc.def']],
    ['{"password":"hunter2","user":"x"}', ['hunter2']],
    ["api_key: 'abc123'", ['abc123']],
    ['{"name":"bitcoind","secret":{"user":"rpcuser","password":"hunter2"}}', ['rpcuser', 'hunter2']],
    ['decrypt of {"version":1,"secrets":{"bitcoind":"djEwLmFiYw=="}}', ['djEwLmFiYw']],
    ['API-KEY=abc123&x=1', ['abc123']],
    ['cookie: __cookie__:0a1b', ['0a1b']],
  ])('in %s', (text, secrets) => {
    const line = redact(text)
    for (const secret of secrets) expect(line).not.toContain(secret)
  })

  test('but what explains the fault stays', () => {
    const line = 'Fault in fleet.addMachine: Error: row 17, column power_w: “7 kW” is not a number'
    expect(redact(line)).toBe(line)
    expect(redact('GET https://mempool.space/api/v1/prices answered 503')).toContain(
      'mempool.space/api/v1/prices',
    )
    for (const { defaultUrl } of Object.values(SOURCES).filter((source) => source.defaultUrl !== ''))
      expect(redact(`GET ${defaultUrl}/path?key=abc answered 503`)).toBe(
        `GET ${defaultUrl}/path answered 503`,
      )
    expect(redact('    at file:///app/out/main/index.js:12:5')).toContain('out/main/index.js:12:5')
    expect(redact('at 2025-11-22T15:42:07.123Z, Electron 45.4.1')).toBe(
      'at 2025-11-22T15:42:07.123Z, Electron 45.4.1',
    )
  })
})
