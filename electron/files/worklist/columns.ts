import { open } from 'node:fs/promises'

/** Columns of a work list's file, in the order in which it is written. */
export const WORK_LIST_COLUMNS = [
  'site',
  'rack',
  'position',
  'ip',
  'id',
  'model',
  'serial',
  'machines',
  'do',
  'hours',
  'listed_at',
  'by',
  'done',
] as const
export type WorkListColumn = (typeof WORK_LIST_COLUMNS)[number]

/** Without these it is no work list. */
export const NEEDED: readonly WorkListColumn[] = ['id', 'do', 'done']

const HEAD_BYTES = 4096

/** Whether the headings of a file are a work list's; a file that cannot be read is none, and whoever reads it says why. */
export async function isWorkListFile(path: string): Promise<boolean> {
  const file = await open(path).catch(() => null)
  if (file === null) return false
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const lines = buffer
      .subarray(0, bytesRead)
      .toString()
      .replace(/^\ufeff/, '')
      .split(/\r\n|\n|\r/, 2)
    return lines.some((line) => {
      const names = new Set(line.split(/[,;\t]/).map((name) => name.replaceAll('"', '').trim().toLowerCase()))
      return NEEDED.every((name) => names.has(name))
    })
  } catch {
    return false
  } finally {
    await file.close()
  }
}
