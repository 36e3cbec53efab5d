import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { SumState } from '#shared/ipc/schemas/backups.ts'

/** The SHA-256 of a copy, in a file beside it in the form that `sha256sum --check` reads. */
export const sumPath = (copy: string): string => `${copy}.sha256`

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

export async function writeSum(copy: string): Promise<void> {
  writeFileSync(sumPath(copy), `${await sha256Of(copy)}  ${basename(copy)}\n`, { mode: 0o600 })
}

export async function sumState(copy: string): Promise<SumState> {
  if (!existsSync(sumPath(copy))) return 'none'
  const [written] = readFileSync(sumPath(copy), 'utf8').trim().split(/\s/)
  return written === (await sha256Of(copy)) ? 'matches' : 'differs'
}
