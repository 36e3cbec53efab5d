import { counted } from '#shared/format/numbers.ts'
import type { ShownSealedReport } from '#shared/ipc/schemas/report-seal.ts'
import { sealWords } from '#shared/format/seal.ts'
import { api } from '../lib/api.ts'
import { tell } from '../ui/toasts.ts'
import { done, shownTask } from './actions.ts'
import { packOf, templateOf } from './pack.ts'
import {
  changePack,
  choose,
  readSealed,
  readTemplates,
  requestOf,
  tellChange,
  useReports,
} from './reports-slice.ts'
import { selectWhatIfActive } from './selectors.ts'
import { useStore } from './store.ts'

export type ReportFile = 'pdf' | 'workbook' | 'csv' | 'json'

/** Said where something is tried out, of which a file that is handed over knows nothing. */
const OF_WHAT_IS_STORED = 'It speaks of what is stored, not of what is being tried out.'

/**
 * Makes the chosen report, and tells what was written.
 * @param isSaid that it is of what is stored, where something is tried out: the place Reports says so beside its buttons
 */
export async function saveAs(
  kind: ReportFile,
  isSaid = useStore.getState().screen === 'reports',
): Promise<void> {
  const isTrial = selectWhatIfActive(useStore.getState())
  if (isTrial && !isSaid) {
    tell('A report shows what is stored, and nothing of what is tried out.', {
      label: 'Save it',
      run: () => void saveAs(kind, true),
    })
    return
  }
  if (useReports.getState().templates === null) await readTemplates()
  const request = requestOf(useReports.getState())
  const words = await saved(kind, request)
  // It is known now, and the preview may have been made without it.
  if (words !== null && request.template.sections.includes('backtest')) tellChange()
  if (words !== null) tell(isTrial ? `${words} ${OF_WHAT_IS_STORED}` : words)
}

/** @returns what was written, in words; null where nothing was */
async function saved(kind: ReportFile, request: ReturnType<typeof requestOf>): Promise<string | null> {
  switch (kind) {
    case 'pdf': {
      const answer = await shownTask('Making the report', 'Steps', api.report.save(request))
      if (answer === null) return null
      await readSealed()
      const { fileName, pages, hash } = answer
      const seal = hash === null ? '' : `, sealed as ${sealWords(hash)}`
      return `Saved ${fileName}, ${counted(pages, 'page')}${seal}.`
    }
    case 'workbook': {
      const answer = await shownTask('Writing the workbook', 'Steps', api.report.workbook(request))
      return answer === null ? null : `Saved ${answer.fileName}.`
    }
    case 'csv':
    case 'json': {
      const answer = await shownTask(
        'Writing the tables',
        'Steps',
        api.report.tables({ ...request, format: kind }),
      )
      return answer === null ? null : `Saved ${counted(answer.tables, 'table')} as ${answer.fileName}.`
    }
  }
}

/** Keeps the template as it is now, under a name. @returns whether it is kept */
export async function keepTemplate(name: string): Promise<boolean> {
  const template = { ...templateOf(useReports.getState().pack), name }
  if ((await done(api.report.keepTemplate({ template }))) === null) return false
  await chooseAgain(name)
  tell(`The template ${name} is kept.`)
  return true
}

/** The template gets another name as it is stored; what was changed since stays with it. */
export async function renameTemplate(before: string, name: string): Promise<boolean> {
  const stored = useReports.getState().templates?.find((template) => template.name === before)
  if (stored === undefined) return false
  const template = { ...templateOf(packOf(stored)), name }
  if ((await done(api.report.keepTemplate({ template }))) === null) return false
  // One name is replaced whatever its case.
  if (before.toLowerCase() !== name.toLowerCase()) await done(api.report.removeTemplate({ name: before }))
  await readTemplates()
  changePack((pack) => ({ ...pack, name }))
  void useStore.getState().writeSettings({ reportTemplate: name })
  tell(`The template is called ${name} now.`)
  return true
}

export async function removeTemplate(name: string): Promise<void> {
  if ((await done(api.report.removeTemplate({ name }))) === null) return
  await chooseAgain(name)
  tell(`The template ${name} is removed.`)
}

/** Reads the templates and chooses the one of that name, else the first. */
async function chooseAgain(name: string): Promise<void> {
  await readTemplates()
  const { templates } = useReports.getState()
  const next = templates?.find((template) => template.name === name) ?? templates?.[0]
  if (next !== undefined) choose(next)
}

export async function chooseLogo(): Promise<void> {
  const answer = await done(api.report.setLogo({}))
  if (answer === null) return
  useReports.setState({ logo: answer.logo })
  tellChange()
}

export async function removeLogo(): Promise<void> {
  if ((await done(api.report.removeLogo({}))) === null) return
  useReports.setState({ logo: null })
  tellChange()
}

/** Computes a sealed report again with this program, and shows what differs. */
export async function recompute(report: ShownSealedReport): Promise<void> {
  const { hash } = report
  const found = await shownTask('Computing the report again', 'Per cent', api.report.recompute({ hash }))
  if (found !== null) useStore.getState().open({ kind: 'report', of: { kind: 'recomputed', report, found } })
}

/** Writes the PDF once more as it was handed over. */
export async function openSealed({ hash }: ShownSealedReport): Promise<void> {
  const answer = await done(api.report.openSealed({ hash }))
  if (answer === null) return
  tell(`Saved ${answer.fileName}, ${counted(answer.pages, 'page')}, as they were handed over.`)
}

export async function removeSealed({ hash }: ShownSealedReport): Promise<void> {
  if ((await done(api.report.removeSealed({ hash }))) === null) return
  await readSealed()
  tell(`The sealed report ${sealWords(hash)} is removed.`)
}
