import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

const repository = resolve(import.meta.dirname, '..', '..')

export type Answer = { readonly exitCode: number; readonly stdout: string; readonly stderr: string }

/** Runs `npm run cli -- …`'s program, from a folder of the caller's. */
export async function commandLine(
  args: readonly string[],
  { cwd, stdin = '' }: { readonly cwd: string; readonly stdin?: string },
): Promise<Answer> {
  const child = spawn(process.execPath, [join(repository, 'tools', 'cli.js'), ...args], {
    cwd,
    env: { ...process.env, INIT_CWD: cwd },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdin.end(stdin)
  return new Promise((done, failed) => {
    child.once('error', failed)
    child.once('close', (code) => done({ exitCode: code ?? -1, stdout, stderr }))
  })
}
