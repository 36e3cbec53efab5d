import { cashInEpoch } from '../../domain/money/epoch-cash.ts'
import { treasuryAlong } from '../../domain/money/treasury.ts'
import type { TreasuryPath } from '../../domain/money/treasury.ts'
import { MS_PER_DAY } from '../../domain/units.ts'
import { btc } from '../../format/money.ts'
import { counted, percent } from '../../format/numbers.ts'
import { scenarioWords } from '../../format/tried-words.ts'
import type { Ahead, ScenarioAhead } from '../ahead.ts'
import { aheadOf } from '../ahead.ts'
import type { Finance } from '../case.ts'
import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { columnsOver, heading, note, sentence, table, tableOf } from '../table.ts'

/** Mined BTC along the projection: sold on the day, and held by the policy that is said. */
export function treasurySection(facts: ReportFacts): readonly Block[] {
  const { finance } = facts.case
  const { treasury } = finance
  if (treasury === null)
    return [
      sentence(
        'Nothing is said of a treasury. Fill in “Treasury” and “Share held” under Reports, Costs (finance.treasury-btc and finance.treasury-share-held on the command line).',
      ),
    ]
  const ahead = aheadOf(facts)
  if ('refusal' in ahead) return [sentence(ahead.refusal)]
  const [first] = ahead.scenarios
  const beyond = beyondMargin(facts, finance)
  const mark = treasury.markPriceUsdPerBtc ?? ahead.network.priceUsdPerBtc
  const path = treasuryAlong(
    first.epochs.map((epoch) => {
      const { btcPerDay, cashCostUsdPerDay } = cashInEpoch(ahead.cash, epoch, 'stop', beyond.usdPerDay)
      return {
        days: epoch.days,
        btcPerDay,
        costUsdPerDay: cashCostUsdPerDay,
        priceUsdPerBtc: epoch.priceUsdPerBtc,
      }
    }),
    { openingBtc: treasury.openingBtc, shareHeld: treasury.shareHeld, markPriceUsdPerBtc: mark },
  )
  const { money } = facts
  return [
    heading(
      'Treasury along the projection',
      `${counted(first.epochs.length, 'epoch')} of ${facts.case.scenarios.length === 0 ? 'a flat path' : `scenario “${first.name}”`}`,
    ),
    sentence(
      `${btc(treasury.openingBtc)} at the start. Mined BTC pay the cost of their epoch first; of what is left ${percent(treasury.shareHeld)} is held and the rest sold on the day. Where mining does not cover the cost, the treasury is sold; a shortfall is what it could not pay. BTC at both ends count ${money.whole(mark)}${treasury.markPriceUsdPerBtc === null ? ', the price of now' : ', as stated'}.`,
    ),
    {
      kind: 'facts',
      facts: [
        { label: 'Profit, every BTC sold on the day', text: money.whole(path.soldOnTheDayUsd), origin: '' },
        {
          label: `Profit, ${percent(treasury.shareHeld)} held`,
          text: money.whole(path.heldUsd),
          origin: `BTC at ${money.whole(mark)}`,
        },
      ],
    },
    pathTable(ahead, first, path),
    note(
      `${scenarioWords(first, first.scale, money)} Machines stop and start with the hashprice. Cost is cash: energy, grid and hosting, every machine’s fixed cost, standby of machines that are off${beyond.paid}.${beyond.missing}`,
    ),
  ]
}

/** What is paid beside the cash margin, less credits, USD/day; and in words which parts are in it. */
function beyondMargin(
  facts: ReportFacts,
  { generalUsdPerDay: general, demandResponseCreditsUsdPerDay: credits }: Finance,
) {
  const { fixedUsdPerDay, idleStandbyUsdPerDay, owedUsdPerDay } = facts.picture!.totals
  const missing = [
    ...(general === null ? ['general cost'] : []),
    ...(credits === null ? ['demand-response credits'] : []),
  ]
  return {
    usdPerDay: fixedUsdPerDay + idleStandbyUsdPerDay + owedUsdPerDay + (general ?? 0) - (credits ?? 0),
    paid: `${owedUsdPerDay === 0 ? '' : ', committed energy and fees of hosts'}${general === null ? '' : ', general cost'}${credits === null ? '' : ', less demand-response credits'}`,
    missing: missing.length === 0 ? '' : ` Not said, so not in it: ${missing.join(' and ')}.`,
  }
}

function pathTable({ network }: Ahead, { epochs }: ScenarioAhead, { rows }: TreasuryPath): Block {
  const { figure } = columnsOver(epochs.map((epoch, i) => ({ ...epoch, ...rows[i]! })))
  return table(
    tableOf('treasury', 'Treasury, by epoch', `All ${counted(epochs.length, 'epoch')}`, [
      figure('epoch', 'Epoch', 'count', ({ epoch }) => epoch),
      figure(
        'startsAtMs',
        'Starts',
        'day',
        ({ startsAtDay }) => (network.atMs ?? Number.NaN) + startsAtDay * MS_PER_DAY,
      ),
      figure('btcMined', 'Mined', 'btc', ({ btcMined }) => btcMined, 'sum'),
      figure('btcSoldToCover', 'Sold to cover', 'btc', ({ btcSoldToCover }) => btcSoldToCover, 'sum'),
      figure('btcSoldBeyond', 'Sold beyond', 'btc', ({ btcSoldBeyond }) => btcSoldBeyond, 'sum'),
      figure('btcHeld', 'Held at the end', 'btc', ({ btcHeld }) => btcHeld),
      figure('cashUsd', 'Cash so far', 'usd', ({ cashUsd }) => cashUsd),
      figure('shortfallUsd', 'Shortfall', 'usd', ({ shortfallUsd }) => shortfallUsd, 'sum'),
    ]),
  )
}
