import type { DatabaseFacts, DatabaseState, Examination } from '#electron/store/sqlite/doctor.ts'
import { rowFault } from '#electron/store/sqlite/row-checksums.ts'
import { age } from '#shared/format/times.ts'
import { count, counted } from '#shared/format/numbers.ts'

/** 'act': something should be done; 'note': something can be done, and nothing is lost if it is not */
export type FindingState = 'well' | 'note' | 'act'

export type Finding = {
  readonly check: string
  readonly state: FindingState
  readonly found: string
  /** what can be done; null: nothing need be */
  readonly advice: string | null
}

/** Room for another copy of the database and for its log, and for what else the system writes. */
const LEAST_FREE_BYTES = 100_000_000
const COPIES_OF_ROOM = 2

/** @param programVersion the schema that this program writes */
export function findingsOf(
  seen: Examination,
  file: string,
  programVersion: number,
  nowMs: number,
): readonly Finding[] {
  const { database } = seen
  if (database === null) return [missing(seen, file), ...besideIt(seen, 0)]
  const { facts, fault } = database
  // Nothing more can be said of a file that cannot be read.
  if (facts === null)
    return [integrity(fault, null, seen), log(database, file), ...besideIt(seen, database.bytes)]
  const stated = version(facts, database.bytes, programVersion)
  // What a newer program stores can only be judged by it.
  if (facts.version > programVersion) return [stated, ...besideIt(seen, database.bytes)]
  return [
    stated,
    integrity(fault, facts, seen),
    checksums(facts, seen),
    log(database, file),
    lastRefresh(facts, nowMs),
    ...besideIt(seen, database.bytes),
  ]
}

const besideIt = (seen: Examination, bytes: number): readonly Finding[] => [
  backups(seen),
  putAside(seen),
  space(seen, bytes),
]

const well = (check: string, found: string): Finding => ({ check, state: 'well', found, advice: null })
const note = (check: string, found: string, advice: string): Finding => ({
  ...{ check, state: 'note', found, advice },
})
const act = (check: string, found: string, advice: string): Finding => ({
  ...{ check, state: 'act', found, advice },
})

const kB = (bytes: number) => `${count(Math.ceil(bytes / 1000))} kB`
const MB = (bytes: number) => `${count(Math.floor(bytes / 1e6))} MB`

/** The newest copy that is sound and what its sum says. */
function restoreWords({ backups }: Examination): string {
  const best = backups.find(({ isSound, sum }) => isSound && sum !== 'differs')
  return best === undefined
    ? 'there is no sound copy here; take one from elsewhere with `backup restore FILE`, or begin anew and import your fleet file'
    : `\`backup restore ${best.name}\` continues with the copy of ${best.day} (${counted(best.machines ?? 0, 'machine')}) and keeps what is there now`
}

function missing(seen: Examination, file: string): Finding {
  return seen.backups.length === 0
    ? well('database', `there is none at ${file} yet`)
    : act('database', `${file} is missing or empty, but there are copies of it`, restoreWords(seen))
}

function version(facts: DatabaseFacts, bytes: number, programVersion: number): Finding {
  const { machines, sites, ledgerEntries } = facts
  const entries =
    ledgerEntries === 0 ? '' : `, ${counted(ledgerEntries, 'entry of the ledger', 'entries of the ledger')}`
  const what = `version ${facts.version}, ${counted(machines, 'machine')} at ${counted(sites, 'site')}${entries}, ${kB(bytes)}`
  if (facts.version > programVersion)
    return act(
      'database',
      `${what}; this program knows versions up to ${programVersion}`,
      'install the newer program, or use another data folder',
    )
  if (facts.version < programVersion)
    return note(
      'database',
      `${what}; this program writes version ${programVersion}`,
      'nothing need be done: the next command that opens it copies it first, then brings it up to date',
    )
  return well('database', what)
}

