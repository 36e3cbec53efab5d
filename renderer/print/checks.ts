import type { ReportCheck } from '#shared/report/drawn.ts'
import type { ReportFacts } from '#shared/report/facts.ts'
import { ratesUsed, VALUES_BENEATH } from '#shared/ipc/freshness.ts'
import { dateTime } from '#shared/format/times.ts'
import { counted } from '#shared/format/numbers.ts'
import { sampleWords, staleValues, staleWords } from '#shared/format/stale-values.ts'

const fine = (words: string): ReportCheck => ({ isFine: true, words })
const doubtful = (words: string): ReportCheck => ({ isFine: false, words })

/** What is to be known before a report is handed over: what its values are, and what is left out of its sums. */
export function checksOf({ case: reportCase, picture, asOfMs }: ReportFacts): readonly ReportCheck[] {
  const { network, fleet, currency, madeAtMs, finance } = reportCase
  if (picture === null) return [doubtful('No network data, so there are no figures.')]
  const values = staleValues(network, VALUES_BENEATH.advice, ratesUsed(fleet.tariffs, currency))
  const sample = values.filter(({ isSample }) => isSample === true)
  const typed = values.filter(({ isTyped }) => isTyped === true)
  const stale = values.filter((value) => value.isSample !== true && value.isTyped !== true)
  const { withoutFigures } = picture.totals
  return [
    ...(stale.length === 0
      ? [fine('No value is stale.')]
      : [doubtful(`Stale: ${staleWords(stale, asOfMs)}.`)]),
    ...(typed.length === 0 ? [] : [doubtful(`Typed by hand: ${staleWords(typed, asOfMs)}.`)]),
    ...(sample.length === 0 ? [] : [doubtful(`Not your network, ${sampleWords(sample)}.`)]),
    ...(network.readAtMs < madeAtMs && asOfMs !== madeAtMs && network.readAtMs === asOfMs
      ? [
          doubtful(
            `Network values are of ${dateTime(asOfMs)}; machines, contracts and settings are those of today.`,
          ),
        ]
      : []),
    withoutFigures === 0
      ? fine('Every running machine has its figures.')
      : doubtful(`${counted(withoutFigures, 'running machine')} left out of the sums: a figure is missing.`),
    ...(picture.refusal === null ? [] : [doubtful(`There is no advice: ${picture.refusal}.`)]),
    ...(finance.company.name === '' ? [doubtful('No company is named: Settings, Report.')] : []),
    ...(finance.company.preparedBy === '' ? [doubtful('Nobody is named who prepared it.')] : []),
  ]
}
