import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'
import type { CliHost } from '#electron/cli/index.ts'
import { runCli } from '#electron/cli/index.ts'

export type CliRun = { readonly exitCode: number; readonly stdout: string; readonly stderr: string }

/** An empty folder of this run's own. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'strikeline-cli-'))
}

/** Runs a command line the way the program does, with its streams caught. */
export async function runCommand(
  words: readonly string[],
  given: { readonly cwd: string; readonly stdin?: string; readonly variables?: CliHost['variables'] },
): Promise<CliRun> {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const printed = { stdout: '', stderr: '' }
  stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text))
  stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text))
  const exitCode = await runCli(words, {
    cwd: given.cwd,
    stdin: Readable.from([given.stdin ?? '']),
    stdout,
    stderr,
    dataFolder: join(given.cwd, 'data'),
    assetsFolder: fileURLToPath(new URL('../../../assets/', import.meta.url)),
    workerUrl: new URL(inject('workers').store),
    simulationWorkerUrl: new URL(inject('workers').simulate),
    version: '0.0.0-test',
    variables: given.variables ?? {},
  })
  return { exitCode, ...printed }
}

export const NETWORK = {
  height: 925_000,
  difficulty: 1.5e14,
  priceUsdPerBtc: 88_300,
  feesBtcPerBlock: 0.02,
  epoch: { blocks: 1007, seconds: 612_345 },
  previousAdjustments: [0.012, -0.024],
  at: '2025-11-20T12:00:00Z',
}

export const FLEET_CSV = [
  'id,model,quantity,site,power_price_usd_kwh,hashrate_ths,power_w,status,restart_usd',
  'old,Antminer S19j Pro 104T,10,North,0.07,,,running,2',
  'new,,2,North,0.05,200,3500,running,0',
  'shelf,Antminer S9 14T,5,Ridge,0.09,,,off,0',
  '',
].join('\n')
