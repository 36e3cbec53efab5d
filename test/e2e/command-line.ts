import type { ChildProcess } from 'node:child_process'
import { fork, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

const repository = resolve(import.meta.dirname, '..', '..')

export type Answer = { readonly exitCode: number; readonly stdout: string; readonly stderr: string }
export type Asked = { readonly args: readonly string[]; readonly cwd: string; readonly stdin: string }

/**
 * Runs what `npm run cli -- …` runs, from a folder of the caller's. One process answers all calls of a worker, one after the other;
 * what only the built program can do (printing) goes to `npm run cli`'s own process.
 */
export async function commandLine(
  args: readonly string[],
  { cwd, stdin = '' }: { readonly cwd: string; readonly stdin?: string },
): Promise<Answer> {
  return args.includes('--pdf') ? ownProcess({ args, cwd, stdin }) : inTurn({ args, cwd, stdin })
}

let host: ChildProcess | undefined
let last: Promise<unknown> = Promise.resolve()

function inTurn(asked: Asked): Promise<Answer> {
  const answer = last.then(() => ask(asked))
  last = answer.catch(() => undefined)
  return answer
}

function ask(asked: Asked): Promise<Answer> {
  const child = (host ??= start())
  child.channel?.ref()
  return new Promise<Answer>((done, failed) => {
    const ended = (code: number | null) => {
      host = undefined
      failed(new Error(`The command line ended with ${code ?? 'a signal'} in: ${asked.args.join(' ')}`))
    }
    child.once('exit', ended)
    child.once('message', (answer: Answer) => {
      child.off('exit', ended)
      child.channel?.unref()
      done(answer)
    })
    child.send(asked)
  })
}

/** It ends when this process does. */
function start(): ChildProcess {
  const child = fork(join(repository, 'test', 'e2e', 'command-line-host.js'), { execArgv: [] })
  child.unref()
  return child
}

function ownProcess({ args, cwd, stdin }: Asked): Promise<Answer> {
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
