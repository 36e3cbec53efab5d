import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import Sqlite from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import type { Orders } from './kills.ts'

/**
 * Run as a program: writes into a data folder again and again, says when each write begins and when it is acknowledged, and is
 * killed before the nth thing that it asks of the database or the disk. Somebody may kill it from outside, too.
 */
const orders = JSON.parse(process.argv[2]!) as Orders
const say = (line: string): void => void fs.writeSync(1, `${line}\n`)

let steps = 0
let isWriting = false
function step(isOpen: () => boolean): void {
  if (!isWriting || ++steps !== orders.dieAtStep) return
  say(isOpen() ? 'died in an open transaction' : 'died outside of a transaction')
  process.kill(process.pid, 'SIGKILL')
}

type Anything = (...args: unknown[]) => unknown
/** Counts each call of a method before it is made. */
function countCalls(of: object, names: readonly string[], isOpen: (self: unknown) => boolean): void {
  const methods = of as Record<string, Anything>
  for (const name of names) {
    const perform = methods[name]!
    methods[name] = function (this: unknown, ...args) {
      step(() => isOpen(this))
      return perform.apply(this, args)
    }
  }
}
const isInTransaction = (db: unknown) => (db as Database).inTransaction
const probe = new Sqlite(':memory:')
countCalls(Object.getPrototypeOf(probe.prepare('SELECT 1')) as object, ['run'], (statement) =>
  isInTransaction((statement as { readonly database: Database }).database),
)
countCalls(Sqlite.prototype, ['exec', 'pragma', 'backup', 'close'], isInTransaction)
countCalls(
  fs,
  ['copyFileSync', 'renameSync', 'rmSync', 'fsyncSync', 'chmodSync', 'writeFileSync'],
  () => false,
)
syncBuiltinESMExports()

const { WORK } = await import('./kills.ts')
const write = await WORK[orders.work].open(orders)
say('ready')
const began = performance.now()
for (let number = orders.from; number < orders.from + orders.writes; number++) {
  const perform = await write(number)
  say(`begins ${number}`)
  isWriting = true
  await perform()
  isWriting = false
  say(`acknowledged ${number}`)
}
say(`ended after ${steps} steps, ${Math.ceil(performance.now() - began)} ms`)
process.exit(0)
