import { acceleratorOf, COMMAND_NAMES, COMMANDS } from '#shared/ipc/commands.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { Money } from '#shared/format/money.ts'
import { MISSING } from '#shared/format/numbers.ts'
import { age } from '#shared/format/times.ts'
import { VALUE_LOOKS, VALUE_ORDER } from '#shared/format/value-looks.ts'
import { oldestOf } from '../../lib/shared-age.ts'
import type { Found } from '../../engine/protocol.ts'
import { isWindows } from '../../lib/platform.ts'
import type { ShownFleet } from '../../state/fleet-slice.ts'
import { useStore } from '../../state/store.ts'
import { whenThere } from '../../ui/when-there.ts'
import { idleCommands } from '../idle.ts'
import { run } from '../run.ts'
import type { Named } from './rank.ts'

/** Something that the palette offers. */
export type Entry = Named & {
  readonly id: string
  /** what it is, or what there is to know of it */
  readonly beside: string
  /** an accelerator or a key */
  readonly keys: string | null
  /** it has nothing to do now */
  readonly isIdle: boolean
  readonly run: () => void
}

const plain = { keys: null, isIdle: false } as const

/** What can be gone to and done, from the table of commands. */
export function commandEntries(): readonly Entry[] {
  // The palette itself is open, and only what is under it counts.
  const idle = idleCommands(false, null)
  return COMMAND_NAMES.filter((name) => name !== 'palette').map((name) => ({
    ...COMMANDS[name],
    id: name,
    beside: COMMANDS[name].group === 'Go to' ? 'Place' : COMMANDS[name].group,
    keys: acceleratorOf(name, isWindows) ?? COMMANDS[name].key ?? null,
    isIdle: idle.includes(name),
    run: () => run(name),
  }))
}

/** Goes to where a value is typed. */
function typeValue(name: string): void {
  useStore.getState().show('data')
  whenThere(`[aria-label="Type ${name}"]`, (button) => button.focus())
}

/** The network's values with figure and age; choosing one goes to where it is typed. */
export function valueEntries(
  network: NetworkState | null,
  hashpriceUsdPerPhDay: number,
  money: Money,
  nowMs: number,
): readonly Entry[] {
  if (network === null) return []
  const values = VALUE_ORDER.map((name): Entry => {
    const { name: label, show } = VALUE_LOOKS[name]
    const value = network.values[name]
    const figure =
      value === null ? MISSING : name === 'priceUsdPerBtc' ? money.whole(value.value) : show(value.value)
    return {
      ...plain,
      id: `value ${name}`,
      label,
      words: 'type value',
      beside: value === null ? MISSING : `${figure} · ${age(value.asOfMs, nowMs)}`,
      run: () => typeValue(label),
    }
  })
  const oldest = oldestOf(Object.values(network.values).filter((value) => value !== null))
  const hashprice: Entry = {
    ...plain,
    id: 'value hashprice',
    label: 'Hashprice',
    words: 'type value',
    beside: `${money.perPh(hashpriceUsdPerPhDay)} ${money.hashprice.per}${oldest === null ? '' : ` · ${age(oldest.asOfMs, nowMs)}`}`,
    run: () => {
      useStore.getState().show('today')
      useStore.getState().openTyping()
    },
  }
  return [hashprice, ...values]
}

/** Sites and models of the fleet. */
export function fleetEntries({ sites, models }: ShownFleet): readonly Entry[] {
  const { show, openSite, clearFilter, setFilter } = useStore.getState()
  return [
    ...sites.name.map((label, row): Entry => {
      const key = sites.key[row]!
      return {
        ...plain,
        id: `site ${key}`,
        label,
        beside: 'Site',
        run: () => openSite(key),
      }
    }),
    ...models
      .filter((model) => model !== '')
      .map((label): Entry => ({
        ...plain,
        id: `model ${label}`,
        label,
        beside: 'Model, in Fleet',
        run: () => {
          clearFilter()
          setFilter({ model: label })
          show('fleet')
        },
      })),
  ]
}

/** Machines that the engine has found: each is explained beside the fleet. */
export const machineEntries = (found: readonly Found[]): readonly Entry[] =>
  found.map(({ key, id, model, site }) => ({
    ...plain,
    id: `machine ${key}`,
    label: id,
    words: `${model} ${site}`,
    beside: `Machine · ${model === '' ? 'no model' : model} · ${site}`,
    run: () => {
      useStore.getState().show('fleet')
      useStore.getState().explainMachine(key)
    },
  }))
