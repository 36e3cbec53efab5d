import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createNetworkService } from '#electron/services/network-service.ts'
import { backupFolder, listBackups, machinesIn, newestSoundBackup } from '#electron/store/sqlite/backups.ts'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { randomState, type RandomState } from '#shared/domain/ahead/simulate/random.ts'
import { openDirect } from '../unit/store/direct.ts'
import { machineInput, NORTH } from '../unit/store/stores.ts'
import { makeStore } from '../unit/sources/database.ts'
import { NOW_MS } from '../unit/sources/servers.ts'
import { roundsOr, SEED, tell } from './rounds.ts'
import { below } from './spoil.ts'
import { MINUTE, serveWorld, truth } from './world.ts'

/** The computer's clock jumps by minutes, days and decades, back and forth, under backups and under a refresh. */

const JUMPS = roundsOr(40)
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const FAR = [MINUTE, HOUR, 7 * HOUR, DAY, 3 * DAY, 40 * DAY, 400 * DAY, 3660 * DAY]
const jump = (random: RandomState): number => FAR[below(random, FAR.length)]! * (below(random, 2) * 2 - 1)

it(`${JUMPS} jumps under backups: the newest backup is the one that was made last (seed ${SEED})`, async () => {
  const random = randomState(SEED)
  const folder = mkdtempSync(join(tmpdir(), 'strikeline-clock-'))
  const file = join(folder, DATABASE_NAME)
  let [made, machines, lost] = [0, 0, 0]
  try {
    const store = await openDirect(folder)
    store.addSite(NORTH)
    let nowMs = NOW_MS
    let sequence = 0
    for (let i = 0; i < JUMPS; i++) {
      nowMs = Math.max(0, below(random, 3) === 0 ? NOW_MS + i * DAY : nowMs + jump(random))
      store.addMachine(machineInput({ siteKey: 1, quantity: 1 }))
      const day = new Date(nowMs).toISOString().slice(0, 10)
      const isDue = listBackups(file)[0]?.day !== day
      await store.maintain(nowMs)
      machines++
      const [newest] = listBackups(file)
      if (isDue) {
        made++
        expect(newest).toMatchObject({ day })
        expect(newest!.sequence).toBeGreaterThan(sequence)
        if (machinesIn(newest!.path) !== machines) lost++
      }
      sequence = newest!.sequence
      expect(newestSoundBackup(file)).toBe(newest!.path)
    }
    store.close()
    expect(lost).toBe(0)
    expect(readdirSync(backupFolder(file)).filter((name) => name.endsWith('.tmp'))).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true })
    tell(`clock under backups: ${JUMPS} jumps, ${made} backups made, ${lost} of them without the last change`)
  }
}, 600_000)

describe.each(['mempool', 'bitcoind'] as const)('%s', (name) => {
  it(`${JUMPS} jumps under a refresh: no wrong value, the truth within two rounds of a right clock, fresh at once (seed ${SEED})`, async () => {
    const random = randomState(SEED)
    let trueMs = NOW_MS
    let offsetMs = 0
    const server = await serveWorld(name, () => ({ world: truth(trueMs), nowMs: trueMs }))
    const store = await makeStore({ networkOrder: name, [`${name}Url`]: server.url })
    const round = async (afterMs = MINUTE) => {
      trueMs += afterMs
      const service = createNetworkService({ store, version: '0', nowMs: () => trueMs + offsetMs })
      return (await service.refresh()).values
    }
    const first = truth(trueMs).height
    await round()
    const counts = { wrong: 0, notBack: 0, freshAtOnce: 0, freshWithNextBlock: 0, notFresh: 0 }
    type Values = Awaited<ReturnType<typeof round>>
    const isTrue = ({ height, difficulty }: Values) =>
      height?.value === truth(trueMs).height && difficulty?.value === truth(trueMs).difficulty
    const isFresh = ({ height, difficulty, feesBtcPerBlock }: Values) =>
      [height, difficulty, feesBtcPerBlock].every((value) => value !== null && !value.stale)
    for (let i = 0; i < JUMPS; i++) {
      offsetMs = jump(random)
      for (let wrong = 1 + below(random, 3); wrong > 0; wrong--) {
        const { height, difficulty } = await round()
        const isHeight = height === null || (height.value >= first && height.value <= truth(trueMs).height)
        const isDifficulty = difficulty === null || difficulty.value === truth(trueMs).difficulty
        if (!isHeight || !isDifficulty) counts.wrong++
      }
      offsetMs = 0
      let values = await round()
      if (!isTrue(values)) values = await round()
      if (!isTrue(values)) counts.notBack++
      if (isFresh(values)) counts.freshAtOnce++
      else if (isFresh(await round(10 * MINUTE))) counts.freshWithNextBlock++
      else counts.notFresh++
    }
    tell(
      `clock under a refresh from ${name}: ${JUMPS} jumps, ${counts.wrong} wrong values; with a right clock the truth was not back within two rounds ` +
        `${counts.notBack} times; it was called stale until the next block ${counts.freshWithNextBlock} times, longer ${counts.notFresh} times`,
    )
    expect(counts).toMatchObject({ wrong: 0, notBack: 0, freshWithNextBlock: 0, notFresh: 0 })
  }, 600_000)
})
