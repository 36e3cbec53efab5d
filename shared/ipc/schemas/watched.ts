import { z } from 'zod'
import { key, text } from './bounds.ts'

/** Price files that are read again when they change, and how they stand to what is stored. */
export const watchedPricesSchema = z
  .array(
    z.strictObject({
      key,
      siteKey: key,
      site: text(100),
      field: z.enum(['market.file', 'takeOrPay.handBackFile']),
      path: text(4096),
      fileName: text(300),
      /** when its prices were stored last; null where they never were */
      readAtMs: z.number().nullable(),
      /** whether the prices that count are those that were read from it last */
      isStored: z.boolean(),
      /** why the file as it is now is not stored; null where it is */
      fault: z
        .strictObject({
          message: text(2000),
          sinceMs: z.number(),
          /** it is surprising and may be right */
          isQuestion: z.boolean(),
        })
        .nullable(),
    }),
  )
  .max(2000)
export type WatchedPrices = z.infer<typeof watchedPricesSchema>
