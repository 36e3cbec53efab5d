import { BLOCKS_PER_EPOCH, SECONDS_PER_BLOCK } from '#shared/domain/units.ts'
import {
  decideFleet,
  NO_VERDICT,
  optionValuesUsd,
  runningMarginsUsdPerDay,
  VERDICTS,
  verdictProbability,
} from '#shared/domain/decision/decide.ts'
import type { Outlook } from '#shared/domain/decision/decide.ts'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { outlookFrom } from '#shared/domain/chain/outlook.ts'
import { decisionTotals } from '#shared/domain/decision/decision-totals.ts'
import { decideWithProfiles } from '#shared/domain/decision/profile-decisions.ts'
import { profileVerdict } from '#shared/domain/decision/profile-option.ts'
import { usd } from '#shared/format/money.ts'
import { count, probability } from '#shared/format/numbers.ts'
import { VERDICT_WORDS } from '#shared/format/words.ts'
import { caseOptions, readCase } from '../case.ts'
import { defineCommand, EXIT, numberOption, UsageError } from '../command.ts'
import type { Call } from '../command.ts'
import { ladderOptions, laddersFor } from '../ladders.ts'
import { existing, existingFields, writeDocument, writeLine } from '../json.ts'
import { storedSites } from '../site-contracts.ts'
import { withStore } from '../stored.ts'
import { textTable } from '../text-table.ts'
import { readSites } from '#electron/files/sites/read-sites.ts'
import { contractAdvice } from '../contract-advice.ts'
import type { Advice } from '../contract-advice.ts'
import { estimateFor } from './adjustment.ts'
import { identity } from './margins.ts'

const contractOptions = {
  sites: { type: 'string', value: 'SITES.JSON', help: 'contracts and tariffs of the sites' },
  contracts: { type: 'boolean', help: 'weigh the stored contracts of the stored fleet' },
} as const

const profileOptions = {
  ...ladderOptions,
  profiles: {
    type: 'string',
    value: 'PROFILES.CSV',
    help: 'operating points by model: running at one is an option too',
  },
} as const

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
    ...contractOptions,
    ...profileOptions,
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
    const asked = (['profiles', 'sites', 'contracts'] as const).filter(
      (name) => options[name] !== undefined && options[name] !== false,
    )
    if (asked.length > 1)
      throw new UsageError(`decide: --${asked.join(' and --')} cannot be weighed together; give one of them`)
    if (options.contracts && options.fleet !== undefined)
      throw new UsageError(
        'decide: --contracts are those of the stored fleet; with --fleet give --sites SITES.JSON',
      )
    const { fleet, network, stale } = await readCase(call)
    const basis = prepareMargins(fleet)
    const outlook = outlookFrom(
      hashpriceUsdPerPhDay(network),
      timing(network, change, options.network ?? 'the stored network'),
      {
        change,
        horizonDays,
      },
    )
    const contracts = await contractsFor(call, fleet)
    const advice =
      contracts === null
        ? await plainAdvice(call, basis, outlook)
        : await contractAdvice(basis, outlook, network.atMs, contracts.sites, contracts.name, host.stderr)
    const { totals } = advice
    if (options.json) {
      await writeDocument(host.stdout, {
        head: {
          change: outlook.change,
          daysToAdjustment: outlook.daysToAdjustment,
          horizonDays: outlook.horizonDays,
          hashpriceUsdPerPhDay: existing(outlook.hashpriceUsdPerPhDay),
          stale,
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
    const { run, pause, off, profile = 0 } = totals.machines
    await writeLine(
      host.stdout,
      `Run ${count(run)}, ${profile > 0 ? `run ${count(profile)} at another profile, ` : ''}pause ${count(pause)}, power down ${count(off)} machines: saves ${usd(totals.gainUsd)} over ${outlook.horizonDays.toFixed(1)} days.`,
    )
    const rows = Array.from({ length: basis.length }, (_, i) => [
      ...identity(basis, i),
      verdictWords(advice, i),
      usd(gainOf(advice, i)),
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

type DecideCall = Call<typeof caseOptions & typeof profileOptions & typeof contractOptions>

/** The contracts that were asked for; null where none were. */
async function contractsFor({ options, path, host }: DecideCall, fleet: Fleet) {
  if (options.sites !== undefined) return { sites: await readSites(path(options.sites)), name: options.sites }
  if (!options.contracts) return null
  const sites = await withStore(host, options.data, (store) => storedSites(store, fleet))
  return { sites, name: 'the stored contracts' }
}

/** Verdicts at the fleet's own prices; with --profiles running at a profile is an option too. */
async function plainAdvice(call: DecideCall, basis: MarginBasis, outlook: Outlook): Promise<Advice> {
  const decisions = decideFleet(basis, outlook)
  const totals = decisionTotals(basis, decisions, outlook)
  const plain = {
    decisions,
    totals,
    valueUsd: (i: number) => optionValuesUsd(basis, outlook, i),
    probability: (i: number) => verdictProbability(basis, decisions, outlook, i),
    marginUsdPerDay: (i: number) => runningMarginsUsdPerDay(basis, outlook, i),
    sites: null,
    profiles: null,
  }
  if (call.options.profiles === undefined) return plain
  const ladderOf = await laddersFor(call, basis.fleet, [])
  const withProfiles = decideWithProfiles(basis, decisions, outlook, totals, (i) => ladderOf(i)?.points ?? [])
  return {
    ...plain,
    totals: withProfiles.totals,
    profiles: withProfiles.chosen,
    // Of more than the three options the probability has no closed form.
    probability: (i) => (withProfiles.chosen.has(i) ? NaN : plain.probability(i)),
  }
}

/** Gain of the advice against running on as it is. */
function gainOf(advice: Advice, i: number): number {
  const option = advice.profiles?.get(i)
  return option === undefined ? advice.decisions.gainUsd[i]! : option.valueUsd - advice.valueUsd(i).run
}

function verdictWords(advice: Advice, i: number): string {
  const option = advice.profiles?.get(i)
  if (option !== undefined) return `Run at ${option.profile.name}`
  const verdict = advice.decisions.verdict[i]!
  return verdict === NO_VERDICT ? '–' : VERDICT_WORDS[VERDICTS[verdict]!]
}

function decisionRow(basis: MarginBasis, advice: Advice, i: number) {
  const { decisions } = advice
  const [id] = identity(basis, i)
  const option = advice.profiles?.get(i)
  const verdict = decisions.verdict[i]!
  const margin = advice.marginUsdPerDay(i)
  return {
    id,
    verdict:
      option !== undefined
        ? profileVerdict(option.profile)
        : verdict === NO_VERDICT
          ? null
          : VERDICTS[verdict],
    gainUsd: gainOf(advice, i),
    probability: advice.probability(i),
    valueUsd: option === undefined ? advice.valueUsd(i) : { ...advice.valueUsd(i), profile: option.valueUsd },
    marginNowUsdPerDay: margin.now,
    marginAfterUsdPerDay: margin.after,
  }
}
