import type { Fleet } from '../fleet/fleet.ts'
import type { StrikeBar } from './strike-line.ts'

/** Model and site of a bar, as far as all of it shares them: null where it holds several, '' where its lots have no model. */
export type BarNames = { readonly model: string | null; readonly site: string | null }

/** The names of a bar of this fleet's strike line. */
export function barNames({ modelCode, siteRow }: StrikeBar, { machines, sites }: Fleet): BarNames {
  return {
    model: modelCode === null ? null : machines.model.labels[modelCode]!,
    site: siteRow === null ? null : sites.name[siteRow]!,
  }
}
