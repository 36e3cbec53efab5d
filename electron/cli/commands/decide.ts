import {
  decideFleet,
  NO_VERDICT,
  optionValuesUsd,
  VERDICTS,
  verdictProbability,
} from '#shared/domain/decide.ts'
import type { Outlook } from '#shared/domain/decide.ts'
import { estimateAdjustment } from '#shared/domain/adjustment.ts'
import { prepareMargins } from '#shared/domain/fleet-margins.ts'
import type { MarginBasis } from '#shared/domain/fleet-margins.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/network.ts'
import type { NetworkConditions } from '#shared/domain/network.ts'
import { outlookFrom } from '#shared/domain/outlook.ts'
import { decisionTotals } from '#shared/domain/decision-totals.ts'
import { usd } from '#shared/format/money.ts'
import { count, probability } from '#shared/format/numbers.ts'
import { VERDICT_WORDS } from '#shared/format/words.ts'
import { caseOptions, readCase } from '../case.ts'
import { defineCommand, EXIT, numberOption } from '../command.ts'
import { existing, existingFields, writeDocument, writeLine } from '../json.ts'
import { textTable } from '../text-table.ts'
import { contractAdvice } from '../contract-advice.ts'
import type { Advice } from '../contract-advice.ts'
import { estimateFor } from './adjustment.ts'
import { identity } from './margins.ts'

const BLOCKS_PER_EPOCH = 2016
const SECONDS_PER_BLOCK = 600

export const command = defineCommand({
  name: 'decide',
  summary: 'run, pause until the adjustment, or power down: per machine, with the money',
  options: {
    ...caseOptions,
    'horizon-days': { type: 'string', value: 'N', help: 'days to weigh (until the adjustment and 14 more)' },
    change: {
      type: 'string',
      value: 'δ',
      help: 'the adjustment to assume, e.g. -0.05, instead of the estimate',
    },
    sites: { type: 'string', value: 'SITES.JSON', help: 'contracts and tariffs of the sites' },
  },
  async run(call) {
    const { options, host } = call
    const horizonDays =
      numberOption('decide', 'horizon-days', options['horizon-days'], {
        min: 0.01,
        max: 3660,
        unit: 'days',
      }) ?? null
    const change =
      numberOption('decide', 'change', options.change, {
        min: -0.75,
        max: 3,
        unit: '(a fraction: -0.05 is −5 %)',
      }) ?? null
    const { fleet, network } = await readCase(call)
    const basis = prepareMargins(fleet)
    const outlook = outlookFrom(
      hashpriceUsdPerPhDay(network),
      timing(network, change, options.network ?? 'the stored network'),
      {
        change,
        horizonDays,
      },
    )
    const advice =
      options.sites === undefined
        ? plainAdvice(basis, outlook)
        : await contractAdvice(basis, outlook, network.atMs, call.path(options.sites), host.stderr)
    const { decisions, totals } = advice
    if (options.json) {
      await writeDocument(host.stdout, {
        head: {
          change: outlook.change,
          daysToAdjustment: outlook.daysToAdjustment,
          horizonDays: outlook.horizonDays,
          hashpriceUsdPerPhDay: existing(outlook.hashpriceUsdPerPhDay),
        },
        list: 'machines',
        rows: basis.length,
        row: (i) => decisionRow(basis, advice, i),
        tail: {
          fleet: {
            verdicts: totals.machines,
            gainUsd: existing(totals.gainUsd),
            valueUsd: existingFields(totals.valueUsd),
            marginNowUsdPerDay: existing(totals.marginNowUsdPerDay.asIs),
            marginAfterUsdPerDay: existing(totals.marginAfterUsdPerDay.asIs),
            advisedMarginNowUsdPerDay: existing(totals.marginNowUsdPerDay.advised),
            advisedMarginAfterUsdPerDay: existing(totals.marginAfterUsdPerDay.advised),
          },
          ...(advice.sites === null ? {} : { sites: advice.sites }),
        },
      })
      return EXIT.done
    }
    const { run, pause, off } = totals.machines
    await writeLine(
      host.stdout,
      `Run ${count(run)}, pause ${count(pause)}, power down ${count(off)} machines: saves ${usd(totals.gainUsd)} over ${outlook.horizonDays.toFixed(1)} days.`,
    )
    const rows = Array.from({ length: basis.length }, (_, i) => [
      ...identity(basis, i),
      decisions.verdict[i] === NO_VERDICT ? '–' : VERDICT_WORDS[VERDICTS[decisions.verdict[i]!]!],
      usd(decisions.gainUsd[i]!),
      probability(advice.probability(i)),
    ])
    const columns = [
      { title: 'id' },
      { title: 'model' },
      { title: 'site' },
      { title: 'advice' },
      { title: 'saves USD', right: true },
      { title: 'probability', right: true },
    ]
    for (const line of textTable(columns, rows)) await writeLine(host.stdout, line)
    return EXIT.done
  },
})

/**
 * When the adjustment comes. An assumed change needs only the height for that: without the state of the epoch
 * its blocks are taken at the pace that the last retarget aimed for.
 */
function timing(network: NetworkConditions, change: number | null, name: string) {
  if (network.epoch !== null || change === null) return estimateFor(network, name)
  const blocks = network.height % BLOCKS_PER_EPOCH
  return estimateAdjustment({ blocks, seconds: blocks * SECONDS_PER_BLOCK }, [])
}

function plainAdvice(basis: MarginBasis, outlook: Outlook): Advice {
  const decisions = decideFleet(basis, outlook)
  return {
    decisions,
    totals: decisionTotals(basis, decisions, outlook),
    valueUsd: (i) => optionValuesUsd(basis, outlook, i),
    probability: (i) => verdictProbability(basis, decisions, outlook, i),
    sites: null,
  }
}

function decisionRow(basis: MarginBasis, { decisions, ...advice }: Advice, i: number) {
  const [id] = identity(basis, i)
  const verdict = decisions.verdict[i]!
  return {
    id,
    verdict: verdict === NO_VERDICT ? null : VERDICTS[verdict],
    gainUsd: existing(decisions.gainUsd[i]!),
    probability: existing(advice.probability(i)),
    valueUsd: existingFields(advice.valueUsd(i)),
    marginNowUsdPerDay: existing(decisions.marginNowUsdPerDay[i]!),
    marginAfterUsdPerDay: existing(decisions.marginAfterUsdPerDay[i]!),
  }
}
