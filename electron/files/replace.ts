import { lstat, open, rename, rm } from 'node:fs/promises'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { reasonOf } from './reasons.ts'

/**
 * Writes a file whole or not at all: a temporary file beside it takes its place when it is complete and on disk. Only a file is
 * ever replaced: a link, a device or a pipe that stands there has a purpose of its own.
 * @param parts the content, or pieces of it in order
 * @param mode who may read it (POSIX); by default what the system gives a new file
 * @throws StrikelineError 'file-unwritable' naming the file; the file that was there is untouched then
 */
export async function replaceFile(
  path: string,
  parts: Uint8Array | Iterable<Uint8Array | string>,
  mode?: number,
): Promise<void> {
  await refuseOther(path)
  const temporary = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`
  try {
    const file = await open(temporary, 'wx', mode)
    try {
      if (parts instanceof Uint8Array) await file.writeFile(parts)
      else for (const part of parts) await file.writeFile(part)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    if (error instanceof StrikelineError) throw error
    throw new StrikelineError('file-unwritable', `${path} could not be written: ${reasonOf(error)}`)
  }
}

async function refuseOther(path: string): Promise<void> {
  const found = await lstat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new StrikelineError('file-unwritable', `${path} could not be written: ${reasonOf(error)}`)
  })
  if (found === null || found.isFile()) return
  const kind = found.isDirectory()
    ? 'a folder'
    : found.isSymbolicLink()
      ? 'a link to another file'
      : 'no file'
  throw new StrikelineError(
    'file-unwritable',
    `${path} is ${kind}, and only files are replaced: give another name. Nothing was changed.`,
  )
}
