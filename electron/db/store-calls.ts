import type {
  FleetSnapshot,
  ImportPreview,
  MachineInput,
  MachinePatch,
  SiteInput,
} from '#shared/contract/channels.ts'
import type { NetworkValueName } from '#shared/contract/network.ts'
import type { MachinePolicy } from '#shared/domain/contract/machine-policy.ts'
import type { Ladder } from '#shared/domain/profiles/profile.ts'

/** One value as a source gave it, or as it was typed (source 'typed'). */
export type NetworkValueRow = {
  readonly name: NetworkValueName
  readonly value: number
  readonly source: string
  /** when the value was true, unix ms */
  readonly asOfMs: number
  /** when we got it, unix ms */
  readonly fetchedAtMs: number
}

/** A past difficulty adjustment; the change is a fraction (0.012 = +1.2 %). */
export type AdjustmentRow = {
  /** height of the first block with the new difficulty */
  readonly height: number
  readonly change: number
}

export type SourceStatusRow = {
  readonly name: string
  readonly url: string
  readonly lastSuccessMs: number | null
  /** in words, null after a success */
  readonly lastError: string | null
  /** not asked again before, unix ms */
  readonly notBeforeMs: number | null
}

/** Settings as they are stored: those that were ever written, not yet checked. */
export type StoredSettings = Readonly<Record<string, unknown>>

/** Contracts as they are stored: JSON, read and checked by the client. */
export type StoredContracts = {
  readonly contracts: readonly { readonly siteKey: number; readonly site: string; readonly text: string }[]
  /** machines that do not simply follow */
  readonly policies: readonly { readonly machineKey: number; readonly policy: MachinePolicy }[]
}

export type Changed = { readonly revision: number }
export type ImportMode = 'merge' | 'replace'

/**
 * What the database worker answers to. The client has the same methods, asynchronous. Every fault that a
 * person can act on comes back as a StrikelineError.
 *
 * Every change of sites and machines is one transaction, one revision and one step of undo.
 */
export type StoreCalls = {
  /** Rows in the order they were added. Changes of another process are in the answer. */
  readFleet(): FleetSnapshot
  addMachine(input: MachineInput): Changed & { readonly key: number; readonly id: string }
  /** Fields that the patch leaves out stay. Keys that are gone are 'not-found' and nothing is changed. */
  updateMachines(keys: readonly number[], patch: MachinePatch): Changed
  removeMachines(keys: readonly number[]): Changed
  addSite(input: SiteInput): Changed & { readonly key: number }
  /** replaceOwn: machines with a value of their own for a field that changes take the site's again. */
  updateSite(key: number, site: SiteInput, replaceOwn: boolean): Changed
  /** Removes the site and its machines. */
  removeSite(key: number): Changed
  readContracts(): StoredContracts
  /** null removes the contract. */
  putContract(siteKey: number, text: string | null): Changed
  /** Keys that are gone are 'not-found' and nothing is changed. */
  setMachinePolicy(keys: readonly number[], policy: MachinePolicy): Changed
  /** The operator's own operating points, by model and firmware, from the lowest power up. */
  readProfileLadders(): readonly Ladder[]
  /** Takes the place of the ladder of that model and firmware; 'bad-input' with the field where it is none. */
  putProfileLadder(ladder: Ladder): Changed
  /** 'not-found' where there is none. */
  removeProfileLadder(model: string, firmware: string): Changed

  /** By name. Scenarios are assumptions, no part of the fleet: they take no step of undo. */
  readScenarios(): readonly { readonly name: string; readonly text: string }[]
  /** A scenario of that name, however it is spelt in upper and lower case, is replaced. */
  putScenario(name: string, text: string): void
  removeScenario(name: string): void
  /** Takes the last change back; 'not-found' where there is none. */
  undo(): Changed
  redo(): Changed

  /** Reads and checks a fleet.csv. Nothing is stored; the rows wait under the token of the answer, one file at a time. */
  previewImport(path: string): Promise<ImportPreview>
  /** Refused ('bad-input') while the preview lists faults, 'not-found' where the token is no longer the waiting one. */
  confirmImport(
    token: string,
    mode: ImportMode,
  ): Changed & { readonly added: number; readonly updated: number; readonly removed: number }
  discardImport(token: string): void
  /** Writes a fleet.csv with the values in force (own, else the site's). An existing file is replaced at once or not at all. */
  exportCsv(path: string): Promise<{ readonly rows: number }>
  /** Adds the sample fleet that ships with the program to the stored one. */
  loadSample(): Promise<Changed>

  /** The latest row per (name, source), typed ones included. */
  readNetworkValues(): readonly NetworkValueRow[]
  /** Newest first, at most 12. */
  readAdjustments(): readonly AdjustmentRow[]
  /** Keeps a reading: rows are added to the history, adjustments replace those of the same height. */
  saveNetworkReading(rows: readonly NetworkValueRow[], adjustments: readonly AdjustmentRow[]): void
  /** null takes the typed value back. */
  typeNetworkValue(name: NetworkValueName, value: number | null, atMs: number): void
  readSourceStatus(): readonly SourceStatusRow[]
  saveSourceStatus(status: SourceStatusRow): void

  readSettings(): StoredSettings
  /** Gives all that is stored then. */
  writeSettings(change: StoredSettings): StoredSettings

  /** A copy of the database as it is now, checked; it replaces a file of that name when it is complete. */
  backup(path: string): Promise<void>
  /** Once a day is enough, more often does no harm: makes the copy of the day, and thins old network history. */
  maintain(nowMs: number): Promise<void>
}
