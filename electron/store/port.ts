import type {
  StrikesPassed,
  VerdictChanges,
  VerdictLevels,
  WatchedNetwork,
} from '#shared/domain/watched-fleet.ts'
import type { FleetHeader, FleetView, SiteInput } from '#shared/ipc/schemas/fleet.ts'
import type { ImportPreview } from '#shared/ipc/schemas/import.ts'
import type { BackupCheck, Backups, RestoredBackup } from '#shared/ipc/schemas/backups.ts'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import type { FieldName } from '#shared/domain/fleet/fields.ts'
import type { MachineInput, MachinePatch } from '#shared/domain/fleet/fleet.ts'
import type { PackedMachines } from '#shared/domain/fleet/packed.ts'
import type { ForeignCurrency, RateRow } from '#shared/domain/power/currency.ts'
import type {
  AlertMemory,
  AlertOccurrence,
  AlertRule,
  CrossingLevels,
  LotsPassed,
} from '#shared/domain/alerts.ts'
import type { FleetStand } from '#shared/domain/margins/fleet-stand.ts'
import type { Purchase } from '#shared/domain/money/purchase.ts'
import type { NetworkConditions, TypedNetwork } from '#shared/domain/chain/network.ts'
import type { ColumnMap } from '#electron/files/fleet/column-map.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import type { AskedThing } from '#electron/files/questions.ts'
import type { WebhookCalls } from './webhook-port.ts'
import type { ActCalls } from './act-port.ts'
import type { LedgerImportCalls } from './ledger-import-port.ts'
import type { LedgerCalls } from './ledger-port.ts'
import type { ReportCalls } from './report-port.ts'
import type { CaseCalls } from './case-port.ts'
import type { PastCalls } from './past-port.ts'

/* Who asks the store finds every type here; a topic that is whole in itself has a file of its own. */
export type * from './act-port.ts'
export type * from './ledger-import-port.ts'
export type * from './ledger-port.ts'
export type * from './report-port.ts'
export type * from './case-port.ts'
export type * from './past-port.ts'

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

export type StoredAlert = {
  readonly key: number
  readonly rule: AlertRule
  /** keeps an alert from repeating itself, see shared/domain/alerts.ts; null: never evaluated */
  readonly memory: AlertMemory | null
  readonly activeSinceMs: number | null
}

export type StoredAlertEvent = {
  readonly key: number
  readonly alertKey: number
  readonly atMs: number
  readonly occurrence: AlertOccurrence
  readonly read: boolean
}

/** Settings as they are stored: those that were ever written, not yet checked. */
export type StoredSettings = Readonly<Record<string, unknown>>

/**
 * The fleet for a reader who may hold the machines of an earlier revision; machines are in the order of their keys.
 * 'same': the machines are unchanged (a site may have another name or other prices). 'rows': `machines` are those
 * changed since the revision `from`, by key, and the added ones, whose keys are above all others; the rows of sites
 * that the others name are still the same sites. 'all': all of them.
 */
export type FleetDelivery = Omit<FleetHeader, 'delivery'> &
  (
    | { readonly delivery: 'same'; readonly machines: null }
    | { readonly delivery: 'rows'; readonly from: number; readonly machines: PackedMachines }
    | { readonly delivery: 'all'; readonly machines: PackedMachines }
  )

/** A machine or lot that is no longer in the fleet, but kept. */
export type ArchivedMachine = {
  /** of the archive */
  readonly key: number
  readonly archivedAtMs: number
  readonly id: string
  readonly model: string
  /** where it stood on that day */
  readonly site: string
  readonly quantity: number
}
/** The newest of those that were asked for; rows of the whole archive and those that were found are counted. */
export type ArchivePage = {
  readonly total: number
  readonly found: number
  readonly machines: readonly ArchivedMachine[]
}

/** What one step of undo has changed of a machine; no fields: it was added, or something beside its fields. */
export type MachineChange = {
  readonly label: string
  /** unix ms; null: not kept */
  readonly atMs: number | null
  readonly fields: readonly { readonly name: FieldName; readonly before: string; readonly after: string }[]
}

