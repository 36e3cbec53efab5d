import type { Paper } from '#shared/ipc/schemas/channels.ts'
import type { PackTemplate, SectionName } from '#shared/report/pack.ts'
import { SECTION_NAMES } from '#shared/report/pack.ts'

/** A template as it is worked on: every section has its place, also those that are left out. */
export type Pack = {
  readonly name: string
  readonly title: string
  readonly paper: Paper
  readonly order: readonly SectionName[]
  readonly isIn: ReadonlySet<SectionName>
}

/** Those that are left out come last, in their usual order. */
export const packOf = ({ name, title, paper, sections }: PackTemplate): Pack => ({
  name,
  title,
  paper,
  order: [...sections, ...SECTION_NAMES.filter((section) => !sections.includes(section))],
  isIn: new Set(sections),
})

export const templateOf = ({ name, title, paper, order, isIn }: Pack) => ({
  name,
  title,
  paper,
  sections: order.filter((section) => isIn.has(section)),
})

/** A section taken in or left out; it keeps its place. */
export function toggled(pack: Pack, section: SectionName): Pack {
  const isIn = new Set(pack.isIn)
  if (!isIn.delete(section)) isIn.add(section)
  return { ...pack, isIn }
}

/** A section moved to a place of the list, counted from 0; one beyond its ends is the end. */
export function movedTo(pack: Pack, section: SectionName, place: number): Pack {
  const others = pack.order.filter((each) => each !== section)
  const at = Math.min(Math.max(place, 0), others.length)
  return { ...pack, order: others.toSpliced(at, 0, section) }
}

export const movedBy = (pack: Pack, section: SectionName, places: number): Pack =>
  movedTo(pack, section, pack.order.indexOf(section) + places)

/** Whether it would be another template than the stored one. */
export const differsFrom = (pack: Pack, stored: PackTemplate): boolean =>
  JSON.stringify(templateOf(pack)) !== JSON.stringify(templateOf(packOf(stored)))
