import { z } from 'zod'
import { MOST_LIFE_DAYS, MOST_PURCHASE_USD } from '#shared/domain/money/purchase.ts'
import type { MachineColumns, MachineInput, SiteColumns } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { MOST_BY_LENGTH } from '#shared/domain/decision/acts/decision-log.ts'
import { VERDICTS } from '#shared/domain/decision/words.ts'
import { FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import {
  decisionSchema,
  markedListSchema,
  recordedSchema,
  recordInputSchema,
  workListInputSchema,
} from './acts.ts'
import { alertRuleSchema, alertsStateSchema } from './alerts.ts'
import { backtestChannels } from './backtest.ts'
import { backupCheckSchema, backupNameSchema, backupsSchema, restoredSchema } from './backups.ts'
import { contractTermsSchema, machinePolicySchema } from './site-contract.ts'
import { caseInputsSchema, partChoiceSchema, partPreviewSchema, siteAgreementsSchema } from './case.ts'
import { commandsSchema } from './commands.ts'
import {
  pastSchema,
  pastStatusSchema,
  importedPastSchema,
  networkFilePreviewSchema,
  networkFileSummarySchema,
} from './past.ts'
import { networkStateSchema, typedHashpriceSchema } from './network.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import {
  each,
  FIELD_NAMES,
  isNumberName,
  LABEL_NAMES,
  NUMBER_NAMES,
  numberField,
  TEXT_NAMES,
} from '#shared/domain/fleet/fields.ts'
import type { FieldName, NumberName } from '#shared/domain/fleet/fields.ts'
import { MOST_NAME_LENGTH, nameFault, textFault } from '#shared/domain/fleet/names.ts'
import type { ChannelName } from '../names.ts'
import { settingsSchema } from './settings.ts'
import { questionsSchema } from './questions.ts'
import { PAPERS } from '../../report/pack.ts'
import { reportPreviewSchema, reportRequestSchema, savedReportSchema } from './reports.ts'
import { rememberedSchema, typedThingSchema } from './remembered.ts'
import { decisionChannels } from './decisions.ts'
import { reportSealChannels } from './report-seal.ts'
import { scenarioChannels } from './scenarios.ts'
import { watchedPricesSchema } from './watched.ts'
import { webhookChannels } from './webhook.ts'

/**
 * The one object that the main process, the preload, the window and the tests derive their calls from:
 * name → what goes in, what comes out. Every string and list has a bound; unknown keys are refused.
 */

const nothing = z.strictObject({})
const text = (max: number) => z.string().max(max)
const key = z.number().int().nonnegative()
/** The text of a field, or '' */
const shortText = z
  .string()
  .trim()
  .max(MOST_NAME_LENGTH)
  .refine((value) => nameFault(value) === null, 'must not contain control characters')
const name = shortText.min(1)

function bounded(field: NumberName) {
  const { bounds, whole } = numberField(field)
  const number = z.number().min(bounds[0]).max(bounds[1])
  return whole === true ? number.int() : number
}

/** What a site pays in a currency of its own, per kWh. Then the USD figures follow from it and the rate in force. */
const tariffSchema = z.strictObject({
  currency: z.enum(FOREIGN_CURRENCIES),
  powerPricePerKwh: z.number().min(-1_000_000).max(1_000_000).nullable(),
  otherPerKwh: z.number().min(-1_000_000).max(1_000_000),
})
export type Tariff = z.infer<typeof tariffSchema>

export const siteInputSchema = z.strictObject({
  name,
  powerPriceUsdPerKwh: bounded('powerPriceUsdPerKwh').nullable(),
  otherUsdPerKwh: bounded('otherUsdPerKwh'),
  overhead: bounded('overhead'),
  /** null: the site pays in USD; else the two USD figures above are not read */
  tariff: tariffSchema.nullable().default(null),
})
export type SiteInput = z.input<typeof siteInputSchema>

type Shape<Input> = { [K in keyof Input]-?: z.ZodType<Input[K], Input[K]> }