/** What machines were bought with. */
export type StoredPurchase = Purchase & { readonly key: number }
/** What is stored, in the parts that a window follows. */
export type StoredPart = 'fleet' | 'network' | 'settings' | 'alerts' | 'past' | 'scenarios' | 'ledger'

export type Changed = { readonly revision: number }
/** What was said about a fleet file: names of questions that are answered, and what its columns are. */
export type ImportAnswers = {
  readonly accepted: readonly string[]
  readonly map: ColumnMap
  /** nothing of what was remembered for its headings counts beside it */
  readonly isWhole?: boolean
}

/** What answers are remembered about: files, and values that are typed. */
export type FileKind = 'fleet' | 'prices' | 'typed' | 'ledger'

/** One thing that was said about files and holds for the next; `id` is for forgetting it. */
export type Remembered = {
  readonly id: string
  /** null: before this was kept */
  readonly saidAtMs: number | null
} & (
  | {
      readonly kind: 'columns'
      readonly fileKind: 'fleet' | 'ledger'
      readonly headings: readonly string[]
      /** as `--map` takes them */
      readonly map: readonly string[]
      readonly decimalSign: DecimalSign | null
    }
  | ({
      readonly kind: 'answer'
      readonly fileKind: FileKind
      /** what is right, in words */
      readonly what: string
    } & AskedThing)
)

export type ImportMode = 'merge' | 'replace'

/**
 * What the database worker answers to. The client has the same methods, asynchronous. Every fault that a
 * person can act on comes back as a StrikelineError.
 *
 * Every change of sites and machines is one transaction, one revision and one step of undo.
 */
