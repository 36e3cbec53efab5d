import { create } from 'zustand'
import type { ChannelOutput } from '#shared/ipc/schemas/channels.ts'
import type { ShownSealedReport, ShownTemplate } from '#shared/ipc/schemas/report-seal.ts'
import type { ReportPreview } from '#shared/ipc/schemas/reports.ts'
import type { SectionName } from '#shared/report/pack.ts'
import { USUAL_TEMPLATES } from '#shared/report/pack.ts'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import { api, settle } from '../lib/api.ts'
import type { Pack } from './pack.ts'
import { packOf, templateOf } from './pack.ts'
import { useStore } from './store.ts'

/** What the place Reports knows. It is a store of its own, because the window starts without it. */
export type ReportsState = {
  /** null until they are read; the usual ones are among them */
  readonly templates: readonly ShownTemplate[] | null
  /** the chosen template, with what was changed since */
  readonly pack: Pack
  /** YYYY-MM-DD; '': now */
  readonly asOfDay: string
  /** null: as it is */
  readonly scenario: string | null
  readonly scenarios: readonly string[]
  readonly logo: ChannelOutput<'report.logo'>['logo']
  /** the newest first; null until they are read */
  readonly sealed: readonly ShownSealedReport[] | null
  /** hash of the report that is compared with; null: the newest */
  readonly against: string | null
  readonly compared: ChannelOutput<'report.compare'> | null
  readonly comparedFault: string | null
  /** the last one that could be made */
  readonly preview: ReportPreview | null
  /** of the PDF of that preview; null while nobody has counted them */
  readonly pages: number | null
  /** another one is being made, and takes a while */
  readonly isMaking: boolean
  /** why the last one could not be made; null where it could */
  readonly previewFault: string | null
  /** the section that was asked for last; another object each time */
  readonly inSight: { readonly section: SectionName } | null
  /** of the lists, in words */
  readonly fault: string | null
  /** grows where something has changed that the pages show and nothing else tells of */
  readonly changes: number
}

export const useReports = create<ReportsState>()(() => ({
  templates: null,
  pack: packOf(USUAL_TEMPLATES[0]!),
  asOfDay: '',
  scenario: null,
  scenarios: [],
  logo: null,
  sealed: null,
  against: null,
  compared: null,
  comparedFault: null,
  preview: null,
  pages: null,
  isMaking: false,
  previewFault: null,
  inSight: null,
  fault: null,
  changes: 0,
}))

const set = useReports.setState

export const changePack = (change: (pack: Pack) => Pack): void => set(({ pack }) => ({ pack: change(pack) }))

// Usual templates are printed on the paper of the settings: another one counts at once.
useStore.subscribe(({ settings }, before) => {
  if (settings === null || before.settings === null || settings.paper === before.settings.paper) return
  const { paper } = settings
  const { templates } = useReports.getState()
  set({ templates: templates?.map((each) => (each.isKept ? each : { ...each, paper })) ?? null })
  if (selectStored(useReports.getState())?.isKept !== true) changePack((pack) => ({ ...pack, paper }))
})

/** Something that the pages show is another one. */
export const tellChange = (): void => set(({ changes }) => ({ changes: changes + 1 }))

export function choose(template: ShownTemplate): void {
  set({ pack: packOf(template) })
  void useStore.getState().writeSettings({ reportTemplate: template.name })
}

/** Reads the templates. The one that was chosen last is chosen at first. */
export async function readTemplates(): Promise<void> {
  const isFirst = useReports.getState().templates === null
  const answer = await settle(api.report.templates({}))
  if (!answer.ok) {
    set({ fault: answer.error.message })
    return
  }
  // The place may be opened before the settings have come.
  if (isFirst && useStore.getState().settings === null) await useStore.getState().readSettings()
  const { templates } = answer.value
  set({ templates, fault: null })
  if (!isFirst) return
  const name = useStore.getState().settings?.reportTemplate
  const chosen = templates.find((template) => template.name === name) ?? templates[0]
  if (chosen !== undefined) set({ pack: packOf(chosen) })
}

export async function readSealed(): Promise<void> {
  const answer = await settle(api.report.sealed({}))
  if (!answer.ok) set({ fault: answer.error.message })
  else set({ sealed: answer.value.reports, fault: null })
}

/** Reads which scenarios are stored. One that is chosen and gone is chosen no more. */
export async function readScenarios(): Promise<void> {
  const answer = await settle(api.scenarios.read({}))
  if (!answer.ok) return
  const scenarios = answer.value.scenarios.map(({ name }) => name)
  set(({ scenario }) => ({ scenarios, scenario: scenarios.find((name) => name === scenario) ?? null }))
}

/** Reads all that is listed. */
export async function readLists(): Promise<void> {
  const [logo] = await Promise.all([
    settle(api.report.logo({})),
    readScenarios(),
    readTemplates(),
    readSealed(),
  ])
  if (logo.ok) set({ logo: logo.value.logo })
}

type What = Pick<ReportsState, 'pack' | 'asOfDay' | 'scenario'>

/** What is asked of the main process. A day is looked at as it ended. */
export const requestOf = ({ pack, asOfDay, scenario }: What) => ({
  template: templateOf(pack),
  asOfMs: asOfDay === '' ? null : Date.parse(asOfDay) + MS_PER_DAY - 1,
  scenario,
})

/** The template that is worked on, as it is stored; null where it is not. */
export const selectStored = ({ templates, pack }: ReportsState): ShownTemplate | null =>
  templates?.find(({ name }) => name === pack.name) ?? null

/** The sealed report that is compared with; null where there is none. */
export const selectAgainst = ({ sealed, against }: ReportsState): ShownSealedReport | null =>
  sealed?.find(({ hash }) => hash === against) ?? sealed?.[0] ?? null
