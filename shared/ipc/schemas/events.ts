import { z } from 'zod'
import type { EventName } from '../names.ts'
import { alertsStateSchema } from './alerts.ts'
import { commandSchema } from './commands.ts'
import { pastStatusSchema } from './past.ts'
import { networkStateSchema } from './network.ts'
import { settingsSchema } from './settings.ts'
import { watchedPricesSchema } from './watched.ts'
import { webhookStateSchema } from './webhook.ts'

/** What the main process tells the window without being asked. */
export const events = {
  'fleet.changed': z.strictObject({ revision: z.number() }),
  'network.changed': networkStateSchema,
  'settings.changed': settingsSchema,
  'past.changed': pastStatusSchema,
  'alerts.changed': alertsStateSchema,
  /** Stored scenarios are others: whoever shows them reads them again. */
  'scenarios.changed': z.strictObject({}),
  /** Entries, terms of pools or the costing are others: whoever shows the ledger reads it again. */
  'ledger.changed': z.strictObject({}),
  'webhook.changed': webhookStateSchema,
  'watched.changed': watchedPricesSchema,
  /** The database was looked after, or there is another copy. fault: why the copy of the day could not be made, in words */
  'backups.changed': z.strictObject({ fault: z.string().max(2000).nullable() }),
  /** A copy has taken the place of everything that is stored; what it holds is told by the events that follow. */
  'backups.restored': z.strictObject({}),
  /** total 0: not known yet */
  'task.progress': z.strictObject({ task: z.string().max(60), done: z.number(), total: z.number() }),
  'menu.command': z.strictObject({ command: commandSchema }),
} as const satisfies Record<EventName, z.ZodType>

export type Events = typeof events
export type EventPayload<N extends EventName> = z.output<Events[N]>
