import type { StateCreator } from 'zustand'
import type { ChannelOutput } from '#shared/ipc/schemas/channels.ts'
import type { Failure } from '#shared/ipc/errors.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
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

export const settingsSlice: StateCreator<WindowState, [], [], SettingsSlice> = (set) => ({
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
  takeSettings: (settings) => set({ settings }),
  writeSettings: async (patch) => {
    const answer = await settle(api.settings.write(patch))
    if (!answer.ok) return answer.error
    set({ settings: answer.value })
    return null
  },
})
