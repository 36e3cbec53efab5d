import { z } from 'zod'
import { ADVICE_FILTERS, GRID_COLUMNS, GROUPINGS } from '../table-view.ts'
import type { GridColumn, TableView } from '../table-view.ts'

const column = z.enum(GRID_COLUMNS as readonly [GridColumn, ...GridColumn[]])

export const tableViewSchema = z.strictObject({
  columns: z
    .array(column)
    .min(1)
    .refine((columns) => new Set(columns).size === columns.length, 'names a column twice')
    .readonly(),
  widths: z.partialRecord(column, z.number().min(1).max(100)),
  sort: z.strictObject({ column, descending: z.boolean() }),
  group: z.enum(GROUPINGS).nullable(),
  filter: z.strictObject({
    text: z.string().max(200),
    siteKey: z.number().int().nonnegative().nullable(),
    model: z.string().max(200).nullable(),
    verdict: z.enum(ADVICE_FILTERS).nullable(),
  }),
}) satisfies z.ZodType<TableView>
