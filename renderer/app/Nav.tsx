import { PLACES } from '#shared/ipc/places.ts'
import { count } from '#shared/format/numbers.ts'
import { selectUnreadAlerts } from '../state/alerts-slice.ts'
import { useStore } from '../state/store.ts'
import type { Screen } from '../state/view-slice.ts'

const DRAWINGS: readonly {
  readonly screen: Screen
  readonly drawing: string
}[] = [
  { screen: 'today', drawing: 'M2.5 13.5v-3M6 13.5v-6M9.5 13.5v-9M13 13.5v-11M11.2 1v14' },
  { screen: 'fleet', drawing: 'M1.5 3h13v3h-13zM1.5 10h13v3h-13zM4 4.5h.01M4 11.5h.01' },
  { screen: 'sites', drawing: 'M2 14V6l4 3V6l4 3V2.5h4V14z' },
  { screen: 'plan', drawing: 'M1.5 14V2M1.5 14h13M2 11c4 0 5-2 12-8M2 11c4 0 6 .5 12 1.5' },
  { screen: 'reports', drawing: 'M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3M6 8h4M6 11h4' },
  { screen: 'market', drawing: 'M1.5 9.5h3l2-6 3 9 2-5h3' },
  {
    screen: 'decisions',
    drawing: 'M2 3.5l1.5 1.5 2.5-3M8 3.5h6M2 8.5l1.5 1.5 2.5-3M8 8.5h6M8 13h6M3.5 13h.01',
  },
  {
    screen: 'ledger',
    drawing: 'M2.5 1.5h9a2 2 0 0 1 2 2v11h-9a2 2 0 0 1-2-2zM2.5 12.5a2 2 0 0 1 2-2h9M6 4.5h4.5M6 7h4.5',
  },
  {
    screen: 'data',
    drawing: 'M8 13.5v-5M4.8 9.6a4.2 4.2 0 1 1 6.4 0M2.5 11.7a7.2 7.2 0 1 1 11 0',
  },
  {
    screen: 'settings',
    drawing: 'M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7M10.5 2.8v3.4M5.5 9.8v3.4',
  },
]

export function Nav() {
  const screen = useStore((state) => state.screen)
  const show = useStore((state) => state.show)
  return (
    <nav className="nav" aria-label="Screens">
      <p className="brand">
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M1.5 13.5h8M1.5 9.5h6M1.5 5.5h3" />
          <path className="strike" d="M11.5 1.5v13" />
        </svg>
        <span>Strikeline</span>
      </p>
      {DRAWINGS.map((place) => ({ ...place, ...PLACES[`go-${place.screen}`] })).map((place) => (
        <button
          key={place.screen}
          type="button"
          className={place.screen === 'data' ? 'place apart' : 'place'}
          aria-current={screen === place.screen ? 'page' : undefined}
          aria-keyshortcuts={place.key}
          title={place.label}
          onClick={() => show(place.screen)}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d={place.drawing} />
          </svg>
          <span className="place-name">{place.label}</span>
          {place.screen === 'market' ? <Unread /> : null}
          {place.screen === 'settings' ? <BackupFault /> : null}
          <kbd aria-hidden="true">{place.key}</kbd>
        </button>
      ))}
    </nav>
  )
}

/** Where the copy of the day could not be made; part of the button's name. */
function BackupFault() {
  const isFault = useStore((state) => state.backupFault !== null)
  if (!isFault) return null
  return (
    <span className="badge fault">
      <span aria-hidden="true">!</span>
      <span className="visually-hidden">the daily backup has failed</span>
    </span>
  )
}

/** How many alerts nobody has read; part of the button's name. */
function Unread() {
  const unread = useStore(selectUnreadAlerts)
  if (unread === 0) return null
  return (
    <span className="badge">
      <span aria-hidden="true">{count(unread)}</span>
      <span className="visually-hidden">{count(unread)} unread</span>
    </span>
  )
}
