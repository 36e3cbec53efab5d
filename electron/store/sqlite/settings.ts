import { StrikelineError } from '#shared/ipc/errors.ts'
import { fieldText, issueWords } from '#shared/ipc/schemas/issue.ts'
import { DEFAULT_SETTINGS, settingsSchema } from '#shared/ipc/schemas/settings.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { StoredSettings } from '../port.ts'

/** Fields that are absent or undefined stay as they are. */
export type SettingsChange = { readonly [K in keyof Settings]?: Settings[K] | undefined }

/**
 * All settings from those that were written. The others have their defaults, and so has one whose stored value is
 * no longer accepted: it was by an earlier version.
 */
export function settingsFrom(stored: StoredSettings): Settings {
  const accepted = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(stored[name])
    return parsed.success ? [[name, parsed.data] as const] : []
  })
  return { ...DEFAULT_SETTINGS, ...Object.fromEntries(accepted) }
}

/** @throws StrikelineError 'bad-input' with the first field that is not acceptable */
export function acceptedChange(change: SettingsChange): StoredSettings {
  const parsed = settingsSchema.partial().safeParse(change)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    const field = fieldText(issue.path)
    throw new StrikelineError('bad-input', `${field}: ${issueWords(issue)}`, field)
  }
  return Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined))
}
