import type { ReportColumn, ReportDocument, ReportTable } from '#shared/report/document.ts'

/** A table under a name that no other table of the document has. */
export type NamedTable = { readonly id: string; readonly table: ReportTable }

/** Every table of a document, in its order. A second one of the same name is numbered. */
export function tablesOf({ sections }: ReportDocument): readonly NamedTable[] {
  const seen = new Map<string, number>()
  const tables = sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : [])),
  )
  return tables.map((table) => {
    const before = seen.get(table.id) ?? 0
    seen.set(table.id, before + 1)
    return { id: before === 0 ? table.id : `${table.id}-${before + 1}`, table }
  })
}

/** Its name beside the figures: a moment is no number of milliseconds there. */
export const keyOf = ({ key, look }: ReportColumn): string => (look === 'day' ? key.replace(/Ms$/, '') : key)

/** A cell as it is, not as it is printed: unrounded, a moment as 2026-01-31T00:00:00Z; null where there is no such figure. */
export function valueAt({ look, values }: ReportColumn, row: number): string | number | null {
  const value = values[row]!
  return typeof value === 'string' ? value : plainValue(look, value)
}

export function plainValue(look: ReportColumn['look'], value: number): string | number | null {
  if (!Number.isFinite(value)) return null
  return look === 'day' ? new Date(value).toISOString().replace(/\.\d+Z$/, 'Z') : value
}
