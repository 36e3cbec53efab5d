import { create } from 'zustand'
import { setDisplay } from '#shared/format/display.ts'
import type { ActsSlice } from './acts-slice.ts'
import { actsSlice } from './acts-slice.ts'
import type { AlertsSlice } from './alerts-slice.ts'
import { alertsSlice } from './alerts-slice.ts'
import type { BackupsSlice } from './backups-slice.ts'
import { backupsSlice } from './backups-slice.ts'
import type { FleetSlice } from './fleet-slice.ts'
import { fleetSlice } from './fleet-slice.ts'
import type { PastSlice } from './past-slice.ts'
import { pastSlice } from './past-slice.ts'
import type { NetworkSlice } from './network-slice.ts'
import { networkSlice } from './network-slice.ts'
import type { PictureSlice } from './picture-slice.ts'
import { pictureSlice } from './picture-slice.ts'
import type { SettingsSlice } from './settings-slice.ts'
import { settingsSlice } from './settings-slice.ts'
import type { SiteSlice } from './site-slice.ts'
import { siteSlice } from './site-slice.ts'
import type { TableSlice } from './table-slice.ts'
import { tableSlice } from './table-slice.ts'
import type { TaskSlice } from './task-slice.ts'
import { taskSlice } from './task-slice.ts'
import type { TypingSlice } from './typing-slice.ts'
import { typingSlice } from './typing-slice.ts'
import type { ViewSlice } from './view-slice.ts'
import { viewSlice } from './view-slice.ts'
import type { WatchedSlice } from './watched-slice.ts'
import { watchedSlice } from './watched-slice.ts'
import type { WhatIfSlice } from './what-if-slice.ts'
import { whatIfSlice } from './what-if-slice.ts'

export type WindowState = ActsSlice &
  AlertsSlice &
  BackupsSlice &
  FleetSlice &
  PastSlice &
  NetworkSlice &
  PictureSlice &
  SettingsSlice &
  SiteSlice &
  TableSlice &
  TaskSlice &
  TypingSlice &
  ViewSlice &
  WatchedSlice &
  WhatIfSlice

/** What the window knows. Figures come from the selectors, and those of the fleet from the engine's last answer. */
export const useStore = create<WindowState>()((...store) => ({
  ...actsSlice(...store),
  ...alertsSlice(...store),
  ...backupsSlice(...store),
  ...fleetSlice(...store),
  ...pastSlice(...store),
  ...networkSlice(...store),
  ...pictureSlice(...store),
  ...settingsSlice(...store),
  ...siteSlice(...store),
  ...tableSlice(...store),
  ...taskSlice(...store),
  ...typingSlice(...store),
  ...viewSlice(...store),
  ...watchedSlice(...store),
  ...whatIfSlice(...store),
}))

// First of all listeners: what is drawn next is written as the settings say.
useStore.subscribe(({ settings }, before) => {
  if (settings !== null && settings !== before.settings) setDisplay(settings)
})
