import type { SiteInput } from '#shared/ipc/schemas/fleet.ts'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'
import type { Ladder } from '#shared/domain/ladders/point.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import type { FileMark } from '#electron/files/bytes.ts'
import type { PriceField, PriceFile } from '#electron/files/sites/read-market-prices.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import type { Changed, StoredSettings } from './port.ts'

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

/** What a verdict rests on beside fleet and market: contracts, policies, ladders, and the files that they come from. */
export type CaseCalls = {
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
}
