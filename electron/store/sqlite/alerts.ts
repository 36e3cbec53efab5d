import { fieldText, issueWords } from '#shared/ipc/schemas/issue.ts'
import type { z } from 'zod'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { AlertMemory, AlertOccurrence, AlertRule } from '#shared/domain/alerts.ts'
import type { StoredAlert, StoredAlertEvent } from '../port.ts'
import type { WebhookDelivery } from '../webhook-port.ts'

// The schemas are loaded when an alert is read or written, not when the program starts.
const schemas = () => import('#shared/ipc/schemas/alerts.ts')

/** @throws StrikelineError 'database-broken' where a stored alert is not what this program writes */
export async function alertsFrom(stored: readonly StoredAlert[]): Promise<readonly StoredAlert[]> {
  if (stored.length === 0) return stored
  const { alertRuleSchema, alertMemorySchema } = await schemas()
  return stored.map(({ key, rule, memory, activeSinceMs }) => ({
    key,
    rule: sound(alertRuleSchema, rule, `The rule of alert ${key}`),
    memory: memory === null ? null : sound(alertMemorySchema, memory, `The memory of alert ${key}`),
    activeSinceMs,
  }))
}

/** @throws StrikelineError 'database-broken' where a stored event is not what this program writes */
export async function alertEventsFrom(
  stored: readonly StoredAlertEvent[],
): Promise<readonly StoredAlertEvent[]> {
  if (stored.length === 0) return stored
  const { alertOccurrenceSchema } = await schemas()
  return stored.map((event) => ({
    ...event,
    occurrence: sound(alertOccurrenceSchema, event.occurrence, `Event ${event.key} of an alert`),
  }))
}

/** @throws StrikelineError 'database-broken' where what is to be sent is not what this program writes */
export async function deliveryFrom(stored: WebhookDelivery | null): Promise<WebhookDelivery | null> {
  if (stored === null) return null
  const { alertOccurrenceSchema } = await schemas()
  const occurrence = sound(alertOccurrenceSchema, stored.occurrence, `Event ${stored.event} of an alert`)
  return { ...stored, occurrence }
}

/** @throws StrikelineError 'bad-input' with the first field that is not acceptable */
export async function acceptedRule(rule: AlertRule): Promise<AlertRule> {
  const { alertRuleSchema } = await schemas()
  return accepted(alertRuleSchema, rule)
}

type Happened = readonly { readonly atMs: number; readonly occurrence: AlertOccurrence }[]

/** @throws StrikelineError 'bad-input' with the first field that is not acceptable: stored, it could not be read again */
export async function acceptedOutcome(
  memory: AlertMemory,
  happened: Happened,
): Promise<{ readonly memory: AlertMemory; readonly happened: Happened }> {
  const { alertMemorySchema, alertOccurrenceSchema } = await schemas()
  return {
    memory: accepted(alertMemorySchema, memory),
    happened: happened.map(({ atMs, occurrence }) => ({
      atMs,
      occurrence: accepted(alertOccurrenceSchema, occurrence),
    })),
  }
}

function accepted<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const { field, words } = firstIssue(parsed.error)
  throw new StrikelineError('bad-input', words, field)
}

function sound<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new StrikelineError(
    'database-broken',
    `${what} is not readable (${firstIssue(parsed.error).words}). Restore a backup of the fleet.`,
  )
}

function firstIssue(error: z.ZodError): { readonly field: string; readonly words: string } {
  const issue = error.issues[0]!
  const field = fieldText(issue.path)
  const message = issueWords(issue)
  return { field, words: field === '' ? message : `${field}: ${message}` }
}
