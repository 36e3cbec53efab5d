import { z } from 'zod'
import type { ChannelName } from '../names.ts'
import { actChannels } from './acts.ts'
import { alertRuleSchema, alertsStateSchema } from './alerts.ts'
import { backtestChannels } from './backtest.ts'
import { backupCheckSchema, backupNameSchema, backupsSchema, restoredSchema } from './backups.ts'
import { changed, key, nothing, text } from './bounds.ts'
import { caseInputsSchema, partChoiceSchema, partPreviewSchema, siteAgreementsSchema } from './case.ts'
import { commandsSchema } from './commands.ts'
import { decisionChannels } from './decisions.ts'
import { fleetChannels, fleetHeaderSchema } from './fleet.ts'
import { importChannels } from './import.ts'
import { ledgerImportChannels } from './ledger-import.ts'
import { ledgerChannels } from './ledger.ts'
import { networkChannels } from './network-calls.ts'
import { networkStateSchema } from './network.ts'
import { pastStatusSchema } from './past.ts'
import { purchaseChannels } from './purchases.ts'
import { rememberedSchema, typedThingSchema } from './remembered.ts'
import { reportSealChannels } from './report-seal.ts'
import { reportChannels } from './reports.ts'
import { scenarioChannels } from './scenarios.ts'
import { secretChannels } from './secrets.ts'
import { settingsSchema } from './settings.ts'
import { watchedPricesSchema } from './watched.ts'
import { webhookChannels } from './webhook.ts'

/**
 * The one object that the main process, the preload, the window and the tests derive their calls from:
 * name → what goes in, what comes out. Every string and list has a bound; unknown keys are refused.
 */

export const moveFileSchema = z.strictObject({
  token: text(60),
  fileName: text(300),
  machines: key,
  madeAtMs: z.number(),
})
export type MoveFile = z.infer<typeof moveFileSchema>

export const channels = {
  ...fleetChannels,
  ...purchaseChannels,
  ...importChannels,
  ...ledgerImportChannels,
  ...actChannels,
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
  ...networkChannels,
  /** Writes all but passwords into one file for another computer. null: the dialog was closed */
  'move.out': {
    input: nothing,
    output: z.strictObject({ fileName: text(300), machines: key }).nullable(),
  },
  /** Looks through a file of another computer, which waits to be taken over. null: the dialog was closed */
  'move.choose': { input: nothing, output: moveFileSchema.nullable() },
  /** Puts it in the place of all that is here, which is copied first; the program starts again. */
  'move.takeOver': { input: z.strictObject({ token: text(60) }), output: nothing },
  /** key null: a new one */
  'alerts.put': {
    input: z.strictObject({ key: key.nullable(), rule: alertRuleSchema }),
    output: alertsStateSchema,
  },
  'alerts.remove': { input: z.strictObject({ key }), output: alertsStateSchema },
  'alerts.markRead': { input: nothing, output: alertsStateSchema },
  ...secretChannels,
  'settings.read': { input: nothing, output: settingsSchema },
  // A path of a file that is read never comes from the page: the command line sets those.
  'settings.write': {
    input: settingsSchema.omit({ bitcoindCookieFile: true, webhookFile: true }).partial(),
    output: settingsSchema,
  },
  ...reportChannels,
  ...webhookChannels,
  ...decisionChannels,
  ...ledgerChannels,
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