export type StoreCalls = CaseCalls &
  ActCalls &
  ReportCalls &
  PastCalls &
  LedgerCalls &
  LedgerImportCalls &
  WebhookCalls & {
    /** Rows in the order they were added. Changes of another process are in the answer. */
    readFleet(): FleetView
    /** @param have the revision whose machines the reader holds; null: none */
    readFleetSince(have: number | null): FleetDelivery
    /** The revision that {@link readFleet} would give, without reading the rows. */
    readFleetRevision(): number
    /** Sites that pay in a currency of their own, without reading the machines. */
    readTariffs(): FleetView['tariffs']
    /** Keys of the machines whose notes have a word, per word; upper and lower case are the same. */
    findNotes(words: readonly string[]): readonly { readonly word: string; readonly keys: Float64Array }[]
    /** @param copyOf key of a machine whose policy and own ladder the new one gets too; 'not-found' where it is gone */
    addMachine(input: MachineInput, copyOf?: number): Changed & { readonly key: number; readonly id: string }
    /**
     * Fields that the patch leaves out stay. Keys that are gone are 'not-found' and nothing is changed.
     * @param before what the fields of the patch were when they were shown; one that another program has changed since is a
     *   'conflict' that names it with both values, and nothing is changed
     */
    updateMachines(keys: readonly number[], patch: MachinePatch, before?: MachinePatch): Changed
    removeMachines(keys: readonly number[]): Changed
    /** Takes machines out of the fleet and keeps them apart; their ids are free for others. */
    archiveMachines(keys: readonly number[], nowMs: number): Changed
    /** @param text that id, model or site must contain, case ignored; '': all */
    readArchive(text: string): ArchivePage
    /**
     * All of them or none. 'not-found' where one is no longer archived or its site is gone, 'conflict' where another machine has
     * its id by now.
     */
    bringBack(keys: readonly number[]): Changed
    /** The one that was archived last under each id; else as {@link bringBack}. */
    bringBackIds(ids: readonly string[]): Changed
    /** Keys of machines by id, in order; 'not-found' names the first that is not there. */
    findMachines(ids: readonly string[]): readonly number[]
    /** What undo remembers of a machine, the newest first. */
    readMachineChanges(key: number): readonly MachineChange[]
    addSite(input: SiteInput): Changed & { readonly key: number }
    /**
     * @param replaceOwn machines with a value of their own for a field that changes take the site's again
     * @param before the site when it was shown: what another program has changed since stays, and is a 'conflict' that names it
     *   with both values where `site` changes it too
     */
    updateSite(key: number, site: SiteInput, replaceOwn: boolean, before?: SiteInput): Changed
    /** Removes the site and its machines. */
    removeSite(key: number): Changed
    /** In the order in which they were added. */
    readPurchases(): readonly StoredPurchase[]
    /**
     * key null: a new one. Machines that name a purchase whose name changes name it by the new one. 'bad-input' with the field where
     * it cannot be, 'not-found' where the key is gone.
     */
    putPurchase(key: number | null, purchase: Purchase): Changed & { readonly key: number }
    /** Machines go on naming it. 'not-found' where the key is gone. */
    removePurchase(key: number): Changed
    /** By name. Scenarios are no part of the fleet: they take no step of undo. */
    readScenarios(): readonly { readonly name: string; readonly text: string }[]
    /** 'conflict' where there is one of that name, case ignored, and it is not to be replaced. */
    putScenario(name: string, text: string, isReplacing: boolean): void
    /** 'not-found'; 'conflict' where another one has that name. */
    renameScenario(from: string, to: string): void
    /** 'not-found' */
    removeScenario(name: string): void
    /**
     * Takes the last change back, also one of an earlier session or of another process; 'not-found' where there is none.
     * @param revision of the fleet that was looked at; where it is not that any more: 'conflict', and nothing is changed.
     *   Absent: the last one that this store has given
     */
    undo(revision?: number): Changed
    redo(revision?: number): Changed

    /** Reads and checks a fleet.csv. Nothing is stored; the rows wait under the token of the answer, one file at a time. */
    previewImport(path: string, answers?: ImportAnswers): Promise<ImportPreview>
    /**
     * Reads the waiting file again, with other answers; the token of the answer takes the place of the one before. Where it is cancelled
     * or fails, the file waits as it was. 'not-found' where another file is waiting now.
     */
    previewImportAgain(token: string, answers: ImportAnswers): Promise<ImportPreview>
    /** Forgets what was remembered and counts in the waiting file: its columns, or its answers. */
    forgetForImport(token: string, what: 'columns' | 'answers'): void
    /**
     * Refused ('bad-input') while the preview lists faults, or questions whose names are not accepted; 'not-found' where another file
     * is waiting now. What was said about its columns and accepted of its questions is remembered in the same transaction.
     */
    confirmImport(
      token: string,
      mode: ImportMode,
      accepted?: readonly string[],
    ): Changed & { readonly added: number; readonly updated: number; readonly removed: number }
    discardImport(token: string): void

    readRemembered(): readonly Remembered[]
    /** All of the ids, or none: 'not-found' where one is not there. */
    forgetRemembered(ids: readonly string[]): void
    /** Places of the questions that were not answered before. */
    findUnanswered(kind: FileKind, questions: readonly AskedThing[]): readonly number[]
    rememberAnswers(kind: FileKind, answers: readonly AskedThing[]): void

    /** Writes a fleet.csv with the values in force (own, else the site's). An existing file is replaced at once or not at all. */
    exportCsv(path: string): Promise<{ readonly rows: number }>
    /** Writes all that is stored into one file for another computer; an existing file is replaced at once or not at all. */
    moveOut(path: string, version: string, nowMs: number): Promise<{ readonly machines: number }>
    /** Looks all through such a file and stores nothing. Fails with 'bad-input' or 'file-unreadable' and what is wrong with it. */
    lookIntoMoveFile(path: string): Promise<{ readonly machines: number; readonly madeAt: string }>
    /** Adds the sample fleet that ships with the program to the stored one. */
    loadSample(): Promise<Changed>

    /** The latest row per (name, source), typed ones included. */
    readNetworkValues(): readonly NetworkValueRow[]
    /** The hashprice that was typed and when, with the adjustment that was typed beside it; null: none. */
    readTypedHashprice(): (TypedNetwork & { readonly typedAtMs: number }) | null
    /**
     * The network of the sample fleet, for its own day; null unless every machine came with that fleet. Changing such
     * a machine does not matter; adding one by hand or from a file does.
     */
    readSampleNetwork(): Promise<NetworkConditions | null>
    /** Newest first, at most 12. */
    readAdjustments(): readonly AdjustmentRow[]
    /** Keeps a reading: rows are added to the history, adjustments replace those of the same height. */
    saveNetworkReading(rows: readonly NetworkValueRow[], adjustments: readonly AdjustmentRow[]): void
    /** null clears the typed value. */
    typeNetworkValue(name: NetworkValueName, value: number | null, atMs: number): void
    /** null clears it, the adjustment with it. */
    typeHashprice(typed: TypedNetwork | null, atMs: number): void
    readSourceStatus(): readonly SourceStatusRow[]
    saveSourceStatus(status: SourceStatusRow): void

    /** Every rate of every source, typed ones included: the latest per currency and source. */
    readRates(): readonly RateRow[]
    /**
     * Rates are kept as history; the latest per currency and source counts. fleetChanged: figures of a site follow, so
     * the fleet's revision has grown by one, without a step of undo.
     */
    saveRates(rows: readonly RateRow[]): { readonly fleetChanged: boolean }
    /** null clears the typed rate. */
    typeRate(
      currency: ForeignCurrency,
      usdPerUnit: number | null,
      atMs: number,
    ): { readonly fleetChanged: boolean }

    readAlerts(): readonly StoredAlert[]
    /**
     * Lots whose break-even lies between two levels of the hashprice, by what energy costs under their contracts. The fleet is kept until it
     * changes, for this and the next two. 'bad-input' where a contract asks for what cannot be.
     */
    readLotsPassed(levels: CrossingLevels, network: WatchedNetwork): Promise<LotsPassed>
    /** Where what runs stands at each of some hashprices, USD/PH/day. */
    readFleetStands(usdPerPhDay: readonly number[], network: WatchedNetwork): Promise<readonly FleetStand[]>
    /** Lots whose verdict changes from one pair of levels to another; null where the hashprice is not known. */
    readVerdictChanges(
      before: VerdictLevels,
      now: VerdictLevels,
      network: WatchedNetwork,
    ): Promise<VerdictChanges | null>
    /** Lots whose stop or start strike lies between two levels; null where the hashprice is not known. */
    readStrikesPassed(levels: CrossingLevels, network: WatchedNetwork): Promise<StrikesPassed | null>
    /** key null: a new one. Resets its memory. 'not-found' where the key is gone. */
    putAlert(key: number | null, rule: AlertRule): { readonly key: number }
    /** Its events stay. 'not-found' where the key is gone. */
    removeAlert(key: number): void
    /**
     * Stores memory, state and events of an evaluated alert in one transaction; nothing where the alert is gone.
     * 'bad-input' for what could not be read again, such as NaN.
     */
    saveAlertOutcome(
      key: number,
      memory: AlertMemory,
      activeSinceMs: number | null,
      happened: readonly { readonly atMs: number; readonly occurrence: AlertOccurrence }[],
    ): void
    /** Newest first, at most 200; older ones are forgotten. */
    readAlertEvents(): readonly StoredAlertEvent[]
    markAlertEventsRead(): void

    readSettings(): StoredSettings
    /** Returns all stored settings. */
    writeSettings(change: StoredSettings): StoredSettings

    /**
     * The parts that another process has changed since the last call, at first since the store was opened. Parts changed
     * through this store may be named too.
     */
    changedByOthers(): readonly StoredPart[]

    /** Copies beside the database and what is in it now; none of the copies is opened. */
    readBackups(): Backups
    /** Looks all through the copy of that name; 'not-found' where there is none. */
    checkBackup(name: string): Promise<BackupCheck>
    /** Copies the database as it is now into the folder of backups. Can be cancelled. */
    makeBackup(nowMs: number): Promise<{ readonly name: string }>
    /** Deletes the copy of that name for good; 'not-found', or 'conflict' where it is the only sound one. */
    removeBackup(name: string): Promise<void>
    /**
     * Puts the copy of that name in the place of the database, after a copy of what is there. Calls that are made meanwhile wait,
     * and are answered by what was restored. There is nothing to undo or redo then; revisions go on counting. 'not-found', 'bad-input'
     * or 'file-unwritable' where it cannot be: then nothing is changed. Can be cancelled while what is there is being copied.
     */
    restoreBackup(name: string, nowMs: number): Promise<RestoredBackup>
    /** A copy of the database as it is now, checked; it replaces a file of that name when it is complete. */
    backup(path: string): Promise<void>
    /** Once a day is enough, more often does no harm: makes the copy of the day, and thins old network history. */
    maintain(nowMs: number): Promise<void>
  }
