import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchRow } from '#tools/bench-row.ts'
import { quickest } from '#tools/bench-row.ts'
import { repository } from '#tools/repository.ts'
import { advise } from '#shared/domain/decision/advise.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { benchFleet } from './fleets.ts'
import { dataFolder } from './window.ts'

/** The command line over a large fleet, from the start of its process to the last byte it writes. */

const MACHINES = 100_000
const ROUNDS = 5
const MARKET = marketOf(
  {
    height: 925_000,
    difficulty: 1.5e14,
    priceUsdPerBtc: 88_300,
    feesBtcPerBlock: 0.02,
    epoch: { blocks: 1672, seconds: 1_003_200 },
    previousAdjustments: [],
    atMs: Date.UTC(2026, 0, 1),
  },
  { change: null, horizonDays: null },
)

/** All that the command prints of a fleet, computed and dropped. */
function decided(fleet: Fleet): number {
  const prepared = prepare(fleet, PLAIN_CASE)
  const advice = advise(prepared, MARKET)!
  let sum = 0
  for (let row = 0; row < prepared.basis.length; row++)
    sum += advice.row(row).probabilityOfAdjustment + advice.strikes(row).stopBelowUsdPerPhDay
  return sum + advice.sites().length + (advice.flips().above?.hashpriceUsdPerPhDay ?? 0)
}

/** What a program prints, and how long it took, ms. */
function timed(args: readonly string[]): Promise<{ readonly tookMs: number; readonly bytes: Buffer }> {
  return new Promise((done, fail) => {
    const start = performance.now()
    const program = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const pieces: Buffer[] = []
    program.stdout.on('data', (piece: Buffer) => pieces.push(piece))
    program.on('error', fail)
    program.on('close', (code) => {
      const tookMs = performance.now() - start
      if (code === 0) done({ tookMs, bytes: Buffer.concat(pieces) })
      else fail(new Error(`${args.join(' ')} ended with exit code ${code}`))
    })
  })
}

const WRITE = `
const bytes = require('node:fs').readFileSync(process.argv[1])
for (let from = 0; from < bytes.length; from += 65536) process.stdout.write(bytes.subarray(from, from + 65536))`

export async function run(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'strikeline-bench-'))
  try {
    const data = await dataFolder(join(folder, 'data'), MACHINES)
    const output = join(folder, 'decide.json')
    let decides = Infinity
    let writes = Infinity
    for (let round = 0; round < ROUNDS; round++) {
      const { tookMs, bytes } = await timed([
        join(repository, 'tools', 'cli.js'),
        'decide',
        '--json',
        '--data',
        data,
      ])
      decides = Math.min(decides, tookMs)
      if (round === 0) writeFileSync(output, bytes)
      writes = Math.min(writes, (await timed(['-e', WRITE, output])).tookMs)
    }
    const fleet = benchFleet(MACHINES)
    const [engine] = quickest([() => decided(fleet)], 10)
    return [
      {
        what: `decide --json of ${MACHINES} machines, process start to last byte`,
        measured: decides,
        against: 'the same figures in this process, and a program that writes the same bytes',
        againstMeasured: engine! + writes,
        goal: 2,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
