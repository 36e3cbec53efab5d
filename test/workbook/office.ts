import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import yauzl from 'yauzl'
import { zipped } from '#electron/files/workbook/zip.ts'
import { OFFICE_PYTHON } from '#tools/runtime/office.ts'

export type CellChange = readonly [sheet: string, cell: string, value: number | null]
export type OfficeTask = {
  readonly file: string
  /** whether it is read as it stands in the file too */
  readonly before: boolean
  /** what is changed before everything is computed again */
  readonly set: readonly CellChange[]
}
/** What stands in every cell, by sheets. */
export type OfficeSheets = Readonly<
  Record<
    string,
    {
      readonly rows: readonly (readonly (number | string)[])[]
      readonly errors: readonly string[]
    }
  >
>
export type OfficeAnswer = { readonly before: OfficeSheets | null; readonly after: OfficeSheets }

/** One LibreOffice for all of them. */
export function inOffice(tasks: readonly OfficeTask[]): readonly OfficeAnswer[] {
  const script = fileURLToPath(new URL('recalculate.py', import.meta.url))
  const { status, stdout, stderr, error } = spawnSync(OFFICE_PYTHON, [script], {
    input: JSON.stringify(tasks),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    timeout: 180_000,
  })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`LibreOffice gave no answer: ${stderr}`)
  return JSON.parse(stdout) as readonly OfficeAnswer[]
}

/** The files of an archive, by name. */
export async function unzipped(bytes: Uint8Array): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>()
  const zip = await yauzl.fromBufferPromise(Buffer.from(bytes), { lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    const pieces: Buffer[] = []
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer)
    files.set(entry.fileName, Buffer.concat(pieces).toString('utf8'))
  }
  return files
}

/** The same workbook without the figures that its formulas carry. */
export async function withoutFigures(bytes: Uint8Array): Promise<Uint8Array> {
  const files = await unzipped(bytes)
  const entries = [...files].map(([name, content]) => ({
    name,
    content: [content.replaceAll(/(<\/f>)<v>[^<]*<\/v>/g, '$1')],
  }))
  return Buffer.concat([...zipped(entries)])
}
