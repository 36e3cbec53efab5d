import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inWords } from '#electron/sources/ask.ts'
import { bitcoind } from '#electron/sources/bitcoind.ts'
import { cookieCredentials, usualCookieFile } from '#electron/sources/bitcoind-cookie.ts'
import type { AskContext, Reading } from '#electron/sources/provider.ts'
import type { Handler } from './servers.ts'
import { contextOf, NOW_MS, sendJson, serve } from './servers.ts'

const TIP = 970_000
const NOW_S = NOW_MS / 1000
const EPOCH_START = 969_696
const hashOf = (height: number) => height.toString(16).padStart(64, '0')

type Params = readonly unknown[]
type Methods = Record<string, (params: Params) => unknown>

/** A node at block 970 000 whose difficulty rose by 1 % at every adjustment and whose blocks came every 600 s. */
function node(change: Methods = {}): Methods {
  const height = (hash: unknown) => parseInt(String(hash), 16)
  const timeOf = (at: number) => NOW_S - 185_000 - (EPOCH_START - at) * 600
  return {
    getblockchaininfo: () => ({
      chain: 'main',
      blocks: TIP,
      headers: TIP,
      bestblockhash: hashOf(TIP),
      difficulty: 1.327e14,
      initialblockdownload: false,
      warnings: [],
    }),
    getblockhash: ([at]) => hashOf(at as number),
    getblockheader: ([hash]) => ({
      time: timeOf(height(hash)),
      difficulty: 1e14 * 1.01 ** Math.floor(height(hash) / 2016),
      height: height(hash),
    }),
    getnetworkhashps: () => 9.5e20,
    // 0.01 and 0.03 BTC by turns
    getblockstats: ([at]) => ({ totalfee: (at as number) % 2 === 0 ? 1_000_000 : 3_000_000 }),
    ...change,
  }
}

/** JSON-RPC as Bitcoin Core speaks it: single or batch, a single fault as a 500. */
function speaking(methods: Methods, calls: string[] = []): Handler {
  const reply = ({ id, method, params }: { id: number; method: string; params: Params }) => {
    calls.push(method)
    const answer = methods[method]
    if (answer === undefined)
      return { result: null, error: { code: -32601, message: 'Method not found' }, id }
    try {
      return { result: answer(params), error: null, id }
    } catch (error) {
      return { result: null, error: { code: -8, message: (error as Error).message }, id }
    }
  }
  return (_, response, body) => {
    const asked = JSON.parse(body) as Parameters<typeof reply>[0] | Parameters<typeof reply>[0][]
    if (Array.isArray(asked)) sendJson(response, asked.map(reply).reverse())
    else {
      const single = reply(asked)
      sendJson(response, single, single.error === null ? 200 : single.error.code === -32601 ? 404 : 500)
    }
  }
}

async function say(handler: Handler, more: Partial<AskContext> = {}, provider = bitcoind()) {
  const server = await serve(handler)
  const readings: Reading[] = []
  for (const part of provider.parts) readings.push(await part.ask(contextOf(server.url, more)))
  return {
    values: Object.fromEntries(
      readings.flatMap(({ values }) => values.map(({ name, value }) => [name, value])),
    ),
    adjustments: readings.flatMap(({ adjustments }) => adjustments),
    hashrateHs: readings[0]!.hashrateHs,
    faults: inWords(readings.flatMap(({ faults }) => faults))?.replaceAll(server.host, 'host') ?? null,
    headers: server.headers,
  }
}

describe('a node at the tip', () => {
  test('gives height, difficulty, the exact epoch and the fees of 144 blocks', async () => {
    const { values, adjustments, hashrateHs, faults } = await say(speaking(node()))
    expect(faults).toBeNull()
    expect(values).toEqual({
      height: TIP,
      difficulty: 1.327e14,
      epochBlocks: 304,
      epochSeconds: 185_000,
      feesBtcPerBlock: 0.02,
    })
    expect(hashrateHs).toBe(9.5e20)
    expect(adjustments).toHaveLength(6)
    expect(adjustments[0]!.height).toBe(EPOCH_START)
    for (const { change } of adjustments) expect(change).toBeCloseTo(0.01, 10)
  })
  test('at the last block of the epoch its time stands still', async () => {
    const last = EPOCH_START + 2015
    const info = { ...(node()['getblockchaininfo']!([]) as object), blocks: last, headers: last }
    const { values } = await say(
      speaking(node({ getblockchaininfo: () => ({ ...info, bestblockhash: hashOf(last) }) })),
    )
    expect(values).toMatchObject({ epochBlocks: 2015, epochSeconds: 2015 * 600 })
  })
  test('dates what it knows by its newest block, and stands still when that is old', async () => {
    const late = NOW_MS + 96 * 3_600_000
    const server = await serve(speaking(node()))
    const { values } = await bitcoind().parts[0]!.ask(contextOf(server.url, { nowMs: () => late }))
    // the newest block is that of 2 600 s before the moment of the fixtures
    const tipMs = NOW_MS - 2_600_000
    expect(Object.fromEntries(values.map(({ name, asOfMs }) => [name, asOfMs]))).toEqual({
      height: tipMs,
      difficulty: tipMs,
      epochBlocks: tipMs,
      epochSeconds: tipMs,
    })
    expect(values.find(({ name }) => name === 'epochSeconds')!.value).toBe(304 * 600)
  })
  test('another branch that reaches as high is told, a block that lost its race is not', async () => {
    const tips = (...others: object[]) => [{ height: TIP, branchlen: 0, status: 'active' }, ...others]
    const told = async (...others: object[]) =>
      (await say(speaking(node({ getchaintips: () => tips(...others) })))).faults
    expect(await told({ height: TIP - 40, branchlen: 1, status: 'valid-fork' })).toBeNull()
    expect(await told({ height: TIP, branchlen: 1, status: 'valid-fork' })).toBeNull()
    expect(await told({ height: TIP + 3, branchlen: 9, status: 'invalid' })).toBe(
      'host knows another branch of the chain, 9 blocks long up to block 970003 (invalid): others may follow that one.',
    )
  })
  test('settled blocks are not asked for twice', async () => {
    const provider = bitcoind()
    const calls: string[] = []
    await say(speaking(node()), {}, provider)
    const { values } = await say(speaking(node(), calls), {}, provider)
    expect(values['feesBtcPerBlock']).toBe(0.02)
    expect(calls.filter((method) => method === 'getblockstats')).toHaveLength(6)
  })
  test('a method that is not allowed costs only what it gives', async () => {
    const methods = node()
    delete methods['getnetworkhashps']
    const { values, faults } = await say(speaking(methods))
    expect(faults).toBe('host answered: Method not found (getnetworkhashps).')
    expect(Object.keys(values)).toHaveLength(5)
  })
})

