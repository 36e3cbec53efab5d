import { setDisplay } from '#shared/format/display.ts'
import type { StateCreator } from 'zustand'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { PLAIN_CASE, riskOf } from '#shared/domain/decision/case-inputs.ts'
import type { FleetHeader } from '#shared/ipc/schemas/fleet.ts'
import type { Inventory } from '../engine/protocol.ts'
import { api, settle } from '../lib/api.ts'
import { engine } from './engine.ts'
import { pictureFrom } from './picture-slice.ts'
import { selectQuestion } from './question.ts'
import type { WindowState } from './store.ts'

/** The fleet without its machines, which the engine holds. */
export type ShownFleet = Pick<
  FleetHeader,
  'revision' | 'sites' | 'tariffs' | 'contracts' | 'ladders' | 'undo' | 'redo'
> &
  Inventory

export type FleetSlice = {
  /** null until the first read */
  readonly fleet: ShownFleet | null
  /** why the fleet could not be read, in words */
  readonly fleetFault: string | null
  /** of the case that came with the fleet: days until someone can act again, and how much the hashprice moves */
  readonly risk: ReturnType<typeof riskOf>
  readFleet: () => Promise<void>
  /** Has the engine take the machines of a header, and shows both together, and with them what came beside them. */
  takeFleet: (header: FleetHeader, inputs: CaseInputs, beside: Beside) => Promise<void>
}

/** The same object as long as nothing in it is another one, since questions hang on it. */
function sameRisk(known: FleetSlice['risk'], read: FleetSlice['risk']): FleetSlice['risk'] {
  const isSame = known.reviewDays === read.reviewDays && known.volatilityPerYear === read.volatilityPerYear
  return isSame ? known : read
}

type Beside = Partial<Pick<WindowState, 'settings' | 'network' | 'alerts' | 'pastStatus' | 'backupFault'>>

export const fleetSlice: StateCreator<WindowState, [], [], FleetSlice> = (set, get) => {
  // Reads are answered in order, but one that was asked for before a change must not undo a later one.
  let asked = 0

  /** What came beside a fleet, but for what an event has told meanwhile: that is newer. */
  const still = (beside: Beside): Beside =>
    Object.fromEntries(Object.entries(beside).filter(([name]) => get()[name as keyof Beside] === null))

  async function take(header: FleetHeader, inputs: CaseInputs, turn: number, beside: Beside) {
    const { revision, delivery, sites, tariffs, contracts, ladders, undo, redo } = header
    const risk = sameRisk(get().risk, riskOf(inputs))
    // The first look is at the table as it was left, and its figures are written as the settings say.
    const { settings = null } = beside
    if (get().settings === null && settings !== null) {
      setDisplay(settings)
      get().takeTables(settings.tables)
    }
    const question = selectQuestion({ ...get(), ...still(beside), risk })
    const { inventory, look } = await engine().load({ revision, delivery, sites, inputs, question })
    // A newer fleet is on its way; what came beside this one comes once.
    if (turn !== asked) {
      set(still(beside))
      return
    }
    set({
      ...still(beside),
      fleet: { revision, sites, tariffs, contracts, ladders, undo, redo, ...inventory },
      fleetFault: null,
      risk,
      picture: pictureFrom(look, question, null),
    })
  }

  return {
    fleet: null,
    fleetFault: null,
    risk: riskOf(PLAIN_CASE),
    takeFleet: (header, inputs, beside) => take(header, inputs, ++asked, beside).catch(engine().tellFault),
    readFleet: async () => {
      const turn = ++asked
      const [answer, inputs] = await Promise.all([
        settle(api.fleet.read({ have: get().fleet?.revision ?? null })),
        settle(api.case.read({})),
      ])
      if (turn !== asked) return
      if (!answer.ok) set({ fleetFault: answer.error.message })
      else if (!inputs.ok) set({ fleetFault: inputs.error.message })
      else await take(answer.value, inputs.value, turn, {}).catch(engine().tellFault)
    },
  }
}
