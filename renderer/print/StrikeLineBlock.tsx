import { prepareStrikeLine, strikeBars } from '#shared/domain/margins/strike-line.ts'
import type { ReportFacts } from '#shared/report/facts.ts'
import { usesSample } from '#shared/ipc/conditions.ts'
import type { Picture } from '#shared/domain/decision/picture.ts'
import { lineMoney, lineSentence } from '../charts/strike-line/bar-words.ts'
import { Legend, occurringIn } from '../charts/strike-line/Legend.tsx'
import { MoneyLine } from '../charts/strike-line/MoneyLine.tsx'
import { flipMarks, strikePlan } from '../charts/strike-line/plan.ts'
import { StrikeDrawing } from '../charts/strike-line/StrikeDrawing.tsx'
import { shownLine } from '../engine/shown-line.ts'

const MOST_BARS = 40
/** Pixels of the drawing, which fills the width of the page. */
const DRAWING = { widthPx: 700, heightPx: 214, textPx: 9 }

/** The strike line of the case; nothing where there is no network or no machine. */
export function StrikeLineBlock({ facts }: { readonly facts: ReportFacts }) {
  return facts.picture === null ? null : <Line facts={facts} picture={facts.picture} />
}

function Line({ facts, picture }: { readonly facts: ReportFacts; readonly picture: Picture }) {
  const { case: reportCase, money, asOfMs } = facts
  const { basis, market, advice } = picture
  const { hashpriceUsdPerPhDay: now, hashpriceAfterUsdPerPhDay: after } = market
  const ahead = Number.isFinite(after) ? after : null
  const line = shownLine(
    strikeBars(prepareStrikeLine(basis), { now, after: ahead }, MOST_BARS, advice?.decisions.verdict),
    basis.fleet,
  )
  if (line.bars.length === 0) return null
  const plan = strikePlan({
    bars: line.bars,
    hashprices: {
      ...{ now, real: now, after, after80: market.hashpriceAfter80 },
      inSight: [now, after],
    },
    past: usesSample(reportCase.network) ? null : reportCase.recent,
    nowMs: asOfMs,
    adjustmentAtMs: market.adjustmentAtMs,
    money,
    size: DRAWING,
  })
  const flips = advice?.flips()
  const marginUsdPerDay = advice?.totals.marginNowUsdPerDay.asIs ?? picture.totals.marginUsdPerDay
  const sums = lineMoney(line, picture.totals.marginUsdPerDay, marginUsdPerDay)
  return (
    <figure>
      <MoneyLine of={sums} money={money} />
      <StrikeDrawing
        label={lineSentence(line.bars, now, sums, money)}
        plan={plan}
        flips={
          <path
            className="flip"
            d={flipMarks(
              plan,
              [flips?.above, flips?.below].flatMap((flip) => flip?.hashpriceUsdPerPhDay ?? []),
              money,
            )}
          />
        }
      />
      <Legend occurring={occurringIn(line.bars)} />
    </figure>
  )
}
