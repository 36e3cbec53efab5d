import { readFileSync } from 'node:fs'
import { utf8Bytes } from '#electron/files/bytes.ts'
import { isBlank, lineEndOf, recordsOf } from '#electron/files/csv.ts'

/** The rows of a CSV with commas, by the names in its first. */
export function csvObjects(path: string): readonly Readonly<Record<string, string>>[] {
  const bytes = utf8Bytes(readFileSync(path), path)
  const [names = [], ...records] = recordsOf(bytes, ',', lineEndOf(bytes), path, 1).filter(
    (record) => !isBlank(record),
  )
  return records.map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])))
}
