import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import type { CliHost } from '#electron/cli/index.ts'
import { runCli } from '#electron/cli/index.ts'
import { repository, repositoryVersion } from '#tools/repository.ts'
import type { Answer, Asked } from './command-line.ts'

/** Runs one command line after the other for the tests of one worker, with the streams caught: the start of a process each takes longer than most commands. */

const version = repositoryVersion()

async function answer({ args, cwd, stdin }: Asked): Promise<Answer> {
  const printed = { stdout: '', stderr: '' }
  const caught = (name: keyof typeof printed) =>
    new PassThrough().setEncoding('utf8').on('data', (text: string) => (printed[name] += text))
  const host: CliHost = {
    cwd,
    stdin: Readable.from([stdin]),
    stdout: caught('stdout'),
    stderr: caught('stderr'),
    dataFolder: join(cwd, 'no data folder was given'),
    assetsFolder: join(repository, 'assets'),
    workerUrl: pathToFileURL(join(repository, 'tools', 'store-worker.js')),
    simulationWorkerUrl: pathToFileURL(join(repository, 'electron', 'threads', 'simulate-worker.ts')),
    version,
  }
  return { exitCode: await runCli(args, host), ...printed }
}

let last: Promise<unknown> = Promise.resolve()
process.on('message', (asked: Asked) => {
  last = last.then(() => answer(asked)).then((given) => process.send!(given))
})
process.on('disconnect', () => process.exit())
