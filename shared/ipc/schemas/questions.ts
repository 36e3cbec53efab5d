import { z } from 'zod'
import { count, text } from './bounds.ts'

/** What is surprising in a file and may be right; stored only where each name is accepted. */
export const questionsSchema = z
  .array(
    z.strictObject({
      name: text(40),
      /** what is asked, as the end of "Is this right: …?" */
      about: text(100),
      count,
      /** the first ones; row 0: the file as a whole */
      rows: z.array(z.strictObject({ row: count, column: text(100), message: text(400) })).max(20),
    }),
  )
  .max(20)
export type FileQuestions = z.infer<typeof questionsSchema>
