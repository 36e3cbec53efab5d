import { createSettingsService } from '#electron/services/settings-service.ts'
import { issueWords } from '#shared/ipc/schemas/issue.ts'
import { DEFAULT_SETTINGS, SETTING_KEYS, settingsSchema } from '#shared/ipc/schemas/settings.ts'
import type { Unit } from '#shared/format/number-units.ts'
import { readTyped } from '#shared/format/typed.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'
import { withStore } from '../stored.ts'

type Key = keyof typeof SETTING_KEYS

export const command = defineCommand({
  name: 'settings',
  operands: 'get [KEY] | set KEY VALUE',
  minOperands: 1,
  maxOperands: 3,
  summary: 'shows or changes a setting',
  options: { ...jsonOption, ...dataOption },
  async run({ options, operands, host }) {
    const [verb, key, value] = operands
    const isGet = verb === 'get' && value === undefined
    const isSet = verb === 'set' && key !== undefined && value !== undefined
    if (!isGet && !isSet)
      throw new UsageError('settings: use `settings get [KEY]` or `settings set KEY VALUE`')
    const wanted = key === undefined ? undefined : known(key)
    const patch = isSet && wanted !== undefined ? patchOf(wanted, value) : undefined
    const settings = await withStore(host, options.data, (store) => {
      const service = createSettingsService(store)
      return patch === undefined ? service.read() : service.write(patch)
    })
    const shown = Object.entries(SETTING_KEYS).filter(([name]) => wanted === undefined || name === wanted)
    if (options.json) {
      await writeLine(
        host.stdout,
        JSON.stringify(Object.fromEntries(shown.map(([name, field]) => [name, settings[field]]))),
      )
    } else if (wanted !== undefined) {
      await writeLine(host.stdout, asText(settings[SETTING_KEYS[wanted]]))
    } else {
      for (const [name, field] of shown) await writeLine(host.stdout, `${name} = ${asText(settings[field])}`)
    }
    return EXIT.done
  },
})

function known(key: string): Key {
  if (Object.hasOwn(SETTING_KEYS, key)) return key as Key
  throw new UsageError(
    `settings: '${key}' is not a setting; there are ${Object.keys(SETTING_KEYS).join(', ')}`,
  )
}

/** Text on the command line → the field's own type, checked by the same schema as the window's. */
function patchOf(key: Key, text: string): Partial<Settings> {
  const field = SETTING_KEYS[key]
  const parsed = settingsSchema.partial().safeParse({ [field]: valueOf(field, text) })
  if (!parsed.success) {
    throw new UsageError(`settings: ${key} cannot be '${text}': ${issueWords(parsed.error.issues[0]!)}`)
  }
  return parsed.data as Partial<Settings>
}

/** What a number of the settings is in. */
const UNITS: Readonly<Partial<Record<keyof Settings, Unit>>> = {
  horizonDays: 'days',
  reviewDays: 'days',
  leastHoursOn: 'hours',
  leastHoursOff: 'hours',
  volatilityPerYear: 'share',
  discountRatePerYear: 'share',
  treasuryShareHeld: 'share',
}

function valueOf(field: keyof Settings, text: string): unknown {
  const like = DEFAULT_SETTINGS[field]
  if (typeof like === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  if (like === null || typeof like === 'number')
    return text === 'default' ? like : (numberOf(field, text) ?? text)
  return text
}

/** null where it is none. */
const numberOf = (field: keyof Settings, text: string) =>
  readTyped(text, { unit: UNITS[field] ?? '', usual: [0, 8760], example: '' }).value

function asText(value: Settings[keyof Settings]): string {
  return value === null ? 'default' : typeof value === 'object' ? JSON.stringify(value) : String(value)
}
