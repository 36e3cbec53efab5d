import type { Database } from 'better-sqlite3'
import { DEFAULT_SETTINGS, settingsSchema } from '#shared/contract/settings.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { StrikelineError } from '#shared/contract/errors.ts'
import type { SettingsChange } from '../store-calls.ts'

export type SettingRows = ReturnType<typeof createSettings>

/** One row per setting that was ever written, its value as JSON. */
export function createSettings(db: Database) {
  const all = db.prepare<[], [name: string, json: string]>('SELECT name, value_json FROM setting').raw()
  const put = db.prepare('INSERT OR REPLACE INTO setting (name, value_json) VALUES (?, ?)')
  const isField = (name: string): name is keyof Settings => Object.hasOwn(settingsSchema.shape, name)

  function read(): Settings {
    const written: Record<string, unknown> = {}
    for (const [name, json] of all.all()) {
      if (!isField(name)) continue
      // A value that an earlier version accepted and this one does not counts as never written.
      const parsed = settingsSchema.shape[name].safeParse(JSON.parse(json))
      if (parsed.success) written[name] = parsed.data
    }
    return { ...DEFAULT_SETTINGS, ...written }
  }

  return {
    read,
    write(change: SettingsChange): Settings {
      const parsed = settingsSchema.partial().safeParse(change)
      if (!parsed.success) {
        const issue = parsed.error.issues[0]
        const field = issue?.path.join('.') ?? ''
        throw new StrikelineError('bad-input', `${field}: ${issue?.message ?? 'not accepted'}`, field)
      }
      return db
        .transaction(() => {
          for (const [name, value] of Object.entries(parsed.data)) {
            if (value !== undefined) put.run(name, JSON.stringify(value))
          }
          return read()
        })
        .immediate()
    },
  }
}