function integrity(fault: string | null, facts: DatabaseFacts | null, seen: Examination): Finding {
  if (fault === null) return well('integrity', 'every table and index is sound')
  const damaged = facts?.damagedRows?.[0]
  // It has a line of its own.
  if (damaged !== undefined && fault === rowFault(damaged))
    return well('integrity', 'every table and index can be read')
  return act('integrity', `the database ${fault}`, restoreWords(seen))
}

function checksums(facts: DatabaseFacts, seen: Examination): Finding {
  if (facts.damagedRows === null) return well('checksums', 'rows of this version carry none yet')
  if (facts.damagedRows.length === 0) return well('checksums', 'every row is what was written')
  const rows = facts.damagedRows.map(({ table, key }) => `${table} ${key}`).join(', ')
  return act('checksums', `rows that are not what was written, by table and key: ${rows}`, restoreWords(seen))
}

function log({ log }: DatabaseState, file: string): Finding {
  switch (log) {
    case 'none':
      return well('log', 'nothing waits to be brought into the database')
    case 'fits':
      return well(
        'log',
        `${file}-wal holds what was written last; whoever opens the database next brings it in`,
      )
    case 'foreign':
      return act(
        'log',
        `${file}-wal belongs to another database: with it this one is damaged, without it it is sound`,
        `close Strikeline and move ${file}-wal to another folder; do not delete it before you have looked at the fleet`,
      )
  }
}

function lastRefresh(facts: DatabaseFacts, nowMs: number): Finding {
  if (facts.lastFetchedMs === null)
    return note(
      'refresh',
      'no source has answered yet',
      '`refresh` asks the sources; values can be typed too',
    )
  return note(
    'refresh',
    `the last answer of a source is ${age(facts.lastFetchedMs, nowMs)} old`,
    '`network` shows every value and its age',
  )
}

function backups({ backups, unfinishedBackups, database }: Examination): Finding {
  const bad = backups.filter(({ isSound, sum }) => !isSound || sum === 'differs')
  if (bad.length > 0) {
    const names = bad.map(
      ({ name, isSound }) => `${name} (${isSound ? 'differs from its SHA-256' : 'damaged'})`,
    )
    return act(
      'backups',
      `${count(bad.length)} of ${count(backups.length)} cannot be restored: ${names.join(', ')}`,
      'move these away, then `backup make` makes another one; if several are damaged, so may be the disk',
    )
  }
  const [newest] = backups
  if (newest === undefined) {
    const isEmpty = (database?.facts?.machines ?? 0) === 0
    return isEmpty
      ? well('backups', 'none yet')
      : act('backups', 'there is no copy of this fleet', '`backup make` makes one')
  }
  const unsummed = backups.filter(({ sum }) => sum === 'none').length
  const found =
    `${count(backups.length)} sound, the newest of ${newest.day}` +
    (unsummed > 0 ? `; ${count(unsummed)} of them without a SHA-256` : ', each what its SHA-256 says')
  return unfinishedBackups.length === 0
    ? well('backups', found)
    : note(
        'backups',
        `${found}; ${counted(unfinishedBackups.length, 'copy', 'copies')} that did not come to an end`,
        'nothing need be done: the next copy of a day removes what is left of them',
      )
}

function putAside({ putAside, isReplacementOpen }: Examination): Finding {
  if (isReplacementOpen)
    return act(
      'put aside',
      'a restore did not come to its end',
      'start Strikeline or run any command that opens the fleet: it ends the restore or takes it back',
    )
  if (putAside.length === 0) return well('put aside', 'nothing')
  const names = putAside.map(({ name, bytes }) => `${name} (${kB(bytes)})`).join(', ')
  return note('put aside', names, 'delete these when nothing is missing from the fleet that took their place')
}

function space({ freeBytes }: Examination, databaseBytes: number): Finding {
  if (freeBytes === null) return well('space', 'the folder is made with the first fleet')
  const needed = LEAST_FREE_BYTES + COPIES_OF_ROOM * databaseBytes
  const found = `${MB(freeBytes)} free`
  return freeBytes >= needed
    ? well('space', found)
    : act('space', found, `make room on this disk: copies and changes need about ${MB(needed)}`)
}
