import { z } from 'zod'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import { FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import { key, nothing, text } from './bounds.ts'
import { partPreviewSchema } from './case.ts'
import { networkStateSchema, typedHashpriceSchema } from './network.ts'
import {
  importedPastSchema,
  networkFilePreviewSchema,
  networkFileSummarySchema,
  pastSchema,
  pastStatusSchema,
} from './past.ts'

/** Calls about values of the network, rates, the past, and the file that carries them. */
export const networkChannels = {
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
} as const
