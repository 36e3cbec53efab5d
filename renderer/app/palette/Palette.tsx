import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { useEffect, useMemo, useState } from 'react'
import type { Found } from '../../engine/protocol.ts'
import { askEngine } from '../../state/engine.ts'
import type { ShownFleet } from '../../state/fleet-slice.ts'
import { selectMarket, selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { useNow } from '../../ui/use-now.ts'
import { Keys } from '../Keys.tsx'
import type { Entry } from './entries.ts'
import { commandEntries, fleetEntries, machineEntries, valueEntries } from './entries.ts'
import { ranked } from './rank.ts'

const NONE: readonly Found[] = []
const MOST_SHOWN = 60
const NAME = 'Find a command or a machine'

/** Machines that fit what is typed, as the engine finds them; none until it has answered. */
function useFound(typed: string): readonly Found[] {
  const [found, setFound] = useState<{ readonly text: string; readonly machines: readonly Found[] }>()
  useEffect(() => {
    let isLate = false
    askEngine(
      (engine) => engine.find(typed),
      (machines) => {
        if (!isLate) setFound({ text: typed, machines })
      },
    )
    return () => void (isLate = true)
  }, [typed])
  return found?.text === typed ? found.machines : NONE
}

/** One field over everything that can be done and gone to: what is typed chooses, arrows move, Enter does it. */
export function Palette({ fleet }: { readonly fleet: ShownFleet }) {
  const close = useStore((state) => state.closeDialog)
  const network = useStore((state) => state.network)
  const hashprice = useStore(selectMarket)?.hashpriceUsdPerPhDay ?? Number.NaN
  const money = useStore(selectMoney)
  const nowMs = useNow()
  const [typed, setTyped] = useState('')
  const found = useFound(typed)
  const [commands] = useState(commandEntries)
  const ofFleet = useMemo(() => fleetEntries(fleet), [fleet])
  const entries = [
    ...commands,
    ...valueEntries(network, hashprice, money, nowMs),
    ...(typed.trim() === '' ? [] : ofFleet),
  ]
  // The engine has looked into more than the names that are shown, so what it finds fits.
  const machines = machineEntries(found)
  const fitting = ranked([...entries, ...machines], typed, MOST_SHOWN)
  const others = machines.filter((machine) => !fitting.includes(machine))
  const choose = ({ run }: Entry) => {
    close()
    // The focus is back where it came from by then, so that what is done can move it.
    setTimeout(run)
  }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Viewport className="dialog-viewport palette-viewport">
          <Dialog.Popup className="dialog palette" aria-label={NAME}>
            <Autocomplete.Root
              inline
              open
              items={[...fitting, ...others]}
              value={typed}
              mode="none"
              autoHighlight="always"
              itemToStringValue={(entry: Entry) => entry.label}
              onValueChange={(text, { reason }) => {
                if (reason !== 'item-press') setTyped(text)
              }}
            >
              <Autocomplete.Input
                className="palette-input"
                aria-label={NAME}
                placeholder="A place, a command, a machine, a model, a site, a value"
                autoComplete="off"
                spellCheck={false}
              />
              <Autocomplete.Empty className="popup-empty">Nothing is called that.</Autocomplete.Empty>
              <Autocomplete.List className="palette-list" aria-label="What fits">
                {(entry: Entry) => (
                  <Autocomplete.Item
                    key={entry.id}
                    value={entry}
                    className="popup-item"
                    disabled={entry.isIdle}
                    onClick={() => choose(entry)}
                  >
                    <span className="palette-name">{entry.label}</span>
                    <span className="muted">{entry.beside}</span>
                    {entry.keys === null ? null : <Keys of={entry.keys} />}
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Root>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
