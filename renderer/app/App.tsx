import { CSPProvider } from '@base-ui/react/csp-provider'
import type { ComponentType } from 'react'
import { lazy, Suspense, useEffect } from 'react'
import { selectDisplay } from '../state/selectors.ts'
import { useStore } from '../state/store.ts'
import type { Screen } from '../state/view-slice.ts'
import { Today } from '../screens/today/Today.tsx'
import { afterStart } from '../ui/after-start.ts'
import { Dialogs } from './Dialogs.tsx'
import { EngineFault } from './EngineFault.tsx'
import { Nav } from './Nav.tsx'
import { Strip } from './Strip.tsx'
import { Working } from './Working.tsx'

// Only the first screen is needed to see the first rows.
const Sites = lazy(() => import('../screens/sites/Sites.tsx').then((m) => ({ default: m.Sites })))
const Fleet = lazy(() => import('../screens/fleet/Fleet.tsx').then((m) => ({ default: m.Fleet })))
const Data = lazy(() => import('../screens/data/Data.tsx').then((m) => ({ default: m.Data })))
const SettingsScreen = lazy(() =>
  import('../screens/settings/SettingsScreen.tsx').then((m) => ({ default: m.SettingsScreen })),
)
// Nobody asks why before there is a figure.
const Inspector = afterStart(() => import('../parts/why/Inspector.tsx').then((m) => m.Inspector))
const Toasts = afterStart(() => import('../ui/Toasts.tsx').then((m) => m.Toasts))
const Reports = lazy(() => import('../screens/reports/Reports.tsx').then((m) => ({ default: m.Reports })))
const Plan = lazy(() => import('../screens/plan/Plan.tsx').then((m) => ({ default: m.Plan })))
const Market = lazy(() => import('../screens/market/Market.tsx').then((m) => ({ default: m.Market })))
const Decisions = lazy(() =>
  import('../screens/decisions/Decisions.tsx').then((m) => ({ default: m.Decisions })),
)
const Ledger = lazy(() => import('../screens/ledger/Ledger.tsx').then((m) => ({ default: m.Ledger })))

const SCREEN: Readonly<Record<Screen, ComponentType>> = {
  today: Today,
  fleet: Fleet,
  sites: Sites,
  plan: Plan,
  reports: Reports,
  market: Market,
  decisions: Decisions,
  ledger: Ledger,
  data: Data,
  settings: SettingsScreen,
}

/** The frame: places on the left, the network on top, one screen in the rest. */
export function App() {
  const screen = useStore((state) => state.screen)
  const theme = useStore((state) => state.settings?.theme ?? 'system')
  const isWorking = useStore((state) => state.isWorking)
  const engineFault = useStore((state) => state.engineFault)
  const density = useStore((state) => state.settings?.density ?? 'regular')
  // Figures without money are written anew with everything else.
  useStore(selectDisplay)
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
    document.documentElement.dataset['density'] = density
  }, [theme, density])
  const Shown = SCREEN[screen]
  return (
    <CSPProvider disableStyleElements>
      <div className="shell">
        <Nav />
        <Strip />
        {/* Another screen begins at its top, wherever the last one was scrolled to. */}
        <main key={screen} className="main" data-screen={screen} aria-busy={isWorking}>
          {engineFault === null ? (
            <Suspense fallback={null}>
              <Shown />
            </Suspense>
          ) : (
            <EngineFault message={engineFault} />
          )}
        </main>
        <Suspense fallback={null}>
          <Inspector />
        </Suspense>
        <Working />
      </div>
      <Dialogs />
      <Suspense fallback={null}>
        <Toasts />
      </Suspense>
    </CSPProvider>
  )
}
