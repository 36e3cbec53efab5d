import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { openIn } from '../unit/store/stores.ts'
import { WORST, type Worst } from './limits.ts'
import { roundsOr, tell } from './rounds.ts'
import { take } from './take-file.ts'

/**
 * The worst files within the limits of every format. In the campaign each is read and stored by a program of its own, which may take
 * ten seconds and 500 MB of memory; the ordinary tests read small ones of the same kinds. What is refused is refused in a sentence that
 * names the file.
 */

/** In the campaign the rounds are per cent of the limits. */
const IS_CAMPAIGN = process.env['CAMPAIGN_ROUNDS'] !== undefined
const SHARE = roundsOr(0.1) / 100
const MOST_SECONDS = 10
const MOST_MEGABYTES = 500
/** Of a sentence that a person reads. */
const LONGEST_SENTENCE = 1000

const READER = fileURLToPath(new URL('./read-and-measure.ts', import.meta.url))

type Outcome = { readonly refused: string | null; readonly seconds: number; readonly megabytes: number }

/** Writes the file and those beside it; gives its path. */
function written({ fileName, make, beside }: Worst, folder: string): string {
  for (const [name, bytes] of Object.entries(beside?.(SHARE) ?? {})) writeFileSync(join(folder, name), bytes)
  const path = join(folder, fileName)
  writeFileSync(path, make(SHARE))
  return path
}

function measured(file: Worst): Outcome & { readonly bytes: number } {
  const folder = mkdtempSync(join(tmpdir(), 'strikeline-limits-'))
  try {
    const path = written(file, folder)
    const read = () =>
      spawnSync(process.execPath, [READER, file.way, path, folder], {
        encoding: 'utf8',
        maxBuffer: 1e9,
      })
    if (file.isStored === true) read()
    const { stdout, stderr } = read()
    if (stdout === '') throw new Error(stderr)
    return { ...(JSON.parse(stdout) as Outcome), bytes: statSync(path).size }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function expectSentence({ format, fileName, name }: Worst, refused: string | null): void {
  if (refused === null) return
  expect.soft(refused, `${format}, ${name}`).toContain(fileName)
  expect.soft(refused.length, `${format}, ${name}`).toBeLessThan(LONGEST_SENTENCE)
}

it.runIf(IS_CAMPAIGN)(
  `${WORST.length} files of ${SHARE * 100} % of their limits take at most ${MOST_SECONDS} s and ${MOST_MEGABYTES} MB`,
  () => {
    const worst = new Map<string, { seconds: number; slowest: string; megabytes: number; largest: string }>()
    for (const file of WORST) {
      const first = measured(file)
      // Something else may have kept the computer busy: a second reading tells.
      const { refused, seconds, megabytes, bytes } = first.seconds < MOST_SECONDS ? first : measured(file)
      const words = `${file.format}, ${file.name}, ${Math.ceil(bytes / 1e6)} MB: ${seconds.toFixed(1)} s, ${Math.ceil(megabytes)} MB of memory, ${refused === null ? 'taken' : `refused: ${refused.slice(0, 120)}`}`
      tell(words)
      expectSentence(file, refused)
      expect.soft(seconds, words).toBeLessThan(MOST_SECONDS)
      expect.soft(megabytes, words).toBeLessThan(MOST_MEGABYTES)
      const of = worst.get(file.format) ?? { seconds: 0, slowest: '', megabytes: 0, largest: '' }
      if (seconds > of.seconds) Object.assign(of, { seconds, slowest: file.name })
      if (megabytes > of.megabytes) Object.assign(of, { megabytes, largest: file.name })
      worst.set(file.format, of)
    }
    for (const [format, { seconds, slowest, megabytes, largest }] of worst)
      tell(
        `${format.padEnd(14)} at most ${seconds.toFixed(1)} s (${slowest}) and ${Math.ceil(megabytes)} MB (${largest})`,
      )
  },
  3_600_000,
)

it.runIf(!IS_CAMPAIGN)(
  `${WORST.length} files of the kinds that are worst for their readers are read, or refused in a sentence`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'strikeline-limits-'))
    try {
      const store = await openIn(folder)
      for (const file of WORST) {
        expectSentence(file, await take(store, file.way, written(file, folder)))
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  120_000,
)
