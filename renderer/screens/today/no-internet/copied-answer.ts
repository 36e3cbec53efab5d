import type { SiteToCall } from '#shared/domain/decision/acts/called.ts'
import { actCountWords, doWords } from '#shared/format/act-words.ts'
import type { Money } from '#shared/format/money.ts'
import { count, counted } from '#shared/format/numbers.ts'
import type { AnswerWords } from '#shared/format/answer-words.ts'
import type { WorkLines } from '../../../engine/protocol.ts'

/** The answer as text to send on: the sentence, what it rests on, every site, and the lots of this computer's own. */
export function copiedAnswer(
  money: Money,
  { before, moneyUsd, after }: AnswerWords,
  hashpriceUsdPerPhDay: number,
  sites: readonly SiteToCall[],
  lots: WorkLines | null,
): string {
  const sentence = `${before}${Number.isNaN(moneyUsd) ? '' : money.amount(moneyUsd)}${after}`
  const lines =
    lots?.lines.map(
      (line, i) =>
        `  ${doWords(line.act, line.untilMs, line.point)}: ${line.id}, ${count(line.machines)} ${line.model}, ${money.amount(lots.usdPerDay[i]!)} a day if it runs`,
    ) ?? []
  const more = lots === null ? 0 : lots.length - lots.lines.length
  const home = lots?.lines[0]?.site
  return [
    sentence,
    `At a hashprice of ${money.perPh(hashpriceUsdPerPhDay)}.`,
    ...sites.flatMap((call) => [
      `${call.site}: ${actCountWords(call).toLowerCase()}`,
      ...(call.site === home ? lines : []),
      ...(call.site === home && more > 0 ? [`  and ${counted(more, 'more lot')}`] : []),
    ]),
    '',
  ].join('\n')
}
