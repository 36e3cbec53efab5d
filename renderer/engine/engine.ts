import { setDisplay } from '#shared/format/display.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import type { AdviceChanges } from '#shared/domain/decision/large-change.ts'
import { sitesToCall } from '#shared/domain/decision/sites/sites-to-call.ts'
import { LABEL_NAMES, TEXT_NAMES } from '#shared/domain/fleet/fields.ts'
import { findRows } from '#shared/domain/fleet/find-rows.ts'
import type { Fleet, MachineColumns, SiteColumns } from '#shared/domain/fleet/fleet.ts'
import { atSites, withChangedRows } from './changed-rows.ts'
import type { Computed } from './computed.ts'
import { compute } from './computed.ts'
import { flipOf } from './flip-names.ts'
import type { Flips, Found, Inventory, Look, Question, StoredMachine, Trial } from './protocol.ts'
import { explainedRow, foundRow, shownRow, storedMachine } from './row-views.ts'
import { explainedSite } from './explained-site.ts'
import type { RowWindow } from './view.ts'

/** As many as a list shows that one chooses from. */
const MOST_FOUND = 20

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
  /** A site as it was looked at last; null: there is none with this key */
  site: Computed['site']
  contract: Computed['contract']
  /** What other terms or policies would do to a site; what was looked at last stays. */
  siteAhead: Computed['siteAhead']
  /** Keys of the rows at these places of the table, as it was looked at last. */
  keys: (window: RowWindow) => Float64Array
  /** Those of the keys that are in the fleet. */
  known: (keys: readonly number[]) => readonly number[]
  /** The first machines that a text finds, those whose id begins with it before all others. */
  find: (text: string) => readonly Found[]
  /** null: there is no machine with this key */
  machine: (key: number) => StoredMachine | null
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
  const there = (): Computed => {
    if (held === null) throw new Error('The engine has no fleet yet.')
    return held
  }
  return {
    load(delivery, sites, inputs) {
      const fleet = fleetOf(held?.fleet ?? null, delivery, sites)
      held = compute(fleet, inputs, held?.columns())
      return inventoryOf(fleet)
    },
    look(question) {
      if (question.display !== undefined) setDisplay(question.display)
      const now = there()
      const { picture, prepared, line, shown, realMarginUsdPerDay } = now.follow(question)
      const decisions = picture?.advice?.decisions ?? null
      const scene = { prepared, market: picture?.market ?? null, advice: picture?.advice ?? null }
      const from = Math.max(0, Math.min(question.window.from, shown.length))
      const rows = shown.subarray(from, Math.max(from, question.window.to))
      const subject = question.explained
      const explained = subject?.kind === 'machine' ? now.fleet.machines.key.indexOf(subject.key) : -1
      return {
        totals: picture?.totals ?? null,
        advice: picture?.advice?.totals ?? null,
        refusal: picture?.refusal ?? null,
        sitesToCall: decisions === null ? [] : sitesToCall(now.fleet, decisions),
        realMarginUsdPerDay,
        line,
        shown: shown.length,
        from,
        rows: Array.from(rows, (row) => shownRow(scene, row, !question.keepOrder)),
        explained: explained < 0 ? null : explainedRow(scene, explained),
        explainedSite: subject?.kind === 'site' ? explainedSite(scene, subject.key, now.siteFigures) : null,
        sites: question.wantsSites ? now.siteFigures() : [],
      }
    },
    *flips() {
      const { fleet, advice } = there()
      const known = advice()
      const flips = known === null ? { above: null, below: null } : yield* known.flipSteps()
      return { above: flipOf(fleet, flips.above), below: flipOf(fleet, flips.below) }
    },
    changes: (trial) => there().changes(trial),
    site: (siteKey, find) => there().site(siteKey, find),
    contract: (siteKey) => there().contract(siteKey),
    siteAhead: (input) => there().siteAhead(input),
    keys({ from, to }) {
      const { fleet, shownRows } = there()
      const rows = shownRows().subarray(Math.max(0, from), Math.max(0, to))
      return Float64Array.from(rows, (row) => fleet.machines.key[row]!)
    },
    known(keys) {
      if (keys.length === 0) return keys
      const asked = new Set(keys)
      const { key } = there().fleet.machines
      const found: number[] = []
      for (const one of key) if (asked.has(one)) found.push(one)
      return found
    },
    find(text) {
      const { fleet } = there()
      return findRows(fleet.machines, text, MOST_FOUND).map((row) => foundRow(fleet, row))
    },
    machine(key) {
      const { fleet } = there()
      const row = fleet.machines.key.indexOf(key)
      return row < 0 ? null : storedMachine(fleet, row)
    },
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
