import type { ReportCase } from './case.ts'
import type { Block, ReportDocument } from './document.ts'
import type { ReportFacts } from './facts.ts'
import type { LookedBack } from './looked-back.ts'
import { factsOf } from './facts.ts'
import type { SectionName } from './pack.ts'
import { coverSection } from './sections/cover.ts'
import { positionSection } from './sections/position.ts'
import { sitesSection } from './sections/sites.ts'
import { modelsSection } from './sections/models.ts'
import { changesSection } from './sections/changes.ts'
import { projectionSection } from './sections/projection.ts'
import { rangeSection } from './sections/range.ts'
import { bridgeSection } from './sections/bridge.ts'
import { treasurySection } from './sections/treasury.ts'
import { ledgerSection } from './sections/ledger.ts'
import { returnsSection } from './sections/returns.ts'
import { contractsSection } from './sections/contracts.ts'
import { decisionsSection } from './sections/decisions.ts'
import { backtestSection } from './sections/backtest.ts'
import { definitionsSection } from './sections/definitions.ts'
import { sourcesSection } from './sections/sources.ts'
import { machinesSection } from './sections/machines.ts'
import { signOffSection } from './sections/sign-off.ts'

const SECTIONS: Readonly<Record<SectionName, (facts: ReportFacts) => readonly Block[]>> = {
  cover: coverSection,
  position: positionSection,
  sites: sitesSection,
  models: modelsSection,
  changes: changesSection,
  projection: projectionSection,
  range: rangeSection,
  bridge: bridgeSection,
  treasury: treasurySection,
  ledger: ledgerSection,
  returns: returnsSection,
  contracts: contractsSection,
  decisions: decisionsSection,
  backtest: backtestSection,
  definitions: definitionsSection,
  sources: sourcesSection,
  machines: machinesSection,
  signOff: signOffSection,
}

/**
 * The document of a case: the sections of its template, in their order. A case gives the same document on every machine.
 * @param lookedBack its back-test where that has been computed already
 */
export const reportDocument = (
  reportCase: ReportCase,
  lookedBack: LookedBack | null = null,
): ReportDocument => documentOf(factsOf(reportCase, lookedBack))

export function documentOf(facts: ReportFacts): ReportDocument {
  const { template, finance, asOfMs } = facts.case
  return {
    title: template.title,
    company: finance.company.name,
    asOfMs,
    sections: template.sections.flatMap((name) => {
      const blocks = SECTIONS[name](facts)
      return blocks.length === 0 ? [] : [{ name, blocks }]
    }),
  }
}
