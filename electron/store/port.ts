import type {
  StrikesPassed,
  VerdictChanges,
  VerdictLevels,
  WatchedNetwork,
} from '#shared/domain/watched-fleet.ts'
import type { FleetHeader, FleetView, ImportPreview, SiteInput } from '#shared/ipc/schemas/channels.ts'
import type { BackupCheck, Backups, RestoredBackup } from '#shared/ipc/schemas/backups.ts'
import type { Past, ImportedPast, NetworkFileLook, NetworkFileSummary } from '#shared/ipc/schemas/past.ts'
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
import type { DailyColumn } from '#shared/domain/signals/daily-series.ts'
import type { ActCounts } from '#shared/domain/decision/acts/called.ts'
import type { Verdict } from '#shared/domain/decision/words.ts'
import type { Purchase } from '#shared/domain/money/purchase.ts'
import type { RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import type { NetworkConditions, TypedNetwork } from '#shared/domain/chain/network.ts'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'
import type { Ladder } from '#shared/domain/ladders/point.ts'
import type { ColumnMap } from '#electron/files/fleet/column-map.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import type { FileMark } from '#electron/files/bytes.ts'
import type { AskedThing } from '#electron/files/questions.ts'
import type { PriceField, PriceFile } from '#electron/files/sites/read-market-prices.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import type { MarginVariance } from '#shared/domain/money/margin-variance.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { Company, ReportCase } from '#shared/report/case.ts'
import type { LookedBack } from '#shared/report/looked-back.ts'
import type { ReportDifference } from '#shared/report/differences.ts'
import type { WebhookCalls } from './webhook-port.ts'

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

/** Values of one column of the daily history; row i is day[i], days since 1970-01-01 UTC. */
export type DayValues = {
  readonly column: DailyColumn
  readonly day: Int32Array
  readonly value: Float64Array
}

/** A difficulty epoch as a source gave it. */
export type EpochRow = {
  /** of its first block, a multiple of 2016 */
  readonly height: number
  /** time of its first block, unix ms */
  readonly startedAtMs: number
  readonly difficulty: number
}

/** The answer to one question about the past; stored whole or not at all, with the mark of how far the part is filled. */
export type StoredPastPiece = {
  readonly source: string
  /** part of the source, e.g. 'epochs' */
  readonly part: string
  readonly values: readonly DayValues[]
  readonly epochs: readonly EpochRow[]
  /** everything up to and including this day is there now, days since 1970-01-01 UTC */
  readonly throughDay: number
  readonly fetchedAtMs: number
}

/** Blocks with their times, unix ms, in columns by height. */
export type EpochStarts = { readonly height: Float64Array; readonly atMs: Float64Array }

export type PastMark = {
  readonly source: string
  readonly part: string
  readonly throughDay: number
  readonly fetchedAtMs: number
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

/** Contracts as they are stored: JSON, read and checked by the client. */
export type StoredContracts = {
  readonly contracts: readonly { readonly siteKey: number; readonly site: string; readonly text: string }[]
  /** machines that do not simply follow */
  readonly policies: readonly { readonly machineKey: number; readonly policy: MachinePolicy }[]
}

/** A ladder of a machine or lot of its own; its model is the machine's. */
export type LotLadder = { readonly machineKey: number; readonly id: string; readonly ladder: Ladder }

/** What CaseInputs is made of (shared/domain/decision/case-inputs.ts); contracts and settings are checked by the client. */
export type StoredCase = Omit<CaseInputs, 'contracts' | 'limits'> & {
  readonly contracts: StoredContracts['contracts']
  readonly settings: StoredSettings
}

/** What an operator's files bring beside machines, by the names that people use. Contracts are JSON. */
export type StoredParts = {
  readonly contracts: readonly { readonly site: string; readonly text: string }[]
  readonly policies: readonly { readonly id: string; readonly policy: MachinePolicy }[]
  readonly ladders: readonly Ladder[]
  readonly lotLadders: readonly { readonly id: string; readonly ladder: Ladder }[]
  /** what sites pay without a contract */
  readonly prices: readonly SiteInput[]
  /** settings by their fields */
  readonly limits: StoredSettings
}

/** A ladder of which no point is better at any price than what some of its machines do now. */
export type UselessLadder = {
  readonly model: string
  readonly firmware: string
  /** rows that it is for, and those where it is useless, with the first of them */
  readonly rows: number
  readonly useless: number
  readonly first: {
    readonly id: string
    readonly model: string
    readonly hashrateThs: number
    readonly powerW: number
  }
}

/** Rows of machines at a site. */
export type SiteCounts = {
  readonly siteKey: number
  readonly rows: number
  /** by their policy */
  readonly protected: number
  readonly exempt: number
  /** with a measured ladder of their own, with one of their model that counts, and with ladders that are only possible */
  readonly ownLadders: number
  readonly countedLadders: number
  readonly possibleLadders: number
}

/** How one part of a file stands to what is stored. */
export type PartChange = {
  readonly kind: 'contract' | 'policy' | 'ladder' | 'price' | 'limit'
  /** site, machine, model with firmware, or setting */
  readonly name: string
  /** unknown: there is no such site or machine here */
  readonly change: 'new' | 'same' | 'differs' | 'unknown'
  /** what differs, in words; '' where that is no question */
  readonly words: string
}

export type PartRules = {
  /** of the file, for undo and for messages */
  readonly fileName: string
  /** what the step of undo is called where it is no import of a file */
  readonly undoWords?: string
  /** false: what differs from what is stored stays as it is stored */
  readonly replace: boolean
  /** false: a name that is not in the fleet refuses the whole file */
  readonly leaveUnknown: boolean
  /** what is watched from now on of the sites whose contracts are stored */
  readonly watching?: readonly Watching[]
  /** of the fleet that the parts were made from; where it is another one by now: 'conflict', and nothing is changed */
  readonly madeFrom?: number
}

/** file null: the prices of the field come from no file that is watched */
export type Watching = {
  readonly site: string
  readonly field: PriceField
  readonly file: PriceFile | null
}

/** A price file that is read again when it changes, and what was found when it was looked into last. */
export type WatchedFile = {
  readonly key: number
  readonly siteKey: number
  readonly site: string
  readonly field: PriceField
  readonly path: string
  readonly decimalSign: DecimalSign | null
  readonly mark: FileMark | null
  /** of the prices that were stored last; null where none were */
  readonly digest: string | null
  readonly readAtMs: number | null
  /** why the file is not stored as it is now; null where it is */
  readonly fault: WatchedFault | null
}
export type WatchedFault = {
  readonly message: string
  readonly sinceMs: number
  /** what is surprising in it may be right */
  readonly isQuestion: boolean
}

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

/** What was decided about one machine or lot. */
export type MachineDecision = Pick<RecordedDecision, 'atMs' | 'kind' | 'reason' | 'isTakenBack'> & {
  /** what was advised */
  readonly act: Verdict
  /** machines of the lot that were to be switched, and that were */
  readonly advised: number
  readonly done: number
}

/** What one step of undo has changed of a machine; no fields: it was added, or something beside its fields. */
export type MachineChange = {
  readonly label: string
  /** unix ms; null: not kept */
  readonly atMs: number | null
  readonly fields: readonly { readonly name: FieldName; readonly before: string; readonly after: string }[]
}

/** The network that advice rests on, and the moment; null: that of the conditions. */
export type ActMarket = {
  readonly conditions: NetworkConditions
  readonly horizonDays: number | null
  readonly nowMs: number | null
}

/** unix ms; null: from the first, or to the last */
export type DecisionPeriod = { readonly fromMs: number | null; readonly toMs: number | null }

/** What someone did about the advice of today at some sites, or why not now. */
export type ActRequest = {
  readonly kind: RecordedDecision['kind']
  readonly reason: string
  /** who decided; '': nobody says */
  readonly by: string
  readonly atMs: number
  /** shown: what was advised when it was shown; where it is another by now: 'conflict'. null: nothing was shown */
  readonly sites: readonly { readonly siteKey: number; readonly shown: ActCounts | null }[]
  /** all rows; all but these, of which so many machines are done; or only these, null: all their machines */
  readonly done:
    | { readonly rows: 'all' }
    | {
        readonly rows: 'but'
        readonly machines: readonly { readonly key: number; readonly machines: number }[]
      }
    | {
        readonly rows: 'only'
        readonly machines: readonly { readonly id: string; readonly machines: number | null }[]
      }
}

/** machines: that were switched */
export type Recorded = Changed & { readonly machines: number; readonly sites: readonly string[] }

/** A work list that has come home, before it is recorded. */
export type MarkedListPreview = {
  readonly token: string
  readonly fileName: string
  /** lines of the file, and those that are marked as done */
  readonly lines: number
  readonly marked: number
  /** machines by what the list does to them, by site */
  readonly sites: readonly {
    readonly site: string
    readonly powerDown: number
    readonly start: number
    /** to another operating point */
    readonly set: number
    /** that are in that state already */
    readonly already: number
  }[]
  /** what may be wrong about it: it is recorded only where that is said to be right */
  readonly questions: readonly string[]
  /** lines that are left out, and why; the first ones */
  readonly leftOut: readonly { readonly line: number; readonly message: string }[]
  readonly leftOutCount: number
}

/** What machines were bought with. */
export type StoredPurchase = Purchase & { readonly key: number }
/** A report as it was handed over. */
export type SealedReport = {
  /** SHA-256 of what it was made from */
  readonly hash: string
  readonly madeAtMs: number
  readonly asOfMs: number
  readonly title: string
  readonly company: string
  /** name of its template */
  readonly template: string
  /** of the program that made it */
  readonly version: string
  readonly pages: number
  readonly pdfBytes: number
  readonly pdfSha256: string
}
export type KeptReport = {
  /** the one that is printed on its pages */
  readonly hash: string
  readonly reportCase: ReportCase
  /** as it stands on the pages; absent: it is computed again */
  readonly lookedBack?: LookedBack | null
  readonly pdf: Uint8Array
  readonly pages: number
}
export type RecomputedReport = {
  readonly report: SealedReport
  readonly differences: readonly ReportDifference[]
}
export type ReportComparison = {
  readonly from: SealedReport
  /** null: the fleet of now */
  readonly to: SealedReport | null
  readonly fromMs: number
  readonly toMs: number
  readonly variance: MarginVariance
}
export type Logo = NonNullable<Company['logo']>

/** What is stored, in the parts that a window follows. */
export type StoredPart = 'fleet' | 'network' | 'settings' | 'alerts' | 'past' | 'scenarios'

export type Changed = { readonly revision: number }
/** What was said about a fleet file: names of questions that are answered, and what its columns are. */
export type ImportAnswers = {
  readonly accepted: readonly string[]
  readonly map: ColumnMap
  /** nothing of what was remembered for its headings counts beside it */
  readonly isWhole?: boolean
}

/** What answers are remembered about: files, and values that are typed. */
export type FileKind = 'fleet' | 'prices' | 'typed'

/** One thing that was said about files and holds for the next; `id` is for forgetting it. */
export type Remembered = {
  readonly id: string
  /** null: before this was kept */
  readonly saidAtMs: number | null
} & (
  | {
      readonly kind: 'columns'
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
export type StoreCalls = WebhookCalls & {
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
  /** The decisions that a machine was in, the newest first, at most 100. */
  readMachineDecisions(key: number): readonly MachineDecision[]
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
  readContracts(): StoredContracts
  /** null removes the contract, and ends the watching of its price files. */
  putContract(siteKey: number, text: string | null): Changed
  /** Keys that are gone are 'not-found' and nothing is changed. */
  setMachinePolicy(keys: readonly number[], policy: MachinePolicy): Changed
  /** The operator's own operating points, by model and firmware, from the lowest power up. */
  readLadders(): readonly Ladder[]
  /** Replaces the ladder of that model and firmware; 'bad-input' with the field where it is invalid. */
  putLadder(ladder: Ladder): Changed
  /** 'not-found' where there is none. */
  removeLadder(model: string, firmware: string): Changed
  /** Ladders of single machines and lots, by key. */
  readLotLadders(): readonly LotLadder[]
  /** 'not-found' where the machine is gone or has none. */
  removeLotLadder(id: string): Changed

  /** All that a verdict rests on beside fleet and market, of one moment. */
  readCase(): Promise<StoredCase>
  /** Policies and ladders at each site, in the order of {@link readFleet}. */
  readSiteCounts(): Promise<readonly SiteCounts[]>
  /** Ladders of a file that are worse than what machines of the stored fleet do now. */
  findUselessLadders(parts: Pick<StoredParts, 'ladders' | 'lotLadders'>): Promise<readonly UselessLadder[]>
  /** How a file's parts stand to what is stored; nothing is changed. */
  compareParts(parts: StoredParts): Promise<readonly PartChange[]>
  /**
   * Stores parts of a file in one transaction and one step of undo (limits are settings, which undo leaves alone). 'bad-input'
   * with the place in the file where something is refused; then nothing is changed.
   */
  takeParts(
    parts: StoredParts,
    rules: PartRules,
  ): Promise<Changed & { readonly changes: readonly PartChange[] }>

  readWatchedFiles(): readonly WatchedFile[]
  /** Notes what was found in a file whose prices were not stored. No change of the fleet. */
  markWatchedFile(key: number, mark: FileMark | null, fault: WatchedFault | null): void
  /** A step of undo; its prices stay. 'not-found' where it is not watched. */
  stopWatching(key: number): Changed

  /** Newest first, without what was at stake. */
  readDecisions(atMost: number): readonly RecordedDecision[]
  /** Newest first, of a period with both its ends, with what was at stake, as far as later decisions let it last. */
  readDecisionLog(period: DecisionPeriod, atMost: number): readonly RecordedDecision[]
  /**
   * Records what was done about today's advice, or why not now, and switches machines that are done: one transaction and one step of
   * undo. Undo of it marks the decisions as taken back, redo takes the mark off; they are never lost. 'conflict' where something
   * else is advised than was shown, 'not-found' where there is nothing to do; then nothing is changed.
   */
  recordActs(market: ActMarket, request: ActRequest): Promise<Recorded>
  /** Withdraws a "not now"; 'not-found' where it does not stand any more. */
  takeBackDecision(key: number): void
  /** Writes what is to be done at a site, or at all, as CSV. An existing file is replaced at once or not at all. */
  writeWorkList(
    path: string,
    market: ActMarket,
    site: string | null,
    nowMs: number,
  ): Promise<{ readonly rows: number }>
  /** Reads a work list with its done column filled in; nothing is stored. It waits under the token, one at a time. */
  previewWorkList(path: string, market: ActMarket, nowMs: number): Promise<MarkedListPreview>
  /** As {@link recordActs}. 'bad-input' where the preview asks and nobody said yes; 'not-found' where another list waits now. */
  confirmWorkList(
    token: string,
    market: ActMarket,
    accepted: boolean,
    by: string,
    nowMs: number,
  ): Promise<Recorded>
  discardWorkList(token: string): void

  /** By name. Scenarios are no part of the fleet: they take no step of undo. */
  readScenarios(): readonly { readonly name: string; readonly text: string }[]
  /** 'conflict' where there is one of that name, case ignored, and it is not to be replaced. */
  putScenario(name: string, text: string, isReplacing: boolean): void
  /** 'not-found'; 'conflict' where another one has that name. */
  renameScenario(from: string, to: string): void
  /** 'not-found' */
  removeScenario(name: string): void
  /** The hash of what a report is made from, to be printed on it. */
  sealReport(reportCase: ReportCase): Promise<{ readonly hash: string }>
  /**
   * Keeps a report that was handed over. It is no part of the fleet: undo leaves it alone. 'bad-input' where it is too large or there
   * is no more room for it.
   */
  keepReport(made: KeptReport): Promise<void>
  /** Newest first. */
  readSealedReports(): Promise<readonly SealedReport[]>
  /**
   * The PDF as it was handed over, byte for byte.
   * @param typed the hash or its beginning as people type it; 'bad-input' where it is none or that of several, 'not-found'
   */
  readSealedPdf(typed: string): Promise<{ readonly report: SealedReport; readonly pdf: Uint8Array }>
  /** The text that it was made from, whose SHA-256 is its hash. Fails as {@link readSealedPdf}. */
  readSealedInputs(typed: string): Promise<{ readonly report: SealedReport; readonly text: Uint8Array }>
  /** What it was made from, as this program reads it. Fails as {@link readSealedPdf}. */
  readSealedCase(typed: string): Promise<ReportCase>
  /**
   * Makes the document again from what was sealed, and says where it differs from that of then. Fails as {@link readSealedPdf}.
   * @param lookedBack its back-test where that has been computed already: it would keep all other calls waiting
   */
  recomputeReport(typed: string, lookedBack?: LookedBack | null): Promise<RecomputedReport>
  /**
   * Why the margin of the second is another than that of the first. Fails as {@link readSealedPdf}.
   * @param to another report, or the network that the stored fleet is looked at under
   */
  compareReports(
    from: string,
    to: string | { readonly network: NetworkState; readonly nowMs: number },
  ): Promise<ReportComparison>
  /** For good. Fails as {@link readSealedPdf}. */
  removeSealedReport(typed: string): Promise<SealedReport>

  /** By name; what a text means is its reader's business. */
  readReportTemplates(): readonly { readonly name: string; readonly text: string }[]
  /** Replaces a template of that name, case ignored. */
  keepReportTemplate(name: string, text: string): void
  /** 'not-found' where there is none. */
  removeReportTemplate(name: string): void
  readLogo(): Logo | null
  /** null removes it. */
  putLogo(logo: Logo | null): void

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

  /**
   * Per day and column the one value that counts: an imported one, else the first of `order`, else the youngest of the others;
   * what follows from other columns and from the epochs is computed where no source gave it. Days that are not over at `nowMs`
   * are left out. Empty columns where nothing is stored.
   */
  readPast(order: readonly string[], nowMs: number): Past
  /** First blocks of the difficulty epochs that are known, by height: the order decides where sources differ. */
  readEpochStarts(order: readonly string[], nowMs: number): EpochStarts
  /** As {@link readPast}, without imported files: a source is judged against other sources only. */
  readFetchedPast(order: readonly string[], nowMs: number): Past
  /** The revision that {@link readPast} would give, without reading the days. */
  readPastRevision(): number
  readPastMarks(): readonly PastMark[]
  /**
   * Whole or not at all: 'bad-input' where a value cannot be its column's (shared/domain/signals/daily-bounds.ts). NaN, and values of a
   * day that was not over when it was fetched, are left out.
   */
  savePastPiece(piece: StoredPastPiece): void
  /** Imports a daily.csv whole or not at all; its values replace earlier imported ones of the same day and column. */
  importDaily(path: string, nowMs: number): Promise<ImportedPast>
  /** Writes what {@link readPast} gives as daily.csv; 'not-found' where that is nothing. */
  exportDaily(path: string, order: readonly string[], nowMs: number): Promise<{ readonly days: number }>
  forgetImported(): { readonly days: number }

  /**
   * Writes what is known of the network (values, rates, adjustments, epochs, history) to a file with a checksum. Typed values and
   * rates are left out: they are assumptions of the person who typed them.
   * @param withCase also contracts, policies, ladders, limits and what sites pay
   */
  exportNetworkFile(
    path: string,
    nowMs: number,
    version: string,
    withCase?: boolean,
  ): Promise<NetworkFileSummary>
  /**
   * Takes what is newer than the stored values. A damaged file, one of a newer version or out of bounds is refused whole.
   * parts: contracts and the like that the file holds; they are not stored (takeParts does). null: it holds none.
   * @param madeAtMs of the file that was looked into; another one is refused with 'conflict'
   */
  importNetworkFile(
    path: string,
    nowMs: number,
    madeAtMs?: number,
  ): Promise<NetworkFileSummary & { readonly fleetChanged: boolean; readonly parts: StoredParts | null }>

  /** What {@link importNetworkFile} would bring; nothing is stored. It refuses what that refuses. */
  lookIntoNetworkFile(
    path: string,
    nowMs: number,
  ): Promise<NetworkFileLook & { readonly parts: StoredParts | null }>

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
