import { DEFAULT_SETTINGS } from '#shared/ipc/schemas/settings.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { SettingsChange, Store } from '#electron/store/sqlite/client.ts'
import { addressFault } from '#electron/sources/address.ts'

export type SettingsService = {
  read(): Promise<Settings>
  /**
   * Checks the addresses among the settings and keeps what is given; fields that are absent stay. An empty
   * address takes the default back. Gives all settings as they are then.
   * @throws StrikelineError 'bad-input' with the field that is not acceptable
   */
  write(change: SettingsChange): Promise<Settings>
}

export function createSettingsService(store: Store): SettingsService {
  return {
    read: () => store.readSettings(),
    write: async (change) => store.writeSettings({ ...change, ...checkedAddresses(change) }),
  }
}

type AddressField = Extract<keyof Settings, `${string}Url`>
const isAddressField = (field: string): field is AddressField => field.endsWith('Url')

function checkedAddresses(change: SettingsChange): SettingsChange {
  const checked: Partial<Record<AddressField, string>> = {}
  for (const field of Object.keys(change).filter(isAddressField)) {
    const text = change[field]?.trim() ?? ''
    const fault = text === '' ? null : addressFault(text)
    if (fault !== null) throw new StrikelineError('bad-input', fault, field)
    checked[field] = text === '' ? DEFAULT_SETTINGS[field] : text.replace(/\/+$/, '')
  }
  return checked
}
