import { z } from 'zod'
import { LEDGER_FILE_KINDS } from '#shared/domain/money/ledger/file-kinds.ts'
import { CURRENCIES } from '#shared/domain/power/currency.ts'
import { count, key, nothing, text } from './bounds.ts'
import {
  acceptedSchema,
  decimalSign,
  forgetSchema,
  headingShape,
  importPreviewShape,
  ofToken,
} from './import-preview.ts'

const kind = z.enum(LEDGER_FILE_KINDS)
/** how 03/04/2026 is read */
const dayOrder = z.enum(['day-first', 'month-first'])
const day = text(10)

/** What is said of a file as a whole; it counts for rows without a column of their own. */
const ledgerFileSaidSchema = z.strictObject({
  /** null: the headings say it, or nothing does */
  kind: kind.nullable(),
  /** the pool of payouts and earnings, the payee of bills, costs and purchases, who pays a credit, the meter, the venue of sales */
  party: text(100).nullable(),
  /** '' for the company as a whole; null: the file has a column, or nobody has said it */
  site: text(100).nullable(),
  /** IANA name; null: that of the site, else UTC */
  zone: text(60).nullable(),
  /** of amounts whose heading and cells do not say theirs */
  currency: z.enum(CURRENCIES).nullable(),
  /** the days that a purchase is written down over, where no column says it */
  lifeDays: z.number().int().positive().max(36_500).nullable(),
  decimalSign: decimalSign.nullable(),
  dayOrder: dayOrder.nullable(),
  columns: z
    .array(
      z.strictObject({
        heading: text(200).min(1),
        /** null: not used */
        field: text(40).nullable(),
        /** one of the field's; null: as heading or cells say it */
        unit: text(20).nullable(),
      }),
    )
    .max(300),
})
export type LedgerFileSaid = z.infer<typeof ledgerFileSaidSchema>

/** What the file as a whole can be asked for, and cannot do without unless it is `isOptional`. */
const ledgerFileNeedSchema = z.strictObject({
  what: z.enum(['party', 'site', 'zone', 'currency', 'lifeDays']),
  /** what it is called in this kind of file: "Pool", "Payee", "Meter" */
  label: text(40),
  isOptional: z.boolean(),
  /** what is in force; null: nothing yet */
  value: text(100).nullable(),
})

/** A file of entries as it was understood; nothing is stored. */
export const ledgerImportPreviewSchema = z.strictObject({
  ...importPreviewShape,
  /** null: nothing says what the file holds; it has to be said before anything else */
  kind: kind.nullable(),
  /** the export that it was read as, e.g. "Braiins Pool, daily rewards"; null: by its headings, or as it was said */
  shape: text(100).nullable(),
  needs: z.array(ledgerFileNeedSchema).max(5),
  /** names to choose from for the pool and the site; others may be typed where it is no site */
  pools: z.array(text(100)).max(200),
  sites: z.array(text(100)).max(1000),
  /** entries that would be new, and those that the books have already */
  added: key,
  known: key,
  /** rows that are not for these books, such as a purchase among sales or another coin, and why */
  leftOut: z.array(z.strictObject({ why: text(200), rows: count })).max(20),
  /** first and last day of what would be new; null: nothing would */
  from: day.nullable(),
  to: day.nullable(),
  /** of what would be new, to see whether the file was understood; null: the kind has none */
  sat: z.number().int().nullable(),
  wh: z.number().int().nullable(),
  usdCents: z.number().int().nullable(),
  /** how it was read, days that are missing and other things to know, in sentences */
  notes: z.array(text(600)).max(60),
  headings: z
    .array(
      z.strictObject({
        ...headingShape,
        /** null: not used, or at fault */
        field: text(40).nullable(),
        /** null: the field has none, or each cell says it */
        unit: text(20).nullable(),
      }),
    )
    .max(300),
  /** what columns of this kind of file can be read as; units in the order in which they are offered, none for a text */
  choices: z
    .array(
      z.strictObject({
        field: text(40),
        label: text(60),
        isNeeded: z.boolean(),
        units: z.array(text(20)).max(40),
      }),
    )
    .max(40),
  /** nothing in the file decides whether 03/04/2026 is of March or of April */
  isDayOpen: z.boolean(),
  dayOrder: dayOrder.nullable(),
})
export type LedgerImportPreview = z.infer<typeof ledgerImportPreviewSchema>

/** Calls about a file of entries that waits to be booked. */
export const ledgerImportChannels = {
  /** null: the dialog was closed */
  'ledgerImport.choose': {
    input: z.strictObject({ kind: kind.nullable() }),
    output: ledgerImportPreviewSchema.nullable(),
  },
  /** Reads the waiting file again with what is said: all of it, nothing else counts. */
  'ledgerImport.again': {
    input: ledgerFileSaidSchema.extend(ofToken.shape),
    output: ledgerImportPreviewSchema,
  },
  /** Forgets what was remembered and counts in the waiting file. */
  'ledgerImport.forget': {
    input: forgetSchema,
    output: nothing,
  },
  /** Books all of it or nothing. */
  'ledgerImport.confirm': {
    input: ofToken.extend({ accepted: acceptedSchema }),
    output: z.strictObject({ added: key, known: key }),
  },
  'ledgerImport.discard': { input: ofToken, output: nothing },
} as const
