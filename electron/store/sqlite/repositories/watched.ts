import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { FileMark } from '#electron/files/bytes.ts'
import type { PriceField, PriceFile } from '#electron/files/sites/read-market-prices.ts'
import type { WatchedFault, WatchedFile } from '../../port.ts'
import { isSoundRow } from '../row-checksums.ts'

type Row = Pick<WatchedFile, 'key' | 'siteKey' | 'site' | 'field' | 'path' | 'decimalSign'> & {
  readonly size: number | null
  readonly changedAtMs: number | null
  readonly digest: string | null
  readonly readAtMs: number | null
  readonly fault: string | null
  readonly faultSinceMs: number | null
  readonly isQuestion: 0 | 1 | null
}

export type WatchedFiles = ReturnType<typeof createWatchedFiles>

/** Price files that are watched. What begins or ends that must run inside a change of the history; marks are none. */
export function createWatchedFiles(db: Database) {
  const all = db.prepare<[], Row>(
    `SELECT watched_file.key, site_key AS siteKey, site.name AS site, field, path, decimal_sign AS decimalSign, size,
       changed_at_ms AS changedAtMs, digest, read_at_ms AS readAtMs, fault, fault_since_ms AS faultSinceMs, is_question AS isQuestion
     FROM watched_file JOIN site ON site.key = site_key LEFT JOIN watched_mark ON watched_key = watched_file.key
     WHERE ${isSoundRow(db, 'watched_file')} ORDER BY site_key, field`,
  )
  const put = db.prepare(
    `INSERT INTO watched_file (site_key, field, path, decimal_sign) VALUES (?, ?, ?, ?)
     ON CONFLICT (site_key, field) DO UPDATE SET path = excluded.path, decimal_sign = excluded.decimal_sign
     WHERE path <> excluded.path OR decimal_sign IS NOT excluded.decimal_sign`,
  )
  const putRead = db.prepare(
    `INSERT OR REPLACE INTO watched_mark (watched_key, size, changed_at_ms, digest, read_at_ms, is_question)
     SELECT key, ?, ?, ?, ?, 0 FROM watched_file WHERE site_key = ? AND field = ?`,
  )
  const putFault = db.prepare(
    `INSERT INTO watched_mark (watched_key, size, changed_at_ms, fault, fault_since_ms, is_question) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (watched_key) DO UPDATE SET size = excluded.size, changed_at_ms = excluded.changed_at_ms, fault = excluded.fault,
       fault_since_ms = excluded.fault_since_ms, is_question = excluded.is_question`,
  )
  const isWatched = db.prepare<[number], 1>('SELECT 1 FROM watched_file WHERE key = ?').pluck()
  const endOf = db.prepare<[number, PriceField]>('DELETE FROM watched_file WHERE site_key = ? AND field = ?')
  const endAt = db.prepare<[number]>('DELETE FROM watched_file WHERE site_key = ?')
  const end = db.prepare<[number], string>('DELETE FROM watched_file WHERE key = ? RETURNING path').pluck()

  return {
    all: (): readonly WatchedFile[] =>
      all
        .all()
        .map(({ size, changedAtMs, digest, readAtMs, fault, faultSinceMs, isQuestion, ...watched }) => ({
          ...watched,
          ...{ digest, readAtMs },
          mark: size === null || changedAtMs === null ? null : { size, changedAtMs },
          fault:
            fault === null || faultSinceMs === null
              ? null
              : { message: fault, sinceMs: faultSinceMs, isQuestion: isQuestion === 1 },
        })),

    /** file null: nothing is watched there from now on */
    put(siteKey: number, field: PriceField, file: PriceFile | null): void {
      if (file === null) {
        endOf.run(siteKey, field)
        return
      }
      const { path, decimalSign, mark, digest, readAtMs } = file
      put.run(siteKey, field, path, decimalSign)
      putRead.run(mark.size, mark.changedAtMs, digest, readAtMs, siteKey, field)
    },

    mark(key: number, mark: FileMark | null, fault: WatchedFault | null): void {
      // It may have been taken back meanwhile.
      if (isWatched.get(key) !== 1) return
      putFault.run(
        ...[key, mark?.size ?? null, mark?.changedAtMs ?? null],
        ...[fault?.message ?? null, fault?.sinceMs ?? null, fault?.isQuestion === true ? 1 : 0],
      )
    },

    endAt: (siteKey: number): void => void endAt.run(siteKey),
    /** Gives the path. @throws StrikelineError 'not-found' */
    end(key: number): string {
      const path = end.get(key)
      if (path === undefined) throw new StrikelineError('not-found', 'This file is not watched any more.')
      return path
    },
  }
}
