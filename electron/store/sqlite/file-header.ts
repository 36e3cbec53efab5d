import { closeSync, openSync, readSync } from 'node:fs'

/** What the first bytes of a file say, read without SQLite. */
export type FileHeader = {
  readonly isDatabase: boolean
  /** a write-ahead log belongs to it, whether there is one or not */
  readonly isOfLog: boolean
  /** of the schema */
  readonly version: number
  readonly applicationId: number
}

const HEADER_LENGTH = 100
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1')
/** 1: the file is read without a write-ahead log, 2: with one */
const READ_VERSION_AT = 19
const USER_VERSION_AT = 60
const APPLICATION_ID_AT = 68

/** Shorter files are taken as filled up with zeros. */
export function headerOf(file: string): FileHeader {
  const header = Buffer.alloc(HEADER_LENGTH)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, header)
  } finally {
    closeSync(handle)
  }
  return {
    isDatabase: header.subarray(0, MAGIC.length).equals(MAGIC),
    isOfLog: header[READ_VERSION_AT] !== 1,
    version: header.readUInt32BE(USER_VERSION_AT),
    applicationId: header.readUInt32BE(APPLICATION_ID_AT),
  }
}
