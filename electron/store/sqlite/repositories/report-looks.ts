import type { Database } from 'better-sqlite3'
import { nameFault } from '#shared/domain/fleet/names.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Logo } from '../../port.ts'
import { isSoundRow } from '../row-checksums.ts'

/** What reports are made like: named templates, whose text is their reader's business, and the one logo. */
export function createReportLooks(db: Database) {
  const templates = db.prepare<[], { name: string; text: string }>(
    `SELECT name, template_json AS text FROM report_template WHERE ${isSoundRow(db, 'report_template')} ORDER BY name`,
  )
  const put = db.prepare(
    'INSERT INTO report_template (name, template_json) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET template_json = excluded.template_json',
  )
  const remove = db.prepare('DELETE FROM report_template WHERE name = ?')
  const logo = db.prepare<[], { type: Logo['type']; base64: string }>(
    `SELECT type, bytes_base64 AS base64 FROM report_logo WHERE ${isSoundRow(db, 'report_logo')}`,
  )
  const putLogo = db.prepare(
    'INSERT INTO report_logo (key, type, bytes_base64) VALUES (1, ?, ?) ON CONFLICT (key) DO UPDATE SET type = excluded.type, bytes_base64 = excluded.bytes_base64',
  )
  const removeLogo = db.prepare('DELETE FROM report_logo')

  return {
    templates: (): readonly { readonly name: string; readonly text: string }[] => templates.all(),
    /** A template of that name is replaced. @throws StrikelineError 'bad-input' */
    keepTemplate(name: string, text: string): void {
      const fault = name.trim() === '' ? 'must not be empty' : nameFault(name)
      if (fault !== null) throw new StrikelineError('bad-input', `The name of a template ${fault}.`, 'name')
      put.run(name.trim(), text)
    },
    /** @throws StrikelineError 'not-found' */
    removeTemplate(name: string): void {
      if (remove.run(name).changes === 0)
        throw new StrikelineError('not-found', `There is no template ‘${name}’ that was kept.`)
    },
    logo(): Logo | null {
      const row = logo.get()
      // A buffer of its own: it is handed on to another thread.
      return row === undefined
        ? null
        : { type: row.type, bytes: new Uint8Array(Buffer.from(row.base64, 'base64')) }
    },
    putLogo(given: Logo | null): void {
      if (given === null) removeLogo.run()
      else putLogo.run(given.type, Buffer.from(given.bytes).toString('base64'))
    },
  }
}
