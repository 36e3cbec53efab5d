import { setDisplay } from '#shared/format/display.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { chanceOfActs } from '#shared/domain/decision/acts/chance-of-acts.ts'
import type { AdviceChanges } from '#shared/domain/decision/large-change.ts'
import { hasClearedSites } from '#shared/domain/decision/picture.ts'
import { LABEL_NAMES, TEXT_NAMES } from '#shared/domain/fleet/fields.ts'
import type { Fleet, MachineColumns, SiteColumns } from '#shared/domain/fleet/fleet.ts'
import { atSites, withChangedRows } from './changed-rows.ts'
import type { Computed } from './computed.ts'
import { compute } from './computed.ts'
import type { Flips } from '#shared/format/shown-flip.ts'
import { flipOf } from '#shared/format/shown-flip.ts'
import { atPlace, entriesOf, placesIn } from './entries.ts'
import type { Inventory, Look, Question, StoredMachine, Trial } from './protocol.ts'
import { explainedRow, storedMachine } from './row-views.ts'
import { createSelection } from './selection.ts'
import type { RowWindow, Selecting } from './view.ts'
import { explainedSite } from './explained-site.ts'

/** Which machines the engine should hold from now on. */
export type Delivery =
  | { readonly kind: 'all'; readonly machines: MachineColumns }
  /** only rows that are new or have changed, by key; the others stay */
  | { readonly kind: 'rows'; readonly machines: MachineColumns }
  /** the machines stay, prices of sites have moved */
  | { readonly kind: 'same' }

/** Holds the columns of the fleet and answers what the screen asks of them. */
export type Engine = {
  /**
   * Takes machines, sites and what is stored beside them; what was computed from others is dropped.
   * @throws Error where only a part of a fleet comes and there is none yet
   */
  load: (delivery: Delivery, sites: SiteColumns, inputs: CaseInputs) => Inventory
  /** @throws Error before the first fleet is there, as all that follow */
  look: (question: Question) => Look
  /** The nearest hashprices at which a verdict of the last look changes, in steps that each take as long as a look. */
  flips: () => Generator<undefined, Flips>
  /** Whose advice another market or other prices would alter. What was looked at last stays. */
  changes: (trial: Trial) => AdviceChanges
  /** Keys of the rows at these places of the table, as it was looked at last. */
  keys: (window: RowWindow) => Float64Array
  /** Selects rows of the table, as it was looked at last; they stay selected whatever is asked, as long as they are there. */
  select: (how: Selecting) => void
  selectedKeys: () => Float64Array
  /** Says which machines have a searched word in their notes, of the fleet that is held. */
  takeNotes: (notes: ReadonlyMap<string, Float64Array>) => void
  /** null: there is no machine with this key */
  machine: (key: number) => StoredMachine | null
  /** What is held and computed, for what pages and dialogs ask beside the look. */
  there: () => Computed
  /** Bytes of the buffers that are held: the fleet's, and those of what was computed from it. */
  heldBytes: () => { readonly fleet: number; readonly computed: number }
}

function fleetOf(known: Fleet | null, delivery: Delivery, sites: SiteColumns): Fleet {
  if (delivery.kind === 'all') return { machines: delivery.machines, sites }
  if (known === null) throw new Error('The engine was given a part of a fleet that it does not have.')
  const machines = atSites(known.machines, known.sites, sites)
  return {
    machines: delivery.kind === 'same' ? machines : withChangedRows(machines, delivery.machines),
    sites,
  }
}

function inventoryOf({ machines, sites }: Fleet): Inventory {
  const rows = new Uint32Array(sites.length)
  const own = new Uint32Array(sites.length)
  const inUse = new Uint8Array(machines.model.labels.length)
  for (let row = 0; row < machines.length; row++) {
    const site = machines.site[row]!
    rows[site]!++
    if (!Number.isNaN(machines.powerPriceUsdPerKwh[row]!)) own[site]!++
    inUse[machines.model.codes[row]!] = 1
  }
  return {
    rows: machines.length,
    models: machines.model.labels.filter((_, code) => inUse[code] === 1),
    rowsAtSites: sites.name.map((_, site) => ({ rows: rows[site]!, rowsWithOwnPrice: own[site]! })),
  }
}

