import { z } from 'zod'
import { nothing } from './bounds.ts'

/** The address is typed, and never told: a chat service's address is its key. */
export const webhookStateSchema = z.strictObject({
  /** null: none is set, and nothing is sent */
  address: z
    .strictObject({
      host: z.string().max(300),
      /** session: until the program ends, because this system has no keystore */
      from: z.enum(['keystore', 'session', 'variable', 'file']),
    })
    .nullable(),
  /** whether this system has a keystore for an address that is typed */
  keystore: z.boolean(),
  /** why the address that is set cannot be used, in words; null where nothing is wrong */
  fault: z.string().max(1500).nullable(),
  /** alerts that are still to be sent */
  waiting: z.number().int().nonnegative(),
  /** when the next attempt is due, unix ms; null: nothing waits */
  nextMs: z.number().nullable(),
  /** of the last attempt; null: there was none */
  last: z
    .strictObject({
      atMs: z.number(),
      state: z.enum(['sent', 'waiting', 'given-up']),
      words: z.string().max(600),
    })
    .nullable(),
})
export type WebhookState = z.infer<typeof webhookStateSchema>

export const webhookTestSchema = z.strictObject({ arrived: z.boolean(), words: z.string().max(600) })
export type WebhookTest = z.infer<typeof webhookTestSchema>

export const webhookChannels = {
  'webhook.read': { input: nothing, output: webhookStateSchema },
  'webhook.set': {
    input: z.strictObject({ address: z.string().min(1).max(2000) }),
    output: webhookStateSchema,
  },
  /** The address is forgotten, and what waits with it. */
  'webhook.remove': { input: nothing, output: webhookStateSchema },
  /** Sends one message of kind "test" now, once. */
  'webhook.test': { input: nothing, output: webhookTestSchema },
} as const
