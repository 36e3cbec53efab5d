import { basename } from 'node:path'
import { MOST_DIFFERENCES_SHOWN } from '#shared/ipc/schemas/report-seal.ts'
import type {
  reportSealChannels,
  ShownDifference,
  ShownSealedReport,
} from '#shared/ipc/schemas/report-seal.ts'
import { variedParts } from '#shared/format/margin-variance-words.ts'
import { differingWords } from '#shared/report/differences.ts'
import type { ReportDifference } from '#shared/report/differences.ts'
import { SECTION_TITLES } from '#shared/report/pack.ts'
import type { SealedReport } from '#electron/store/port.ts'
import type { HandlerPorts, Handlers } from './handlers.ts'

const MOST_LETTERS = 400
const cut = (text: string) => (text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text)

function shownDifference(difference: ReportDifference): ShownDifference {
  const { section, place, row, column } = difference
  return {
    section: section === null ? '' : SECTION_TITLES[section],
    ...{ table: cut(place), row: cut(row), column: cut(column) },
    ...{ then: cut(differingWords(difference.then)), now: cut(differingWords(difference.now)) },
  }
}

function shown(report: SealedReport): ShownSealedReport {
  const { hash, madeAtMs, asOfMs, title, company, template, version, pages, pdfBytes } = report
  return { hash, madeAtMs, asOfMs, title, company, template, version, pages, pdfBytes }
}

/** What reports are made like, and those that were handed over. What it needs beside the store is loaded when it is asked for. */
export function createSealHandlers({
  store,
  seal,
  dialogs,
}: Pick<HandlerPorts, 'store' | 'seal' | 'dialogs'>): Pick<Handlers, keyof typeof reportSealChannels> {
  const templates = async () => {
    const { readTemplates } = await import('./report-templates.ts')
    return { templates: [...(await readTemplates(store))] }
  }
  const logo = async () => ({ logo: await store.readLogo() })
  return {
    'report.templates': templates,
    async 'report.keepTemplate'({ template }) {
      const { keepTemplate } = await import('./report-templates.ts')
      await keepTemplate(store, template)
      return {}
    },
    async 'report.removeTemplate'({ name }) {
      await store.removeReportTemplate(name)
      return {}
    },
    'report.logo': logo,
    async 'report.setLogo'() {
      const path = await dialogs.openFile('logo')
      if (path === null) return null
      const { readLogo } = await import('#electron/files/logo/read-logo.ts')
      await store.putLogo(await readLogo(path))
      return logo()
    },
    async 'report.removeLogo'() {
      await store.putLogo(null)
      return {}
    },
    'report.sealed': async () => ({ reports: (await seal.list()).map(shown) }),
    async 'report.openSealed'({ hash }) {
      const path = await dialogs.saveFile('report-pdf', `report-${hash.slice(0, 12)}.pdf`)
      if (path === null) return null
      const { pages } = await seal.open(hash, path)
      return { fileName: basename(path), pages }
    },
    async 'report.recompute'({ hash }) {
      const { differences } = await seal.recompute(hash)
      return {
        differences: differences.slice(0, MOST_DIFFERENCES_SHOWN).map(shownDifference),
        more: Math.max(0, differences.length - MOST_DIFFERENCES_SHOWN),
      }
    },
    async 'report.compare'({ from, to }) {
      const { fromMs, toMs, variance } = await seal.compare(from, to)
      return {
        ...{ fromMs, toMs },
        ...{ fromUsdPerDay: variance.beforeUsdPerDay, toUsdPerDay: variance.afterUsdPerDay },
        parts: variedParts(variance).map(({ words, usdPerDay }) => ({ cause: words, usdPerDay })),
        ...{ machinesAdded: variance.machinesAdded, machinesGone: variance.machinesGone },
      }
    },
    async 'report.removeSealed'({ hash }) {
      await seal.remove(hash)
      return {}
    },
  }
}
