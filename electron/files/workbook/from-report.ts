import { sourceWord } from '#shared/format/words.ts'
import { conditionsOf } from '#shared/ipc/conditions.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { depreciating } from '#shared/report/bridge-steps.ts'
import type { ReportCase } from '#shared/report/case.ts'
import type { WorkbookCase } from './case.ts'

/** The workbook of what a report is made from. @throws StrikelineError 'bad-input' while the network is not known */
export function workbookOfReport(of: ReportCase): WorkbookCase {
  const { template, finance, fleet, network } = of
  const conditions = conditionsOf(network)
  if (conditions === null)
    throw new StrikelineError(
      'bad-input',
      'The network is not known, so a workbook would have no figures: refresh it, or type today’s hashprice.',
    )
  return {
    title: template.title,
    company: finance.company.name,
    version: of.version,
    madeAtMs: of.madeAtMs,
    asOfMs: of.asOfMs,
    fleet: { machines: fleet.machines, sites: fleet.sites },
    tariffs: fleet.tariffs,
    inputs: of.inputs,
    conditions,
    ...originsIn(network),
    horizonDays: of.horizonDays,
    scenario: of.scenarios[0]!,
    ...(of.ledger === undefined ? {} : { ledger: of.ledger }),
    finance: {
      generalUsdPerDay: finance.generalUsdPerDay,
      demandResponseCreditsUsdPerDay: finance.demandResponseCreditsUsdPerDay,
      depreciationUsdPerDay: depreciating(finance.purchases, of.asOfMs).usdPerDay,
    },
  }
}

/** Where the values of a network and its exchange rates come from. */
function originsIn({ values, rates }: NetworkState): Pick<WorkbookCase, 'origins' | 'rates'> {
  return {
    origins: Object.fromEntries(
      Object.entries(values).flatMap(([name, dated]) =>
        dated === null ? [] : [[name, { source: sourceWord(dated.source), asOfMs: dated.asOfMs }]],
      ),
    ),
    rates: Object.entries(rates).flatMap(([currency, dated]) =>
      dated === null
        ? []
        : [
            {
              currency: currency as Currency,
              usdPerUnit: dated.value,
              source: sourceWord(dated.source),
              asOfMs: dated.asOfMs,
            },
          ],
    ),
  }
}
