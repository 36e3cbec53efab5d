import type { StateCreator } from 'zustand'
import type { ChannelOutput } from '#shared/ipc/schemas/channels.ts'
import type { Failure } from '#shared/ipc/errors.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { LIMIT_NAMES } from '#shared/domain/decision/case-inputs.ts'
import { api, settle } from '../lib/api.ts'
import type { WindowState } from './store.ts'

export type SettingsSlice = {
  readonly settings: Settings | null
  /** null until a screen needs it */
  readonly about: ChannelOutput<'app.about'> | null
  readSettings: () => Promise<void>
  readAbout: () => Promise<void>
  takeSettings: (settings: Settings) => void
  writeSettings: (patch: Partial<Settings>) => Promise<Failure | null>
}

export const settingsSlice: StateCreator<WindowState, [], [], SettingsSlice> = (set, get) => {
  /** Limits of the operator are part of the case, which is read with the fleet. */
  const take = (settings: Settings) => {
    const before = get().settings
    set({ settings })
    if (before !== null && LIMIT_NAMES.some((name) => settings[name] !== before[name])) void get().readFleet()
  }
  return {
    settings: null,
    about: null,
    readSettings: async () => {
      const settings = await settle(api.settings.read({}))
      set({ settings: settings.ok ? settings.value : null })
    },
    readAbout: async () => {
      const about = await settle(api.app.about({}))
      if (about.ok) set({ about: about.value })
    },
    takeSettings: take,
    writeSettings: async (patch) => {
      const answer = await settle(api.settings.write(patch))
      if (!answer.ok) return answer.error
      take(answer.value)
      return null
    },
  }
}
