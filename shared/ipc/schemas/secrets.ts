import { z } from 'zod'
import { name, nothing, text } from './bounds.ts'

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

/** Calls about secrets: they go in and never out. */
export const secretChannels = {
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
} as const
