import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useStore } from '../state/store.ts'
import type { Screen } from '../state/view-slice.ts'
import { Today } from '../screens/today/Today.tsx'
import { Sites } from '../screens/sites/Sites.tsx'
import { Sources } from '../screens/sources/Sources.tsx'
import { SettingsScreen } from '../screens/settings/SettingsScreen.tsx'
import { Toasts } from '../ui/Toasts.tsx'
import { Dialogs } from './Dialogs.tsx'
import { Nav } from './Nav.tsx'
import { Strip } from './Strip.tsx'
import { useShortcuts } from './shortcuts.ts'

const SCREEN: Readonly<Record<Screen, () => ReactNode>> = {
  today: Today,
  sites: Sites,
  sources: Sources,
  settings: SettingsScreen,
}

/** The frame: places on the left, the network on top, one screen in the rest. */
export function App() {
  const screen = useStore((state) => state.screen)
  const theme = useStore((state) => state.settings?.theme ?? 'system')
  const density = useStore((state) => state.settings?.density ?? 'regular')
  useShortcuts()
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
    document.documentElement.dataset['density'] = density
  }, [theme, density])
  const Shown = SCREEN[screen]
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={350}>
        <div className="shell">
          <Nav />
          <Strip />
          <main className="main" data-screen={screen}>
            <Shown />
          </main>
        </div>
        <Dialogs />
        <Toasts />
      </Tooltip.Provider>
    </CSPProvider>
  )
}
