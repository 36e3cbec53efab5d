import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { SCHEMA_VERSION } from '#electron/store/sqlite/migrate.ts'
import { openDatabase } from '#electron/store/sqlite/open-database.ts'
import { nextUniform, randomState } from '#shared/domain/ahead/simulate/random.ts'
import { type Orders, WORK, type WorkName } from './kills.ts'
import { roundsOr, SEED, tell } from './rounds.ts'

/**
 * A program is killed at a random point inside its writes: before the nth thing that it asks of the database or the disk, and in
 * every third round from outside, at a random time. What it has acknowledged is there afterwards, and nothing is there by half.
 */

const NAMES = Object.keys(WORK) as WorkName[]
const KILLS = Math.ceil(roundsOr(12) / NAMES.length)
/** of one program that goes on; a migration is one */
const WRITES = 5
const PROGRAM = fileURLToPath(new URL('write-and-die.ts', import.meta.url))

type End = {
  readonly begun: number
  readonly acknowledged: number
  /** in an open transaction, as the program said with its last words; null where it could not say */
  readonly diedInTransaction: boolean | null
  readonly steps: number
  readonly durationMs: number
  readonly wasKilled: boolean
}

/** @param killAfterMs from when it begins to write; null: it dies by itself, or not at all */
function run(orders: Orders, killAfterMs: number | null): Promise<End> {
  return new Promise((ended, failed) => {
    const child = spawn(process.execPath, [PROGRAM, JSON.stringify(orders)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      // The first program, which comes to its end, leaves what it has compiled to the others.
      env: { ...process.env, NODE_COMPILE_CACHE: join(orders.folder, 'compiled') },
    })
    let said = ''
    let isReady = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (isReady || !said.startsWith('ready\n')) return
      isReady = true
      if (killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    })
    child.once('error', failed)
    child.once('close', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') failed(new Error(`The program ended with ${code}: ${said}`))
      const last = (word: string) =>
        Number(
          said
            .match(new RegExp(`^${word} (\\d+)$`, 'gm'))
            ?.at(-1)
            ?.split(' ')[1] ?? NaN,
        )
      const [, steps, durationMs] = /^ended after (\d+) steps, (\d+) ms$/m.exec(said) ?? []
      ended({
        begun: last('begins'),
        acknowledged: last('acknowledged'),
        diedInTransaction: said.includes('died') ? said.includes('died in an open') : null,
        steps: Number(steps),
        durationMs: Number(durationMs),
        wasKilled: signal === 'SIGKILL',
      })
    })
  })
}

/** The number that is stored as a whole; NaN where it is there by half. */
function storedNumber(db: Database, name: WorkName): number {
  const [first = NaN, ...others] = WORK[name].numbersIn(db)
  return others.every((other) => other === first) ? first : NaN
}

describe.each(NAMES)('%s', (name) => {
  it(`${KILLS} kills: nothing acknowledged is lost, nothing is there by half (seed ${SEED})`, async () => {
    const random = randomState(SEED)
    const upTo = (most: number) => Math.floor(nextUniform(random) * most)
    const root = mkdtempSync(join(tmpdir(), 'strikeline-kills-'))
    const counts = {
      kills: 0,
      inTransaction: 0,
      inWrite: 0,
      betweenWrites: 0,
      lost: 0,
      half: 0,
      committedUnheard: 0,
    }
    try {
      const { goesOn, prepare } = WORK[name]
      let [round, stored] = [0, 1]
      let file = ''
      const begin = async (): Promise<Orders> => {
        if (goesOn && round > 0) return { ...orders, from: stored + 1 }
        file = join(root, `data-${round}`, DATABASE_NAME)
        stored = goesOn ? 1 : 1 + upTo(SCHEMA_VERSION - 1)
        await prepare(file, stored)
        return {
          work: name,
          folder: root,
          file,
          from: goesOn ? 2 : SCHEMA_VERSION,
          writes: goesOn ? WRITES : 1,
          dieAtStep: null,
        }
      }
      const whole = async (expected: readonly number[], isAcknowledged: number) => {
        // A migration is looked at before the next start goes on with it.
        const db = goesOn ? await openDatabase(file, 'refuse') : new Sqlite(file)
        stored = storedNumber(db, name)
        db.close()
        if (Number.isNaN(stored)) counts.half++
        else if (stored < isAcknowledged) counts.lost++
        expect(expected).toContain(stored)
        const again = await openDatabase(file, 'refuse')
        expect(storedNumber(again, name)).toBe(goesOn ? stored : SCHEMA_VERSION)
        again.close()
      }

      let orders = await begin()
      const calibrated = await run(orders, null)
      expect(calibrated).toMatchObject({ wasKilled: false, acknowledged: orders.from + orders.writes - 1 })
      await whole([calibrated.acknowledged], calibrated.acknowledged)

      for (round = 1; counts.kills < KILLS; round++) {
        orders = await begin()
        const before = goesOn ? orders.from - 1 : stored
        const fromOutside = round % 3 === 0
        const dieAtStep = fromOutside ? null : 1 + upTo(calibrated.steps)
        const end = await run({ ...orders, dieAtStep }, fromOutside ? upTo(calibrated.durationMs) : null)
        const acknowledged = Number.isNaN(end.acknowledged) ? before : end.acknowledged
        const begun = Number.isNaN(end.begun) ? before : end.begun
        const expected = goesOn
          ? [acknowledged, begun]
          : Array.from({ length: SCHEMA_VERSION - acknowledged + 1 }, (_, i) => acknowledged + i)
        await whole(expected, acknowledged)
        if (!goesOn) rmSync(join(file, '..'), { recursive: true })
        if (!end.wasKilled) continue
        counts.kills++
        const wasWriting = begun > acknowledged
        if (end.diedInTransaction === true) counts.inTransaction++
        else if (wasWriting) counts.inWrite++
        else counts.betweenWrites++
        if (wasWriting && stored === begun) counts.committedUnheard++
      }
      expect(counts).toMatchObject({ lost: 0, half: 0 })
    } finally {
      rmSync(root, { recursive: true, force: true })
      tell(
        `${name}: ${counts.kills} kills, ${counts.inTransaction} surely in an open transaction, ${counts.inWrite} elsewhere in a write, ` +
          `${counts.betweenWrites} between writes; ${counts.committedUnheard} stored before they were acknowledged, ` +
          `${counts.lost} acknowledged and lost, ${counts.half} stored by half`,
      )
    }
  }, 1_200_000)
})
