import { z } from 'zod'
import type { Store } from '#electron/store/sqlite/client.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { fieldText, issueWords } from '#shared/ipc/schemas/issue.ts'
import type { ShownTemplate } from '#shared/ipc/schemas/report-seal.ts'
import { templateSchema } from '#shared/ipc/schemas/reports.ts'
import type { PackTemplate, SectionName } from '#shared/report/pack.ts'
import { isSection, SECTION_NAMES, USUAL_TEMPLATES } from '#shared/report/pack.ts'

/** Sections by their names, of whichever program wrote them. */
const writtenSchema = templateSchema.extend({ sections: z.array(z.string().max(100)).min(1).max(100) })

const isSameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

type TemplateStore = Pick<Store, 'readReportTemplates' | 'readSettings'>

/** The usual templates, on the paper of the settings, and those that were kept, which take the place of a usual one of their name. */
export async function readTemplates(store: TemplateStore): Promise<readonly ShownTemplate[]> {
  const [stored, { paper }] = await Promise.all([store.readReportTemplates(), store.readSettings()])
  const kept = stored.map(({ name, text }) => ({
    ...templateOf(JSON.parse(text), `The template ‘${name}’`),
    isKept: true,
  }))
  const usual = USUAL_TEMPLATES.filter(({ name }) => !kept.some((each) => isSameName(each.name, name)))
  return [
    ...usual.map((template) => ({
      ...{ ...template, paper, isKept: false, gone: [] },
      sections: [...template.sections],
    })),
    ...kept,
  ]
}

/**
 * The template of a name, case ignored.
 * @throws StrikelineError 'bad-input' that says which there are, or that none of its sections is there any more
 */
export async function templateNamed(
  store: TemplateStore,
  name: string,
): Promise<{ readonly template: PackTemplate; readonly gone: readonly string[] }> {
  const templates = await readTemplates(store)
  const found = templates.find((each) => isSameName(each.name, name))
  if (found === undefined)
    throw new StrikelineError(
      'bad-input',
      `There is no template ‘${name}’; there are ${templates.map((each) => each.name).join(', ')}.`,
    )
  const { isKept, gone, ...template } = found
  if (isKept && template.sections.length === 0)
    throw new StrikelineError('bad-input', `The template ‘${name}’ has no section left. ${goneWords(gone)}`)
  return { template, gone }
}

/** What someone should know of sections that this program has not. */
export function goneWords(gone: readonly string[]): string {
  const names = gone.map((name) => `‘${name}’`).join(', ')
  return `${gone.length === 1 ? `The section ${names} is` : `The sections ${names} are`} not in this program, which has ${SECTION_NAMES.join(', ')}.`
}

/**
 * A template of a document.
 * @param of the file or the template, for messages
 * @throws StrikelineError 'bad-input' that names the field
 */
export function templateOf(
  document: unknown,
  of: string,
): PackTemplate & { gone: string[]; sections: SectionName[] } {
  const parsed = writtenSchema.safeParse(document)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    const field = fieldText(issue.path)
    throw new StrikelineError('bad-input', `${of}, field ${field}: ${issueWords(issue)}`, field)
  }
  const { sections, ...rest } = parsed.data
  const twice = sections.find((name, i) => sections.indexOf(name) !== i)
  if (twice !== undefined)
    throw new StrikelineError('bad-input', `${of}, field sections: has ‘${twice}’ twice`, 'sections')
  return {
    ...rest,
    sections: sections.filter(isSection),
    gone: sections.filter((name) => !isSection(name)),
  }
}

/** Keeps a template under its name. @throws StrikelineError 'bad-input' */
export async function keepTemplate(
  store: Pick<Store, 'keepReportTemplate'>,
  { name, title, sections, paper }: PackTemplate,
): Promise<void> {
  if (sections.length === 0)
    throw new StrikelineError('bad-input', `The template ‘${name}’ has no section.`, 'sections')
  await store.keepReportTemplate(name, JSON.stringify({ name, title, sections, paper }))
}
