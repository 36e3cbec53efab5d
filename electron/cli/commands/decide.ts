import {
  decideFleet,
  optionValuesUsd,
  runningMarginsUsdPerDay,
  verdictProbability,
} from '#shared/domain/decision/decide.ts'
import type { Outlook } from '#shared/domain/decision/decide.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import { adjustmentTime, outlookFrom, timingAdjustment } from '#shared/domain/chain/outlook.ts'
import { decisionTotals } from '#shared/domain/decision/decision-totals.ts'
import { unweighedWords } from '#shared/format/words.ts'
import type { Unweighed } from '#shared/format/words.ts'
import { caseOptions, nowGiven, nowOption, readCase, refuseTimeless } from '../case.ts'
import { defineCommand, EXIT, numberOption, UsageError } from '../command.ts'
import type { Call } from '../command.ts'
import { decisionDocument, decisionLines } from '../decision-document.ts'
import type { Decided } from '../decision-document.ts'
import { ladderOptions, laddersFor } from '../ladders.ts'
import { writeDocument, writeLine } from '../json.ts'
import { withStore } from '../stored.ts'
import type { Advice } from '../contract-advice.ts'
import { estimateFor, passedAdjustmentMs, passedWords } from './adjustment.ts'

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
    ...nowOption,
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
    const givenMs = await nowGiven('decide', options.now)
    const { fleet, network, nowMs, stored, restsOn } = await readCase(call, givenMs)
    refuseTimeless('decide', givenMs, network)
    const basis = prepareMargins(fleet)
    const estimate =
      timingAdjustment(network, change) ?? estimateFor(network, options.network ?? 'the stored network')
    const { secondsLeft } = adjustmentTime(estimate, network.atMs, nowMs)
    const passedMs = passedAdjustmentMs({ network, nowMs }, estimate)
    const notWeighed = notWeighedBy(options, stored)
    for (const sentence of unweighedWords(notWeighed)) await writeLine(host.stderr, `warning: ${sentence}`)
    if (passedMs !== null) await writeLine(host.stderr, `warning: ${passedWords(passedMs)}`)
    const decided: Decided = {
      basis,
      network,
      weighed:
        secondsLeft === null
          ? null
          : await weigh(
              call,
              basis,
              network.atMs === null ? null : Math.max(network.atMs, nowMs ?? network.atMs),
              outlookFrom(hashpriceUsdPerPhDay(network), estimate, { change, horizonDays }, secondsLeft),
            ),
      passedMs,
      notWeighed,
      restsOn,
    }
    if (options.json) await writeDocument(host.stdout, decisionDocument(decided))
    else for (const line of decisionLines(decided)) await writeLine(host.stdout, line)
    return EXIT.done
  },
})

/** @param beginsAtMs when the horizon begins, unix ms; null where it is not known */
async function weigh(call: DecideCall, basis: MarginBasis, beginsAtMs: number | null, outlook: Outlook) {
  const contracts = await contractsFor(call, basis.fleet)
  const advice: Advice =
    contracts !== null
      ? await (
          await import('../contract-advice.ts')
        ).contractAdvice(basis, outlook, beginsAtMs, contracts.sites, contracts.name, call.host.stderr)
      : call.options.profiles === undefined
        ? plainAdvice(basis, outlook)
        : await profileAdvice(call, basis, outlook)
  return { outlook, advice }
}

/** What is stored with the fleet and is not weighed. A file given instead was a choice, not an omission. */
function notWeighedBy(options: DecideCall['options'], stored: Unweighed | null): Unweighed {
  if (stored === null) return { contracts: 0, ladders: 0 }
  return {
    contracts: options.contracts || options.sites !== undefined ? 0 : stored.contracts,
    ladders: options.profiles === undefined ? stored.ladders : 0,
  }
}

type DecideCall = Call<typeof caseOptions & typeof profileOptions & typeof contractOptions>

/** The contracts that were asked for; null where none were. */
async function contractsFor({ options, path, host }: DecideCall, fleet: Fleet) {
  if (options.sites !== undefined) {
    const { readSites } = await import('#electron/files/sites/read-sites.ts')
    return { sites: await readSites(path(options.sites)), name: options.sites }
  }
  if (!options.contracts) return null
  const { storedSites } = await import('../site-contracts.ts')
  const sites = await withStore(host, options.data, (store) => storedSites(store, fleet))
  return { sites, name: 'the stored contracts' }
}

/** Verdicts at the fleet's own prices. */
export function plainAdvice(basis: MarginBasis, outlook: Outlook) {
  const decisions = decideFleet(basis, outlook)
  return {
    decisions,
    totals: decisionTotals(basis, decisions, outlook),
    valueUsd: (i: number) => optionValuesUsd(basis, outlook, i),
    probability: (i: number) => verdictProbability(basis, decisions, outlook, i),
    marginUsdPerDay: (i: number) => runningMarginsUsdPerDay(basis, outlook, i),
    sites: null,
    profiles: null,
  }
}

/** The same, with running at a profile as a further option. */
async function profileAdvice(call: DecideCall, basis: MarginBasis, outlook: Outlook): Promise<Advice> {
  const plain = plainAdvice(basis, outlook)
  const { decideWithProfiles } = await import('#shared/domain/decision/profile-decisions.ts')
  const ladderOf = await laddersFor(call, basis.fleet, [])
  const points = (i: number) => ladderOf(i)?.points ?? []
  const withProfiles = decideWithProfiles(basis, plain.decisions, outlook, plain.totals, points)
  return {
    ...plain,
    totals: withProfiles.totals,
    profiles: withProfiles.chosen,
    // Of more than the three options the probability has no closed form.
    probability: (i) => (withProfiles.chosen.has(i) ? NaN : plain.probability(i)),
  }
}
