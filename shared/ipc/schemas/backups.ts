import { z } from 'zod'
import { count } from './bounds.ts'

/** Why a copy was made. */
export const BACKUP_KINDS = ['daily', 'by-hand', 'before-restore', 'before-update'] as const
export type BackupKind = (typeof BACKUP_KINDS)[number]

/** How a copy stands to the sum beside it. 'none': there is none, as with copies of earlier versions. */
export const SUM_STATES = ['matches', 'differs', 'none'] as const
export type SumState = (typeof SUM_STATES)[number]

/** The name of a copy, which can be no path: it has no slash, and the only point is that of its ending. */
export const backupNameSchema = z
  .string()
  .max(80)
  .regex(/^[0-9A-Za-z+-]+\.db$/, 'is not the name of a backup')

/** What a fleet holds; lots are counted in full. */
const holdingsSchema = z.strictObject({ machines: count, sites: count, ledgerEntries: count })
export type Holdings = z.infer<typeof holdingsSchema>

/** A copy as its folder shows it. Nothing has looked into it. */
export const backupCopySchema = z.strictObject({
  name: backupNameSchema,
  kind: z.enum(BACKUP_KINDS),
  /** the day of its name: UTC, as the clock had it */
  day: z.string().max(20),
  /** when it was written, unix ms; null where the file's own time is of another day, as after it was carried around */
  madeAtMs: z.number().nullable(),
  bytes: count,
})
export type BackupCopy = z.infer<typeof backupCopySchema>

/** What a look into a copy found. */
export const backupCheckSchema = z.strictObject({
  /** false: it is damaged, of a newer version, or no fleet at all */
  isSound: z.boolean(),
  /** null where it does not say */
  holdings: holdingsSchema.nullable(),
  sum: z.enum(SUM_STATES),
})
export type BackupCheck = z.infer<typeof backupCheckSchema>

/** The copies beside the database, newest first, and what is here now. */
export const backupsSchema = z.strictObject({
  folder: z.string().max(4000),
  copies: z.array(backupCopySchema).max(100_000),
  now: holdingsSchema,
})
export type Backups = z.infer<typeof backupsSchema>

/** A restore that is done: the copy of what stood there before, which brings that back. */
export const restoredSchema = z.strictObject({ before: backupNameSchema, holdings: holdingsSchema })
export type RestoredBackup = z.infer<typeof restoredSchema>