const machineShape = {
  ...each([...LABEL_NAMES, ...TEXT_NAMES], (field) =>
    z
      .string()
      .trim()
      .refine((value) => textFault(field, value) === null, 'is too long or contains control characters'),
  ),
  ...each(NUMBER_NAMES, (field) =>
    numberField(field).optional ? bounded(field).nullable() : bounded(field),
  ),
  /** null: one is made */
  id: name.nullable(),
  siteKey: key,
  status: z.enum(MACHINE_STATUSES),
} as Shape<MachineInput>

const machineInputSchema = z.strictObject(machineShape)
const machinePatchSchema = machineInputSchema.omit({ id: true }).partial()

const someKeys = z.array(key).min(1).max(1_000_000)

const fieldName = z.enum(FIELD_NAMES as readonly [FieldName, ...FieldName[]])

const archivePageSchema = z.strictObject({
  /** rows of the whole archive, and those that were asked for */
  total: key,
  found: key,
  machines: z
    .array(
      z.strictObject({
        key,
        archivedAtMs: z.number(),
        id: text(100),
        model: text(100),
        /** where it stood on that day */
        site: text(100),
        quantity: key,
      }),
    )
    .max(200),
})
export type ArchivePage = z.infer<typeof archivePageSchema>

const machineChangeSchema = z.strictObject({
  /** of the step of undo, in words */
  label: text(200),
  /** null: not kept */
  atMs: z.number().nullable(),
  /** none: it was added, or something beside its fields has changed */
  fields: z.array(z.strictObject({ name: fieldName, before: text(1000), after: text(1000) })).max(100),
})
export type MachineChange = z.infer<typeof machineChangeSchema>

const machineDecisionSchema = z.strictObject({
  atMs: z.number(),
  kind: z.enum(['done', 'not-now']),
  reason: text(1000),
  isTakenBack: z.boolean(),
  /** what was advised */
  act: z.enum(VERDICTS),
  /** machines of the lot that were to be switched, and that were */
  advised: key,
  done: key,
})
export type MachineDecision = z.infer<typeof machineDecisionSchema>

const columns = <T extends { length: number }>() =>
  z.custom<T>((value) => typeof value === 'object' && value !== null && 'length' in value)

const fleetViewSchema = z.strictObject({
  /** grows by one with every change of the fleet */
  revision: z.number().int().nonnegative(),
  machines: columns<MachineColumns>(),
  sites: columns<SiteColumns>(),
  /** sites that pay in a currency of their own; a site whose rate is unknown has no power price */
  tariffs: z.array(tariffSchema.extend({ siteKey: key })).max(100_000),
  /** sites with a stored contract, and the operator's own ladders of profiles */
  contracts: z.number().int().nonnegative(),
  ladders: z.number().int().nonnegative(),
  /** what undo and redo would take back, in words; null where there is nothing */
  undo: text(200).nullable(),
  redo: text(200).nullable(),
})
export type FleetView = z.infer<typeof fleetViewSchema>

/** A fleet without its machines. */
const fleetHeaderSchema = fleetViewSchema.omit({ machines: true }).extend({
  /** how many machines and lots there are */
  rows: key,
  /** what of its machines comes through the fleet port: none, because those of the revision that was named are still right; some; all */
  delivery: z.enum(['same', 'rows', 'all']),
})
export type FleetHeader = z.infer<typeof fleetHeaderSchema>

