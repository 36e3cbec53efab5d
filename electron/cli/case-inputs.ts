import { basename } from 'node:path'
import type { LadderFile } from '#electron/files/ladders/read-ladders.ts'
import type { SitesFile } from '#electron/files/sites/read-sites.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { siteNameKey } from '#shared/domain/fleet/names.ts'
import type { KnownLadders } from '#shared/domain/ladders/of-row.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import { decimalSignIn, refuseDoubts } from '#electron/files/questions.ts'
import type { acceptOption } from './answers.ts'
import { acceptedNames } from './answers.ts'
import type { Case } from './case.ts'
import type { Call, CliHost, OptionSpecs } from './command.ts'
import { numberOption, UsageError } from './command.ts'
import type { LeftOut } from '#shared/format/advice-words.ts'

/** The options of every command whose answer rests on contracts, policies and ladders. */
export const agreementOptions = {
  sites: {
    type: 'string',
    value: 'SITES.JSON',
    help: 'contracts and policies (default: those stored with the fleet)',
  },
  profiles: {
    type: 'string',
    value: 'PROFILES.CSV',
    help: 'operating points by model or machine (default: the stored and the built-in ones)',
  },
  firmware: { type: 'string', value: 'NAME', help: 'of machines that name none' },
  plain: { type: 'boolean', help: 'without contracts, policies and operating points' },
} as const satisfies OptionSpecs

/** The same of commands that say what to do, and when someone can act again. */
export const caseInputOptions = {
  ...agreementOptions,
  'review-days': { type: 'string', value: 'N', help: 'days until someone can act again' },
  volatility: {
    type: 'string',
    value: 'V',
    help: 'of the hashprice a year, a fraction (0: no price risk)',
  },
} as const satisfies OptionSpecs

type Agreed = Call<typeof agreementOptions & typeof acceptOption>
type Given = Call<typeof caseInputOptions & typeof acceptOption>

/** What a case rests on beside fleet and network. */
export type GivenInputs = {
  readonly inputs: CaseInputs
  /** what should be known about the files, in sentences */
  readonly warnings: readonly string[]
  /** what is stored and left out by --plain */
  readonly leftOut: LeftOut
}

/**
 * What a verdict rests on beside fleet and market: what is stored with the stored fleet, or what the files say.
 * @param command its name, for messages
 * @throws UsageError, or StrikelineError 'bad-input' that names file and field, also of a name that is not in the fleet
 */
export async function caseInputsOf(
  command: string,
  call: Given,
  given: Pick<Case, 'fleet' | 'stored'>,
): Promise<GivenInputs> {
  const { options } = call
  const reviewDays = numberOption(command, 'review-days', options['review-days'], {
    min: 1 / 24,
    max: 365,
    unit: 'days',
    typed: 'days',
  })
  const volatilityPerYear = numberOption(command, 'volatility', options.volatility, {
    min: 0,
    max: 5,
    unit: 'a year (a fraction: 0.8 is 80 %)',
    typed: 'share',
  })
  const agreed = await agreementsOfCall(command, call, given)
  return {
    ...agreed,
    inputs: {
      ...agreed.inputs,
      limits: {
        ...agreed.inputs.limits,
        ...(reviewDays === undefined ? {} : { reviewDays }),
        ...(volatilityPerYear === undefined ? {} : { volatilityPerYear }),
      },
    },
  }
}

/**
 * Contracts, policies and ladders alone, with the stored limits.
 * @throws UsageError, or StrikelineError 'bad-input' that names file and field, also of a name that is not in the fleet
 */
export async function agreementsOfCall(
  command: string,
  call: Agreed,
  { fleet, stored }: Pick<Case, 'fleet' | 'stored'>,
): Promise<GivenInputs> {
  const { options, host, path } = call
  if (options.plain && (options.sites ?? options.profiles ?? options.firmware) !== undefined)
    throw new UsageError(`${command}: --plain leaves out what --sites, --profiles and --firmware bring`)
  const known = stored ?? (await unstoredCase(host))
  if (options.plain)
    return {
      inputs: { ...PLAIN_CASE, limits: known.limits, rates: known.rates },
      warnings: [],
      leftOut: {
        contracts: known.contracts.length,
        ladders: known.ladders.ofLots.length + known.ladders.ofModels.length,
      },
    }
  const accepted = acceptedNames(command, options.accept)
  const sites =
    options.sites === undefined ? null : await sitesIn(path(options.sites), decimalSignIn(accepted))
  refuseDoubts(sites?.priceFiles.flatMap(({ doubt }) => doubt ?? []) ?? [], 'mean', accepted)
  const profiles = options.profiles === undefined ? null : await profilesIn(path(options.profiles))
  const keyOf = keysOfIds(fleet, (sites?.policies.size ?? 0) > 0 || (profiles?.lotLadders.length ?? 0) > 0)
  const ladders: KnownLadders =
    profiles === null
      ? known.ladders
      : { ...laddersOf(profiles, keyOf, basename(options.profiles!)), shipped: [] }
  const { firmware } = options
  return {
    inputs: {
      ...known,
      ladders: firmware === undefined ? ladders : { ...ladders, firmware: firmwareOf(firmware, ladders) },
      ...(sites === null ? {} : agreementsOf(fleet, sites, keyOf, basename(options.sites!))),
    },
    warnings: sites?.warnings ?? [],
    leftOut: { contracts: 0, ladders: 0 },
  }
}

