import { StrikelineError } from '../ipc/errors.ts'
import type { Paper } from '../ipc/schemas/channels.ts'
import type { PackTemplate, SectionName } from './pack.ts'
import { SECTION_NAMES } from './pack.ts'

/** A template as it was kept or typed: by another version perhaps, which had other sections. */
export type StatedTemplate = {
  readonly name: string
  readonly title: string
  readonly sections: readonly string[]
  readonly paper: Paper
}

/** @throws StrikelineError 'bad-input' that names the section: one that is gone, one that stands twice, or that there is none */
export function checkedTemplate(stated: StatedTemplate): PackTemplate {
  const { name, sections } = stated
  const refuse = (fault: string): never => {
    throw new StrikelineError('bad-input', `The template “${name}” ${fault}`)
  }
  if (sections.length === 0) refuse('has no section: choose at least one.')
  const isKnown = (section: string): section is SectionName =>
    SECTION_NAMES.some((known) => known === section)
  const known = sections.filter(isKnown)
  const gone = sections.find((section) => !isKnown(section))
  if (gone !== undefined)
    refuse(
      `names the section “${gone}”, which this version does not have: take it out of the template. There are ${SECTION_NAMES.join(', ')}.`,
    )
  const twice = sections.find((section, i) => sections.indexOf(section) !== i)
  if (twice !== undefined) refuse(`names the section “${twice}” twice: each section stands once.`)
  return { ...stated, sections: known }
}