export const importPreviewSchema = z.strictObject({
  token: text(60),
  fileName: text(300),
  rows: key,
  machines: key,
  /** rows that would be new, and rows whose id is in the fleet already */
  added: key,
  updated: key,
  sites: z.array(z.strictObject({ name: text(100), rows: key, isNew: z.boolean() })).max(1000),
  /** columns that are not ours: kept as notes */
  noteColumns: z.array(text(100)).max(200),
  filledFromCatalogue: key,
  withoutFigures: key,
  withoutPowerPrice: key,
  /** of all machines together, to see whether the file was understood */
  hashrateThs: z.number().nonnegative(),
  powerW: z.number().nonnegative(),
  /** how the columns read that are not written as ours, in sentences */
  understood: z.array(text(400)).max(40),
  questions: questionsSchema,
  /** what was not asked because the same was answered before */
  answered: z.array(z.strictObject({ name: text(40), about: text(100), count: key })).max(20),
  /** how each column of the file was read */
  headings: z
    .array(
      z.strictObject({
        /** as the file spells it */
        heading: text(200),
        /** null: a note, or at fault */
        field: fieldName.nullable(),
        factor: z.number(),
        offset: z.number(),
        /** its heading does not say the unit, so that every cell has to */
        isUnitless: z.boolean(),
        /** by someone, now or before, and not by its heading */
        isSaid: z.boolean(),
        /** the first cell that is not empty */
        example: text(60),
        fault: text(400).nullable(),
      }),
    )
    .max(300),
  /** the units in which numbers can be read, ours first; a text has none */
  choices: z
    .array(
      z.strictObject({
        field: fieldName,
        units: z.array(z.strictObject({ label: text(40), factor: z.number(), offset: z.number() })).max(10),
      }),
    )
    .max(40),
  /** words under status that someone said what they are; null: nobody did */
  statusWords: z
    .array(z.strictObject({ word: text(60), status: z.enum(MACHINE_STATUSES).nullable() }))
    .max(100),
  /** what was said about a file with the same headings counts */
  isRecalled: z.boolean(),
  /** nothing in the file decides what its decimal sign is */
  isSignOpen: z.boolean(),
  /** what was answered about it */
  decimalSign: z.enum(['.', ',']).nullable(),
  /** the file is a list of objects: rows are entries, columns keys */
  isList: z.boolean(),
  errorCount: key,
  /** the first ones; remedy: what to type on the command line, the end of the sentence */
  errors: z
    .array(z.strictObject({ row: key, column: text(100), message: text(400), remedy: text(700) }))
    .max(100),
  /** the first rows as understood, one array of cells per row in the order of `columns` */
  columns: z.array(text(100)).max(40),
  sample: z.array(z.array(text(120)).max(40)).max(20),
})
export type ImportPreview = z.infer<typeof importPreviewSchema>

/** What someone said in the window about the columns of the waiting file: all of it, nothing else counts. */
export const columnsSaidSchema = z.strictObject({
  columns: z
    .array(
      z
        .strictObject({
          heading: text(200).min(1),
          /** null: a note */
          field: fieldName.nullable(),
          factor: z.number().positive(),
          offset: z.number().min(-1_000_000).max(1_000_000),
        })
        .refine(
          ({ field, factor, offset }) =>
            (field !== null && isNumberName(field)) || (factor === 1 && offset === 0),
          'only a number has a factor',
        ),
    )
    .max(300),
  statusWords: z.array(z.strictObject({ word: text(60).min(1), status: z.enum(MACHINE_STATUSES) })).max(100),
  decimalSign: z.enum(['.', ',']).nullable(),
})
export type ColumnsSaid = z.infer<typeof columnsSaidSchema>

const revision = z.number().int().nonnegative()
const changed = z.strictObject({ revision })

const MOST_PURCHASES = 10_000
const purchaseSchema = z.strictObject({
  name,
  boughtAtMs: z.int().nullable(),
  costUsd: z.number().min(0).max(MOST_PURCHASE_USD),
  salvageUsd: z.number().min(0).max(MOST_PURCHASE_USD),
  lifeDays: z.int().min(1).max(MOST_LIFE_DAYS),
})
/** the fleet's revision that the page shows: a change of another one is refused */
const lookedAt = z.strictObject({ revision: revision.optional() })

export const SECRET_NAMES = ['bitcoind'] as const
export type SecretName = (typeof SECRET_NAMES)[number]