// What reads files is loaded where there is one: the stored fleet is answered sooner.
const sitesIn = async (file: string, sign: DecimalSign | null) =>
  (await import('#electron/files/sites/read-sites.ts')).readSites(file, sign)
const profilesIn = async (file: string) =>
  (await import('#electron/files/ladders/read-ladders.ts')).readLadderFile(file)

/** What is known of a fleet with which nothing is stored: the catalogue, and what ships with the program. */
export async function unstoredCase({ assetsFolder }: Pick<CliHost, 'assetsFolder'>): Promise<CaseInputs> {
  const [{ loadModels }, { loadLadders }] = await Promise.all([
    import('#electron/files/fleet/models.ts'),
    import('#electron/files/ladders/shipped.ts'),
  ])
  const [models, shipped] = await Promise.all([loadModels(assetsFolder), loadLadders(assetsFolder)])
  return { ...PLAIN_CASE, models, ladders: { ...PLAIN_CASE.ladders, shipped } }
}

/** Runs a piece of the engine whose RangeErrors are about what a sites.json says, or the stored contracts. */
export function naming<T>(sitesFile: string | undefined, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError)
      throw new StrikelineError(
        'bad-input',
        `${sitesFile === undefined ? 'the stored contracts' : basename(sitesFile)}, ${error.message}`,
      )
    throw error
  }
}

function keysOfIds({ machines }: Fleet, areWanted: boolean): ReadonlyMap<string, number> {
  const keys = new Map<string, number>()
  if (areWanted)
    for (let row = 0; row < machines.length; row++) keys.set(textAt(machines.id, row), machines.key[row]!)
  return keys
}

function agreementsOf(
  { sites }: Fleet,
  { contracts, policies }: SitesFile,
  keyOf: ReadonlyMap<string, number>,
  fileName: string,
): Pick<CaseInputs, 'contracts' | 'policies'> {
  const siteKeyOf = new Map(sites.name.map((name, row) => [siteNameKey(name), sites.key[row]!]))
  const machines = [...policies].map(([id, policy]) => ({
    key: found(keyOf.get(id), `${fileName}, field machines: there is no machine ${id} in the fleet`),
    policy: MACHINE_POLICIES.indexOf(policy),
  }))
  return {
    contracts: [...contracts].map(([site, contract]) => ({
      siteKey: found(
        siteKeyOf.get(siteNameKey(site)),
        `${fileName}, field sites: there is no site ${site} in the fleet; it has ${sites.name.slice(0, 10).join(', ')}`,
      ),
      site,
      contract,
    })),
    policies: {
      machineKey: Float64Array.from(machines, ({ key }) => key),
      policy: Uint8Array.from(machines, ({ policy }) => policy),
    },
  }
}

function laddersOf(
  { ladders, lotLadders }: LadderFile,
  keyOf: ReadonlyMap<string, number>,
  fileName: string,
): Pick<KnownLadders, 'ofLots' | 'ofModels'> {
  return {
    ofModels: ladders,
    ofLots: lotLadders.map(({ id, ladder }) => ({
      machineKey: found(keyOf.get(id), `${fileName}, column id: there is no machine ${id} in the fleet`),
      ladder,
    })),
  }
}

function found(key: number | undefined, message: string): number {
  if (key === undefined) throw new StrikelineError('bad-input', message)
  return key
}

/** A firmware that no ladder is of would silently mean nothing. */
function firmwareOf(firmware: string, { ofModels, ofLots, shipped }: KnownLadders): string {
  const name = firmware.trim().toLowerCase()
  const names = [...ofModels, ...ofLots.map(({ ladder }) => ladder), ...shipped].map((ladder) =>
    ladder.firmware.toLowerCase(),
  )
  if (names.some((other) => other === name || other.startsWith(`${name} `) || name.startsWith(`${other} `)))
    return firmware.trim()
  throw new UsageError(`no profile is of the firmware '${firmware}'`)
}
