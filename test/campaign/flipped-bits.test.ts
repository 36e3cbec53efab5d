import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { explained } from '#electron/store/sqlite/faults.ts'
import { randomState } from '#shared/domain/ahead/simulate/random.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { openDirect } from '../unit/store/direct.ts'
import { figuresOf, storedFleet } from '../unit/store/stored-fleet.ts'
import { temporaryFolder } from '../unit/store/stores.ts'
import { roundsOr, SEED, tell } from './rounds.ts'
import { below } from './spoil.ts'

/** Single bits that change in a stored fleet: what is read afterwards is what was written, or refused in words. */

const BITS = roundsOr(100)

/** The figures after three steps back; a step that has gone is one that cannot be taken back, and says so. */
async function figuresUndone(file: string): Promise<string> {
  try {
    const store = await openDirect(join(file, '..'))
    try {
      for (let i = 0; i < 3; i++) store.undo()
    } finally {
      store.close()
    }
  } catch (error) {
    throw explained(error, file)
  }
  return figuresOf(file)
}

it.each([
  ['read', BITS, figuresOf],
  // The memory of undo lies in the same file; two times as dear to look at.
  ['undone', Math.ceil(BITS / 2), figuresUndone],
])(
  `of ${BITS} single bits that change in the file none is %s into a figure in silence`,
  { timeout: 600_000 },
  async (what, bits, figures) => {
    const bytes = readFileSync(await storedFleet(temporaryFolder()))
    const file = join(temporaryFolder(), DATABASE_NAME)
    const put = (content: Buffer) => {
      for (const companion of ['-wal', '-shm']) writeFileSync(`${file}${companion}`, '')
      writeFileSync(file, content)
    }
    put(bytes)
    const right = await figures(file)
    // Most of a small file is room that is not used yet: a bit there changes nothing.
    const used = [...bytes.keys()].filter((at) =>
      bytes.subarray(Math.max(0, at - 4), at + 5).some((byte) => byte > 0),
    )
    const random = randomState(SEED)
    const outcomes = { refused: 0, harmless: 0 }
    for (let i = 0; i < bits; i++) {
      const [at, bit] = [used[below(random, used.length)]!, below(random, 8)]
      const flipped = Buffer.from(bytes)
      flipped[at]! ^= 1 << bit
      put(flipped)
      try {
        expect(await figures(file), `bit ${bit} of byte ${at}`).toBe(right)
        outcomes.harmless++
      } catch (error) {
        if (!(error instanceof StrikelineError)) throw error
        outcomes.refused++
      }
    }
    tell(`${bits} flipped bits, ${what}: ${outcomes.refused} refused, ${outcomes.harmless} without effect`)
    // Otherwise the bits would not have met what the file holds.
    expect(outcomes.refused).toBeGreaterThan(bits / 3)
    expect(outcomes.harmless).toBeGreaterThan(bits / 20)
  },
)
