import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { LEAST_SEAL_DIGITS, sealDigits, sealWords } from '#shared/format/seal.ts'
import { sha256 } from '#electron/files/sealed/sha256.ts'
import type { SealedReport } from '../../port.ts'
import type { DamagedRow } from '../row-checksums.ts'
import { isSoundRow } from '../row-checksums.ts'

const SEALED_PARTS = ['pdf', 'inputs', 'document'] as const
type SealedPart = (typeof SEALED_PARTS)[number]

type Head = Omit<SealedReport, 'pdfBytes' | 'pdfSha256'>
type Parts = Readonly<Record<SealedPart, Uint8Array>>

/** Of one part, and of all reports together: every copy of the fleet carries them. */
const MOST_PART_BYTES = 100_000_000
const MOST_BYTES = 2_000_000_000

const HEAD = `hash, made_at_ms AS madeAtMs, as_of_ms AS asOfMs, title, company, template, version, pages,
  pdf_sha256 AS pdfSha256, (SELECT length(bytes) FROM sealed_report_part WHERE report = hash AND kind = 'pdf') AS pdfBytes`

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`

export function createSealedReports(db: Database) {
  const sound = isSoundRow(db, 'sealed_report')
  const all = db.prepare<[], SealedReport>(
    `SELECT ${HEAD} FROM sealed_report WHERE ${sound} ORDER BY made_at_ms DESC, hash`,
  )
  const beginning = db.prepare<[from: string, to: string], SealedReport>(
    `SELECT ${HEAD} FROM sealed_report WHERE hash BETWEEN ? AND ? AND ${sound} ORDER BY hash LIMIT 10`,
  )
  const insert = db.prepare(
    `INSERT INTO sealed_report (hash, made_at_ms, as_of_ms, title, company, template, version, pages, pdf_sha256, inputs_sha256, document_sha256)
     VALUES ($hash, $madeAtMs, $asOfMs, $title, $company, $template, $version, $pages, $pdf, $inputs, $document)
     ON CONFLICT (hash) DO NOTHING`,
  )
  const insertPart = db.prepare('INSERT INTO sealed_report_part (report, kind, bytes) VALUES (?, ?, ?)')
  const partOf = db.prepare<
    [hash: string, kind: SealedPart],
    { bytes: Buffer; pdf: string; inputs: string; document: string }
  >(
    `SELECT bytes, pdf_sha256 AS pdf, inputs_sha256 AS inputs, document_sha256 AS document
     FROM sealed_report JOIN sealed_report_part ON report = hash WHERE hash = ? AND kind = ? AND ${sound}`,
  )
  const remove = db.prepare('DELETE FROM sealed_report WHERE hash = ?')
  const bytesOfAll = db
    .prepare<[], number>('SELECT coalesce(sum(length(bytes)), 0) FROM sealed_report_part')
    .pluck()

  /** @throws StrikelineError 'bad-input' where it is no hash or that of several, 'not-found' */
  function find(typed: string): SealedReport {
    const digits = sealDigits(typed)
    if (digits === null)
      throw new StrikelineError(
        'bad-input',
        `'${typed}' is no hash of a report: type at least ${LEAST_SEAL_DIGITS} of its digits 0–9 and A–F, as they are printed on it.`,
      )
    const found = beginning.all(digits, `${digits}g`)
    const [first, second] = found
    if (first === undefined)
      throw new StrikelineError('not-found', `No report is sealed here under ${sealWords(digits)}.`)
    if (second !== undefined)
      throw new StrikelineError(
        'bad-input',
        `${sealWords(digits)} is the beginning of several reports: ${found.map(({ hash }) => sealWords(hash)).join(', ')}. Type more of it.`,
      )
    return first
  }

  const keep = db.transaction((head: Head, parts: Parts): void => {
    for (const kind of SEALED_PARTS) {
      if (parts[kind].length <= MOST_PART_BYTES) continue
      const what = kind === 'pdf' ? 'its PDF has' : 'what it was made from has'
      throw new StrikelineError(
        'bad-input',
        `The report was not sealed: ${what} ${megabytes(parts[kind].length)}, and at most ${megabytes(MOST_PART_BYTES)} are kept.`,
      )
    }
    const bytes = SEALED_PARTS.reduce((sum, kind) => sum + parts[kind].length, bytesOfAll.get()!)
    if (bytes > MOST_BYTES)
      throw new StrikelineError(
        'bad-input',
        `The report was not sealed: with it the sealed reports would take up ${megabytes(bytes)}, and at most ${megabytes(MOST_BYTES)} are kept. Remove older ones.`,
      )
    const { changes } = insert.run({
      ...head,
      pdf: sha256(parts.pdf),
      inputs: sha256(parts.inputs),
      document: sha256(parts.document),
    })
    if (changes === 1) for (const kind of SEALED_PARTS) insertPart.run(head.hash, kind, parts[kind])
  })

  return {
    list: (): readonly SealedReport[] => all.all(),
    find,
    /** The same report twice is kept once. @throws StrikelineError 'bad-input' where there is no room */
    keep: (head: Head, parts: Parts): void => keep(head, parts),
    /** @throws StrikelineError 'database-broken' where the bytes are not those that were stored */
    read(hash: string, kind: SealedPart): Buffer {
      const row = partOf.get(hash, kind)
      if (row === undefined) throw damage(hash, kind, 'gone')
      if (sha256(row.bytes) !== row[kind])
        throw damage(hash, kind, 'not what was stored (its SHA-256 is another one)')
      return row.bytes
    },
    remove(hash: string): void {
      remove.run(hash)
    },
  }
}

const PART_WORDS = {
  pdf: 'The PDF',
  inputs: 'What it was made from',
  document: 'What it said',
} as const satisfies Record<SealedPart, string>

const damage = (hash: string, kind: SealedPart, words: string) =>
  new StrikelineError(
    'database-broken',
    `The sealed report ${sealWords(hash)} is damaged: ${PART_WORDS[kind]} is ${words}. It may be whole in a backup of the fleet.`,
  )

/** Parts of sealed reports that are not what was stored, the first of them; none in a database of before there were any. */
export function damagedParts(db: Database, atMost: number): readonly DamagedRow[] {
  const isThere = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'sealed_report_part'`).get()
  if (isThere === undefined || atMost <= 0) return []
  const damaged: DamagedRow[] = []
  for (const kind of SEALED_PARTS) {
    const rows = db.prepare<[SealedPart], { hash: string; expected: string; bytes: Buffer | null }>(
      `SELECT hash, ${kind}_sha256 AS expected, bytes FROM sealed_report LEFT JOIN sealed_report_part ON report = hash AND kind = ?`,
    )
    for (const { hash, expected, bytes } of rows.iterate(kind)) {
      if (damaged.length >= atMost) return damaged
      if (bytes === null || sha256(bytes) !== expected)
        damaged.push({ table: 'sealed_report_part', key: `${sealWords(hash)} ${kind}` })
    }
  }
  return damaged
}