/** Which secrets are known, never the secrets themselves. */
const secretsStateSchema = z.strictObject({
  /** whether this system has a keystore; without one a secret is kept until the program ends */
  keystore: z.boolean(),
  known: z.record(z.enum(SECRET_NAMES), z.strictObject({ user: text(100), stored: z.boolean() }).nullable()),
  /** why a stored secret cannot be read, in words; absent where nothing is wrong */
  fault: text(600).optional(),
})
export type SecretsState = z.infer<typeof secretsStateSchema>

export const moveFileSchema = z.strictObject({
  token: text(60),
  fileName: text(300),
  machines: key,
  madeAtMs: z.number(),
})
export type MoveFile = z.infer<typeof moveFileSchema>

export const channels = {
  /** have: the revision whose machines the page holds; null: none. The machines come through the fleet port. */
  'fleet.read': { input: z.strictObject({ have: key.nullable() }), output: fleetHeaderSchema },
  'fleet.addMachine': {
    // copyOf: key of the machine whose policy and own ladder it gets too
    input: machineInputSchema.extend({ copyOf: key.optional() }),
    output: changed.extend({ key, id: text(100) }),
  },
  'fleet.updateMachines': {
    input: z.strictObject({
      keys: someKeys,
      patch: machinePatchSchema,
      /** what the fields of the patch were when they were shown */
      before: machinePatchSchema.optional(),
    }),
    output: changed,
  },
  'fleet.removeMachines': {
    input: z.strictObject({ keys: someKeys }),
    output: changed,
  },
  'fleet.setPolicy': {
    input: z.strictObject({ keys: someKeys, policy: z.enum(MACHINE_POLICIES) }),
    output: changed,
  },
  /** Takes machines out of the fleet and keeps them. */
  'fleet.archive': { input: z.strictObject({ keys: someKeys }), output: changed },
  /** What is archived, the newest first; of many the first ones. */
  'fleet.readArchive': { input: z.strictObject({ text: text(100) }), output: archivePageSchema },
  'fleet.bringBack': { input: z.strictObject({ keys: someKeys }), output: changed },
  /** What undo remembers of a machine, and the decisions that it was in, the newest first. */
  'fleet.machineHistory': {
    input: z.strictObject({ key }),
    output: z.strictObject({
      changes: z.array(machineChangeSchema).max(100),
      decisions: z.array(machineDecisionSchema).max(100),
    }),
  },
  'fleet.loadSample': { input: nothing, output: changed },
  'fleet.undo': { input: lookedAt, output: changed },
  'fleet.redo': { input: lookedAt, output: changed },
  /** null: the dialog was closed */
  'fleet.exportCsv': {
    input: nothing,
    output: z.strictObject({ fileName: text(300), rows: key }).nullable(),
  },
  /** per word the machines whose notes have it */
  'fleet.findNotes': {
    input: z.strictObject({ words: z.array(text(200).min(1)).max(100) }),
    output: z.array(z.strictObject({ word: text(200), keys: z.custom<Float64Array>() })),
  },
  /** Writes a table of operating points that the page has made. null: the dialog was closed */
  'model.savePoints': {
    input: z.strictObject({ name: text(100), lines: z.array(text(2000)).max(2000) }),
    output: z.strictObject({ fileName: text(300) }).nullable(),
  },
  /** What machines were bought with, in the order in which it was added. */
  'purchases.read': {
    input: nothing,
    output: z.strictObject({ purchases: z.array(purchaseSchema.extend({ key })).max(MOST_PURCHASES) }),
  },
  /** key null: a new one */
  'purchases.put': {
    input: z.strictObject({ key: key.nullable(), purchase: purchaseSchema }),
    output: changed.extend({ key }),
  },
  'purchases.remove': { input: z.strictObject({ key }), output: changed },
  'site.add': { input: siteInputSchema, output: changed.extend({ key }) },
  'site.update': {
    // replaceOwn: machines with a value of their own for a changed field take the site's again
    // before: the site when it was shown
    input: z.strictObject({
      ...{ key, site: siteInputSchema, replaceOwn: z.boolean() },
      before: siteInputSchema.optional(),
    }),
    output: changed,
  },
  /** removes the site and its machines */
  'site.remove': { input: z.strictObject({ key }), output: changed },
  /** Stores what was agreed for a site, and how its machines take part in it: one step of undo. */
  'site.agree': {
    input: z.strictObject({
      site: text(100),
      /** null: they stay */
      terms: contractTermsSchema.nullable(),
      /** those that were shown; null: there was no contract */
      before: contractTermsSchema.nullable(),
      policies: z.array(z.strictObject({ id: text(100), policy: machinePolicySchema })).max(100_000),
    }),
    output: changed,
  },
  /** workList: the file is a work list that comes home, and waits as one; null: the dialog was closed */
  'import.choose': {
    input: nothing,
    output: z.union([importPreviewSchema, z.strictObject({ workList: markedListSchema })]).nullable(),
  },
  /** Reads the waiting file again with these columns. */
  'import.again': {
    input: columnsSaidSchema.extend({ token: text(60) }),
    output: importPreviewSchema,
  },
  /** Forgets what was remembered and counts in the waiting file. */
  'import.forget': {
    input: z.strictObject({ token: text(60), what: z.enum(['columns', 'answers']) }),
    output: nothing,
  },
  'import.confirm': {
    // merge: rows with a known id replace that machine, the rest of the fleet stays; replace: the file is the fleet
    input: z.strictObject({
      token: text(60),
      mode: z.enum(['merge', 'replace']),
      /** names of the questions of the preview that were answered with yes */
      accepted: z.array(text(40)).max(20),
    }),
    output: changed.extend({ added: key, updated: key, removed: key }),
  },
  'import.discard': { input: z.strictObject({ token: text(60) }), output: nothing },
  /** What was advised and done, newest first. */
  'acts.read': { input: nothing, output: z.strictObject({ decisions: z.array(decisionSchema).max(500) }) },
  /** Records what was done about the advice, or why not now, and switches the machines that are done. */
  'acts.record': { input: recordInputSchema, output: recordedSchema },
  /** Withdraws a "not now". */
  'acts.takeBack': { input: z.strictObject({ key }), output: nothing },
  /** As CSV. null: the dialog was closed */
  'acts.saveWorkList': {
    input: workListInputSchema,
    output: z.strictObject({ fileName: text(300), rows: key }).nullable(),
  },
  /** As PDF. null: the dialog was closed */
  'acts.printWorkList': {
    input: workListInputSchema.extend({ paper: z.enum(PAPERS) }),
    output: z.strictObject({ fileName: text(300), pages: key }).nullable(),
  },
  /** Reads a work list with its done column filled in. null: the dialog was closed */
  'acts.chooseMarked': {
    input: z.strictObject({ seenAtMs: z.number() }),
    output: markedListSchema.nullable(),
  },
  'acts.confirmMarked': {
    // accepted: what may be wrong about it was said to be right; by: as of acts.record, for lines that do not say it themselves
    input: z.strictObject({
      token: text(60),
      accepted: z.boolean(),
      by: text(MOST_BY_LENGTH).exactOptional(),
    }),
    output: recordedSchema,
  },
  'acts.discardMarked': { input: z.strictObject({ token: text(60) }), output: nothing },
  /** All that a verdict rests on beside fleet and market. It follows the fleet's revision and the settings. */
  'case.read': { input: nothing, output: caseInputsSchema },
  /** The same in words, by site. */
  'case.agreements': { input: nothing, output: siteAgreementsSchema },
  /** Reads a sites.json with its price files, a table of profiles, or a site's prices. null: the dialog was closed */
  'parts.choose': {
    input: partChoiceSchema,
    output: partPreviewSchema.nullable(),
  },
  'parts.confirm': {
    input: z.strictObject({
      token: text(60),
      /** what differs takes the place of what is stored */
      replace: z.boolean(),
      /** names of the questions of the preview that were answered with yes */
      accepted: z.array(text(40)).max(20),
      /** its price files are read again when they change */
      isWatched: z.boolean(),
    }),
    output: changed,
  },
  'parts.discard': { input: z.strictObject({ token: text(60) }), output: nothing },
  /** Price files that are read again when they change. */
  'watched.read': { input: nothing, output: watchedPricesSchema },
  /** Reads one now. accepted: names of questions about it that were answered with yes */
  'watched.readAgain': {
    input: z.strictObject({ key, accepted: z.array(text(40)).max(20) }),
    output: watchedPricesSchema,
  },
  /** Its prices stay; undo takes it back. */
  'watched.stop': { input: z.strictObject({ key }), output: changed },
  /** What was said once and holds for the next file or value, the latest first. */
  'remembered.read': {
    input: nothing,
    output: z.strictObject({ total: key, latest: z.array(rememberedSchema).max(500) }),
  },
  /** All of them, or none where one is not there any more. */
  'remembered.forget': { input: z.strictObject({ ids: z.array(text(40)).min(1).max(500) }), output: nothing },
  /** Places of the typed values that were not said to be right before. */
  'remembered.findOpen': {
    input: z.strictObject({ things: z.array(typedThingSchema).max(100) }),
    output: z.strictObject({ open: z.array(key) }),
  },
  /** Remembers typed values as right. */
  'remembered.agree': {
    input: z.strictObject({ things: z.array(typedThingSchema).max(100) }),
    output: nothing,
  },
  'network.read': { input: nothing, output: networkStateSchema },
  'network.refresh': { input: nothing, output: networkStateSchema },
  'network.type': {
    // null takes the typed value back, so that the fetched one counts again
    input: z.strictObject({ name: z.enum(NETWORK_VALUE_NAMES), value: z.number().nullable() }),
    output: networkStateSchema,
  },
  'network.typeHashprice': {
    // null takes it back, the adjustment with it
    input: z.strictObject({ typed: typedHashpriceSchema.nullable() }),
    output: networkStateSchema,
  },
  'rates.type': {
    input: z.strictObject({
      currency: z.enum(FOREIGN_CURRENCIES),
      /** null takes the typed rate back */
      usdPerUnit: z.number().positive().max(1_000_000).nullable(),
    }),
    output: networkStateSchema,
  },
  'past.read': { input: nothing, output: pastSchema },
  'past.status': { input: nothing, output: pastStatusSchema },
  /** Begins to fill the history where it ends, or says that it is being filled already. */
  'past.backfill': { input: nothing, output: pastStatusSchema },
  'past.stop': { input: nothing, output: pastStatusSchema },
  /** null: the dialog was closed */
  'past.importCsv': { input: nothing, output: importedPastSchema.nullable() },
  'past.exportCsv': {
    input: nothing,
    output: z.strictObject({ fileName: text(300), days: key }).nullable(),
  },
  'past.forgetImported': { input: nothing, output: z.strictObject({ days: key }) },
  'network.exportFile': {
    // withCase: also contracts, policies, ladders, limits and what sites pay
    input: z.strictObject({ withCase: z.boolean() }),
    output: networkFileSummarySchema.nullable(),
  },
  /** Looks into a network file, which waits to be taken. null: the dialog was closed */
  'network.chooseFile': { input: nothing, output: networkFilePreviewSchema.nullable() },
  /** parts: contracts and the like that the file holds, waiting to be confirmed; null: it holds none */
  'network.takeFile': {
    input: z.strictObject({ token: text(60) }),
    output: networkFileSummarySchema.extend({ parts: partPreviewSchema.nullable() }),
  },
  /** Writes all but passwords into one file for another computer. null: the dialog was closed */
  'move.out': {
    input: nothing,
    output: z.strictObject({ fileName: text(300), machines: key }).nullable(),
  },
  /** Looks through a file of another computer, which waits to be taken over. null: the dialog was closed */
  'move.choose': { input: nothing, output: moveFileSchema.nullable() },
  /** Puts it in the place of all that is here, which is copied first; the program starts again. */
  'move.takeOver': { input: z.strictObject({ token: text(60) }), output: nothing },
  'alerts.read': { input: nothing, output: alertsStateSchema },
  /** key null: a new one */
  'alerts.put': {
    input: z.strictObject({ key: key.nullable(), rule: alertRuleSchema }),
    output: alertsStateSchema,
  },
  'alerts.remove': { input: z.strictObject({ key }), output: alertsStateSchema },
  'alerts.markRead': { input: nothing, output: alertsStateSchema },
  'secrets.read': { input: nothing, output: secretsStateSchema },
  'secrets.write': {
    // null forgets it
    input: z.strictObject({
      name: z.enum(SECRET_NAMES),
      secret: z
        .strictObject({
          // HTTP Basic ends the user at the first colon
          user: name.regex(/^[^:]*$/, 'must not contain a colon'),
          password: text(500).min(1),
        })
        .nullable(),
    }),
    output: secretsStateSchema,
  },
  'settings.read': { input: nothing, output: settingsSchema },
  // A path of a file that is read never comes from the page: the command line sets those.
  'settings.write': {
    input: settingsSchema.omit({ bitcoindCookieFile: true, webhookFile: true }).partial(),
    output: settingsSchema,
  },
  /** The pages as they would be printed now, long tables cut. */
  'report.preview': { input: reportRequestSchema, output: reportPreviewSchema },
  /** How many pages the PDF would have; null: not known, because something newer was asked for or it would take long. */
  'report.count': { input: reportRequestSchema, output: z.strictObject({ pages: key.nullable() }) },
  /** null: the dialog was closed */
  'report.save': { input: reportRequestSchema, output: savedReportSchema.nullable() },
  /** null: the dialog was closed */
  'report.workbook': {
    input: reportRequestSchema,
    output: z.strictObject({ fileName: text(300) }).nullable(),
  },
  /** null: the dialog was closed */
  'report.tables': {
    input: reportRequestSchema.extend({ format: z.enum(['csv', 'json']) }),
    output: z.strictObject({ fileName: text(300), tables: key }).nullable(),
  },
  ...webhookChannels,
  ...decisionChannels,
  ...reportSealChannels,
  ...scenarioChannels,
  ...backtestChannels,
  'backups.read': { input: nothing, output: backupsSchema },
  /** Looks all through one copy. */
  'backups.check': { input: z.strictObject({ name: backupNameSchema }), output: backupCheckSchema },
  'backups.make': { input: nothing, output: z.strictObject({ name: backupNameSchema }) },
  /** For good; the only sound one stays. */
  'backups.remove': { input: z.strictObject({ name: backupNameSchema }), output: nothing },
  /** Everything that is stored is another one then: what the page holds of it is told anew by events. */
  'backups.restore': { input: z.strictObject({ name: backupNameSchema }), output: restoredSchema },
  'task.cancel': { input: nothing, output: nothing },
  /** All that the window starts with. Every machine comes through the fleet port. */
  'app.start': {
    input: nothing,
    output: z.strictObject({
      settings: settingsSchema,
      network: networkStateSchema,
      alerts: alertsStateSchema,
      past: pastStatusSchema,
      fleet: fleetHeaderSchema,
      /** why the copy of the day could not be made, in words; null where nothing is wrong */
      backupFault: text(2000).nullable(),
    }),
  },
  'app.about': {
    input: nothing,
    output: z.strictObject({
      version: text(40),
      electron: text(40),
      dataFolder: text(1000),
      runtimeNote: text(400).nullable(),
    }),
  },
  /** Which commands have nothing to do now: the menu shows them so. */
  'app.commands': { input: z.strictObject({ idle: commandsSchema }), output: nothing },
  /** Licences of the software by others that is in the program. */
  'app.notices': { input: nothing, output: z.strictObject({ text: text(1_000_000) }) },
  'app.openLink': { input: z.strictObject({ link: z.enum(['licence', 'mempool']) }), output: nothing },
} as const satisfies Record<ChannelName, { input: z.ZodType; output: z.ZodType }>

export type Channels = typeof channels
export type ChannelInput<N extends ChannelName> = z.input<Channels[N]['input']>
export type ChannelOutput<N extends ChannelName> = z.output<Channels[N]['output']>
