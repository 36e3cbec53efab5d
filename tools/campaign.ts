import { parseArgs } from 'node:util'
import { capture } from './processes.ts'
import { installed, repository } from './repository.ts'

/** How often each part runs in the whole campaign; every test says what it counts. */
const PARTS = {
  kills: 1000,
  'hostile-answers': 10_000,
  'spoiled-files': 1000,
  'damaged-databases': 100,
  'flipped-bits': 1000,
  'clock-jumps': 300,
  limits: 100,
} as const
type Part = keyof typeof PARTS
const isPart = (name: string): name is Part => Object.hasOwn(PARTS, name)

/** Runs a part and gives what it has counted, or what its tests said where one failed. */
async function run(part: Part, rounds: number, seed: number): Promise<boolean> {
  const began = performance.now()
  const { code, stdout, stderr } = await capture(
    process.execPath,
    [installed('vitest', 'vitest.mjs'), 'run', `test/campaign/${part}.test.ts`],
    { cwd: repository, env: { CAMPAIGN_ROUNDS: String(rounds), CAMPAIGN_SEED: String(seed) } },
  )
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${part}, ${rounds} rounds, seed ${seed}, ${seconds} s`)
  for (const [, line] of stdout.matchAll(/^campaign: (.*)$/gm)) console.log(`       ${line ?? ''}`)
  if (code !== 0) console.log(stdout + stderr)
  return code === 0
}

/** `npm run campaign [-- PART … --rounds N --seed N]`: the campaigns of test/campaign as long as they are meant to be. */
const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string' }, seed: { type: 'string', default: '20261126' } },
  allowPositionals: true,
})
const names = positionals.length === 0 ? Object.keys(PARTS) : positionals
const parts = names.filter(isPart)
const numbers = [values.seed, ...(values.rounds === undefined ? [] : [values.rounds])].map(Number)
if (parts.length < names.length || numbers.some((number) => !Number.isInteger(number) || number < 1)) {
  console.error(
    `campaign: the parts are ${Object.keys(PARTS).join(', ')}; --rounds and --seed are whole numbers from 1`,
  )
  process.exitCode = 2
} else {
  for (const part of parts)
    if (
      !(await run(
        part,
        values.rounds === undefined ? PARTS[part] : Number(values.rounds),
        Number(values.seed),
      ))
    )
      process.exitCode = 1
}