/** An engine without a fleet. */
export function createEngine(): Engine {
  let held: Computed | null = null
  const selection = createSelection()
  const there = (): Computed => {
    if (held === null) throw new Error('The engine has no fleet yet.')
    return held
  }
  return {
    load(delivery, sites, inputs) {
      const fleet = fleetOf(held?.fleet ?? null, delivery, sites)
      if (held !== null) selection.move(held.fleet.machines, fleet.machines)
      held = compute(fleet, inputs, held?.columns())
      return inventoryOf(fleet)
    },
    look(question) {
      if (question.display !== undefined) setDisplay(question.display)
      const now = there()
      const { picture, prepared, line, toCall, arranged, realMarginUsdPerDay } = now.follow(question)
      const scene = { prepared, market: picture?.market ?? null, advice: picture?.advice ?? null }
      const places = placesIn(arranged)
      const from = Math.max(0, Math.min(question.window.from, places))
      const marks = selection.marks()
      const subject = question.explained
      const explained = subject?.kind === 'machine' ? now.fleet.machines.key.indexOf(subject.key) : -1
      return {
        totals: picture?.totals ?? null,
        advice: picture?.advice?.totals ?? null,
        refusal: picture?.refusal ?? null,
        sitesToCall: toCall,
        realMarginUsdPerDay,
        line,
        shown: arranged.rows.length,
        places,
        from,
        entries: entriesOf(scene, arranged, { from, to: question.window.to }, marks, !question.keepOrder),
        selected: selection.rows(),
        sums: now.sums(marks, question),
        addsUp: !hasClearedSites(prepared),
        explained: explained < 0 ? null : explainedRow(scene, explained),
        explainedSite: subject?.kind === 'site' ? explainedSite(scene, subject.key, now.siteFigures) : null,
        sites: question.wantsSites ? now.siteFigures() : [],
      }
    },
    *flips() {
      const { fleet, advice, prepared } = there()
      const known = advice()
      if (known === null) return { above: null, below: null, chance: null }
      const chance = yield* chanceOfActs(prepared(), known)
      const flips = yield* known.flipSteps()
      return { above: flipOf(fleet, flips.above), below: flipOf(fleet, flips.below), chance }
    },
    changes: (trial) => there().changes(trial),
    keys({ from, to }) {
      const { fleet, arranged } = there()
      const keys: number[] = []
      for (let place = Math.max(0, from); place < Math.min(to, placesIn(arranged())); place++) {
        const at = atPlace(arranged(), place)
        if (!('head' in at)) keys.push(fleet.machines.key[at.row]!)
      }
      return Float64Array.from(keys)
    },
    select(how) {
      const { fleet, arranged } = there()
      selection.change(how, arranged(), fleet.machines)
    },
    selectedKeys: () => selection.keys(there().fleet.machines),
    takeNotes: (notes) => there().takeNotes(notes),
    machine(key) {
      const { fleet } = there()
      const row = fleet.machines.key.indexOf(key)
      return row < 0 ? null : storedMachine(fleet, row)
    },
    there,
    heldBytes() {
      const { fleet, columns, held: arrays } = there()
      const { machines } = fleet
      const named = [...TEXT_NAMES, ...LABEL_NAMES].map((name) => machines[name])
      const ofFleet = buffersIn([machines, ...named])
      const computed = buffersIn([columns().basis, columns().decisions ?? {}, ...arrays()])
      return {
        fleet: bytesOf(ofFleet),
        computed: bytesOf(computed.filter((buffer) => !ofFleet.includes(buffer))),
      }
    },
  }
}

/** The buffers behind the typed arrays of some objects, each once. */
function buffersIn(objects: readonly object[]): readonly ArrayBufferLike[] {
  const values: unknown[] = objects.flatMap((object): unknown[] => Object.values(object))
  return [...new Set(values.filter((value) => ArrayBuffer.isView(value)).map((array) => array.buffer))]
}

const bytesOf = (buffers: readonly ArrayBufferLike[]) =>
  buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0)