describe('a node that has nothing to say yet', () => {
  const info = node()['getblockchaininfo']!([]) as object
  test.each([
    [{ chain: 'signet' }, 'host is a node of the chain "signet", not of main.'],
    [{ initialblockdownload: true, blocks: 500_000 }, 'host is still catching up: block 500000 of 970000.'],
    [{ blocks: TIP - 2 }, 'host is still catching up: block 969998 of 970000.'],
  ])('%j', async (change, words) => {
    const { values, faults } = await say(
      speaking(node({ getblockchaininfo: () => ({ ...info, ...change }) })),
    )
    expect(values).toEqual({})
    expect(faults).toBe(words)
  })
  test('while it starts', async () => {
    const { faults } = await say((_, response) =>
      sendJson(response, { result: null, error: { code: -28, message: 'Loading block index…' }, id: 0 }, 500),
    )
    expect(faults).toBe('host answered: Loading block index… (getblockchaininfo).')
  })
  test('whose fees cannot be had for a block', async () => {
    const { values, faults } = await say(
      speaking(
        node({
          getblockstats: () => {
            throw new Error('Block not available (pruned data)')
          },
        }),
      ),
    )
    expect(values['feesBtcPerBlock']).toBeUndefined()
    expect(faults).toBe('host answered: Block not available (pruned data) (getblockstats).')
  })
  test('that answers something else', async () => {
    expect((await say((_, response) => sendJson(response, { hello: 1 }))).faults).toMatch(/another shape/)
    expect((await say((_, response) => sendJson(response, []))).faults).toMatch(/another shape/)
  })
})

describe('credentials', () => {
  const COOKIE = `__cookie__:${'0f'.repeat(32)}`
  const cookieAt = async (text: string) => {
    const file = join(await mkdtemp(join(tmpdir(), 'cookie-')), '.cookie')
    await writeFile(file, text)
    return file
  }

  test('are sent to the node, and a refusal is told', async () => {
    const { headers, faults } = await say((_, response) => response.writeHead(401).end(), {
      credentials: () => Promise.resolve('me:secret'),
    })
    expect(headers[0]!.authorization).toBe(`Basic ${Buffer.from('me:secret').toString('base64')}`)
    expect(faults).toBe('host refuses access (HTTP 401) (getblockchaininfo).')
  })
  test('the usual cookie counts for a node on this machine only', async () => {
    const usual = await cookieAt(`${COOKIE}\n`)
    expect(await cookieCredentials('', usual, 'http://127.0.0.1:8332')).toBe(COOKIE)
    expect(await cookieCredentials('', usual, 'http://192.168.1.5:8332')).toBeNull()
    expect(await cookieCredentials('', `${usual}-absent`, 'http://localhost:8332')).toBeNull()
  })
  test('a named file counts for any node, must be there, and must hold a cookie', async () => {
    const named = await cookieAt(COOKIE)
    expect(await cookieCredentials(named, '', 'http://192.168.1.5:8332')).toBe(COOKIE)
    await expect(cookieCredentials(`${named}-absent`, '', 'http://127.0.0.1')).rejects.toThrow(
      /cannot be read/,
    )
    // Whatever else a file holds, it never leaves this machine.
    const key = await cookieAt('-----BEGIN OPENSSH PRIVATE KEY-----')
    await expect(cookieCredentials(key, '', 'http://127.0.0.1')).rejects.toThrow(/is not the cookie file/)
  })
  test('the usual place per system', () => {
    expect(usualCookieFile('linux', '/home/me', {})).toBe('/home/me/.bitcoin/.cookie')
    expect(usualCookieFile('darwin', '/Users/me', {})).toBe(
      '/Users/me/Library/Application Support/Bitcoin/.cookie',
    )
    expect(usualCookieFile('win32', 'C:\\Users\\me', {})).toBe(
      'C:\\Users\\me\\AppData\\Local\\Bitcoin\\.cookie',
    )
    expect(usualCookieFile('win32', 'C:\\Users\\me', { LOCALAPPDATA: 'D:\\L' })).toBe(
      'D:\\L\\Bitcoin\\.cookie',
    )
  })
})
