import { execFile } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import Sqlite from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { receiver } from '../alerts/webhook-world.ts'
import { runCommand, temporaryFolder } from './run.ts'

const VALUES = { height: 925_000, difficulty: 162.05e12, priceUsdPerBtc: 88_300, feesBtcPerBlock: 0.02 }

/** A data folder with a network that pays 34.47 USD/PH/s/day. */
async function folder(variables: Record<string, string> = {}) {
  const cwd = temporaryFolder()
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }))
  const run = (...words: string[]) => runCommand(words, { cwd, variables })
  for (const [name, value] of Object.entries(VALUES)) await run('network', 'set', name, String(value))
  return { cwd, run }
}

test('says where alerts go, tries it, and forgets it', async () => {
  const to = await receiver(200, 404)
  const { cwd, run } = await folder()
  expect(await run('alerts', 'webhook')).toEqual({
    exitCode: 0,
    stdout: 'Alerts go to no webhook: no address is set.\n',
    stderr: '',
  })
  expect(await run('alerts', 'webhook', 'test')).toMatchObject({
    exitCode: 1,
    stderr: 'strikeline: No address is set: alerts go to no webhook.\n',
  })
  const file = join(cwd, 'address')
  writeFileSync(file, `${to.url}/hook/secret\n`)
  await run('settings', 'set', 'alerts.webhook-file', file)
  expect((await run('alerts', 'webhook')).stdout).toBe(
    `Alerts go to ${to.host} (from the file of alerts.webhook-file).\n`,
  )
  const sent = await run('alerts', 'webhook', 'test')
  expect(sent).toMatchObject({ exitCode: 0, stderr: '' })
  expect(sent.stdout).toMatch(/^Sent; 127\.0\.0\.1:\d+ answered 200 /)
  const refused = await run('alerts', 'webhook', 'test', '--json')
  expect(refused.exitCode).toBe(1)
  expect(JSON.parse(refused.stdout)).toEqual({
    arrived: false,
    words: `Not taken; ${to.host} answered 404: there is no receiver at this address.`,
  })
  expect(to.got.map(({ kind }) => kind)).toEqual(['test', 'test'])
  expect((await run('alerts', 'webhook', 'off')).stdout).toBe('Alerts go to no webhook: no address is set.\n')
  expect((await run('settings', 'get', 'alerts.webhook-file')).stdout).toBe('\n')
  expect(await run('alerts', 'webhook', 'tst')).toMatchObject({ exitCode: 2 })
})

test('sends what an evaluation finds, and says what waits', async () => {
  const to = await receiver(200, 503)
  const { run } = await folder({ STRIKELINE_WEBHOOK_URL: to.url })
  const added = await run('alerts', 'add', 'hashprice-below', '36', '--json')
  expect(added).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/^alert: Hashprice at/) as string,
  })
  JSON.parse(added.stdout)
  expect(to.got).toMatchObject([{ kind: 'hashprice-below', figures: { thresholdUsdPerPhDay: 36 } }])
  const waits = await run('alerts', 'add', 'hashprice-below', '37')
  expect(waits.exitCode).toBe(0)
  expect(waits.stderr).toContain(
    `warning: 1 alert waits to be sent. Not taken; ${to.host} answered 503: it is not available at the moment.\n`,
  )
  // A list sends nothing.
  await run('alerts')
  expect(to.got).toHaveLength(2)
  const state = JSON.parse((await run('alerts', 'webhook', '--json')).stdout) as object
  expect(state).toMatchObject({
    address: { host: to.host, from: 'variable' },
    fault: null,
    waiting: 1,
    last: { state: 'waiting' },
  })
})

test('an address that cannot be used is told in words without it', async () => {
  const { run } = await folder({ STRIKELINE_WEBHOOK_URL: 'http://hooks.example.com/secret' })
  const added = await run('alerts', 'add', 'hashprice-below', '36')
  expect(added.exitCode).toBe(0)
  expect(added.stderr).toMatch(
    /warning: 1 alert waits to be sent\. .*hooks\.example\.com may be a public server/,
  )
  expect(added.stderr + (await run('alerts', 'webhook')).stdout).not.toContain('secret')
})

test('what another program has in hand is not told as if it had gone wrong', async () => {
  const to = await receiver()
  const { cwd, run } = await folder({ STRIKELINE_WEBHOOK_URL: to.url })
  await run('alerts', 'add', 'hashprice-below', '36')
  to.answers.push(503)
  await run('alerts', 'add', 'hashprice-below', '37')
  const db = new Sqlite(join(cwd, 'data', DATABASE_NAME))
  db.exec(`UPDATE webhook_delivery SET state = 'sending', next_ms = 1000000000000000, told_ms = NULL, words = NULL
    WHERE state = 'waiting'`)
  db.close()
  const { stderr } = await run('alerts', 'add', 'adjustment-beyond', '-0.5')
  expect(stderr).toContain('warning: 1 alert waits to be sent. Another program is sending them')
  expect(stderr).not.toContain('Sent;')
})

test('two programs at once send each alert once', async () => {
  const to = await receiver()
  const { cwd, run } = await folder()
  // A window has an address that a program without a keystore cannot read: alerts wait for one that can.
  writeFileSync(join(cwd, 'data', 'secrets.json'), '{"version":1,"secrets":{"webhook":"AAAA"}}')
  const count = 12
  for (let i = 0; i < count; i++) await run('alerts', 'add', 'hashprice-below', String(36 + i))
  expect(to.got).toEqual([])
  const cli = fileURLToPath(new URL('../../../tools/cli.js', import.meta.url))
  const program = () =>
    promisify(execFile)(
      process.execPath,
      [cli, 'alerts', 'add', 'adjustment-beyond', '-0.5', '--data', join(cwd, 'data')],
      { env: { ...process.env, STRIKELINE_WEBHOOK_URL: to.url } },
    ).catch((error: unknown) => error)
  await Promise.all([program(), program()])
  expect(to.got.map(({ figures }) => figures['thresholdUsdPerPhDay'])).toEqual(
    Array.from({ length: count }, (_, i) => 36 + i),
  )
  expect(new Set(to.got.map(({ id }) => id)).size).toBe(count)
}, 60_000)
