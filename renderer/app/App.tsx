import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import type { ComponentType } from 'react'
import { lazy, Suspense, useEffect } from 'react'
import { useStore } from '../state/store.ts'
import type { Screen } from '../state/view-slice.ts'
import { Today } from '../screens/today/Today.tsx'
import { Sites } from '../screens/sites/Sites.tsx'
import { Sources } from '../screens/sources/Sources.tsx'
import { SettingsScreen } from '../screens/settings/SettingsScreen.tsx'
import { Toasts } from '../ui/Toasts.tsx'
import { Dialogs } from './Dialogs.tsx'
import { EngineFault } from './EngineFault.tsx'
import { Nav } from './Nav.tsx'
import { Strip } from './Strip.tsx'
import { useShortcuts } from './shortcuts.ts'

// The chart library and the forms of the alerts are not needed to see the first rows.
const Signals = lazy(() => import('../screens/signals/Signals.tsx').then((m) => ({ default: m.Signals })))
const Alerts = lazy(() => import('../screens/alerts/Alerts.tsx').then((m) => ({ default: m.Alerts })))

const SCREEN: Readonly<Record<Screen, ComponentType>> = {
  today: Today,
  sites: Sites,
  signals: Signals,
  alerts: Alerts,
  sources: Sources,
  settings: SettingsScreen,
}

/** The frame: places on the left, the network on top, one screen in the rest. */
export function App() {
  const screen = useStore((state) => state.screen)
  const theme = useStore((state) => state.settings?.theme ?? 'system')
  const engineFault = useStore((state) => state.engineFault)
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
          {/* Another screen begins at its top, wherever the last one was scrolled to. */}
          <main key={screen} className="main" data-screen={screen}>
            {engineFault === null ? (
              <Suspense fallback={null}>
                <Shown />
              </Suspense>
            ) : (
              <EngineFault message={engineFault} />
            )}
          </main>
        </div>
        <Dialogs />
        <Toasts />
      </Tooltip.Provider>
    </CSPProvider>
  )
}
