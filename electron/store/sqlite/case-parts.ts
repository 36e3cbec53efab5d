import { counted } from '#shared/format/numbers.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { LIMIT_NAMES } from '#shared/domain/decision/case-inputs.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import type { Ladder } from '#shared/domain/ladders/point.ts'
import type { PartChange, PartRules, StoredParts } from '../port.ts'
import type { Contracts } from './repositories/contracts.ts'
import type { Profiles } from './repositories/ladders.ts'
import type { Machines } from './repositories/machines.ts'
import type { createSettings } from './repositories/settings.ts'
import type { Sites } from './repositories/sites.ts'
import type { WatchedFiles } from './repositories/watched.ts'
import { settled } from './site-changes.ts'

type Repositories = {
  readonly sites: Sites
  readonly machines: Machines
  readonly contracts: Contracts
  readonly ladders: Profiles
  readonly settings: ReturnType<typeof createSettings>
  readonly watched: WatchedFiles
}

/** A part of a file, how it stands to what is stored, and how it is stored. */
type Part = PartChange & { readonly store: () => void }

/** A stored contract as it would be stored now: an earlier version may have written it in another form. */
export type AsNow = (contractText: string) => string

export type CaseParts = ReturnType<typeof createCaseParts>

/** What files bring beside machines: contracts, policies, ladders, prices of sites, limits. */
export function createCaseParts({ sites, machines, contracts, ladders, settings, watched }: Repositories) {
  const unknown = (kind: PartChange['kind'], name: string): Part => ({
    kind,
    name,
    change: 'unknown',
    words: '',
    store: () => undefined,
  })

  function siteKeys(): (site: string) => number | null {
    const { key, name } = sites.columns()
    return (site) => {
      const row = name.findIndex((known) => isSameSiteName(known, site))
      return row === -1 ? null : key[row]!
    }
  }

  /** Reads only. */
  function partsOf(given: StoredParts, asNow: AsNow): Part[] {
    const siteKeyOf = siteKeys()
    const agreed = contracts.read()
    const textOf = new Map(agreed.contracts.map(({ siteKey, text }) => [siteKey, text]))
    const policyOf = new Map(agreed.policies.map(({ machineKey, policy }) => [machineKey, policy]))
    const ofModels = new Map(ladders.ladders().map((ladder) => [ladderKey(ladder), ladder]))
    const ofLots = new Map(ladders.ofLots().map(({ machineKey, ladder }) => [machineKey, ladder]))
    const settingsNow = settings.read()

    return [
      ...given.prices.map((input): Part => {
        const siteKey = siteKeyOf(input.name)
        if (siteKey === null) return unknown('price', input.name)
        const stored = sites.find(siteKey)
        const site = { ...settled(input), name: stored.name }
        const words = differing(stored, { key: siteKey, ...site })
        return {
          ...{ kind: 'price', name: stored.name, words, change: words === '' ? 'same' : 'differs' },
          store: () => void sites.update(siteKey, site, false),
        }
      }),
      ...given.contracts.map(({ site, text }): Part => {
        const siteKey = siteKeyOf(site)
        if (siteKey === null) return unknown('contract', site)
        const stored = textOf.get(siteKey)
        const words =
          stored === undefined
            ? ''
            : differing(JSON.parse(asNow(stored)) as Members, JSON.parse(text) as Members)
        return {
          ...{ kind: 'contract', name: site, words, change: changeOf(stored, words) },
          store: () => void contracts.put(siteKey, text),
        }
      }),
      ...given.policies.map(({ id, policy }): Part => {
        const machineKey = machines.keyOf(id)
        if (machineKey === null) return unknown('policy', id)
        const stored = policyOf.get(machineKey)
        const isSame = (stored ?? 'follow') === policy
        return {
          ...{ kind: 'policy', name: id, words: isSame ? '' : `${stored ?? 'follow'} → ${policy}` },
          change: isSame ? 'same' : stored === undefined ? 'new' : 'differs',
          store: () => contracts.setPolicy([machineKey], policy),
        }
      }),
      ...given.ladders.map((ladder): Part => {
        const stored = ofModels.get(ladderKey(ladder))
        const words = stored === undefined ? '' : ladderWords(stored, ladder)
        return {
          ...{
            kind: 'ladder',
            name: ladderName(ladder.model, ladder),
            words,
            change: changeOf(stored, words),
          },
          store: () => ladders.put(ladder),
        }
      }),
      ...given.lotLadders.map(({ id, ladder }): Part => {
        const machineKey = machines.keyOf(id)
        if (machineKey === null) return unknown('ladder', id)
        const stored = ofLots.get(machineKey)
        const words = stored === undefined ? '' : ladderWords(stored, ladder)
        return {
          ...{ kind: 'ladder', name: ladderName(id, ladder), words, change: changeOf(stored, words) },
          store: () => ladders.putOfLot(machineKey, id, ladder),
        }
      }),
      ...Object.entries(given.limits).map(([field, value]): Part => {
        const stored = settingsNow[field]
        const isSame = (stored ?? null) === value
        return {
          ...{ kind: 'limit', name: field, words: isSame ? '' : `${text(stored)} → ${text(value)}` },
          change: isSame ? 'same' : stored === undefined ? 'new' : 'differs',
          store: () => void settings.write({ [field]: value }),
        }
      }),
    ]
  }

  return {
    /** All that is stored of them. Must run inside a transaction. */
    all(): StoredParts {
      const { key } = sites.columns()
      const agreed = contracts.read()
      const stored = settings.read()
      return {
        contracts: agreed.contracts.map(({ site, text }) => ({ site, text })),
        policies: agreed.policies.map(({ machineKey, policy }) => ({
          id: machines.words([machineKey]),
          policy,
        })),
        ladders: ladders.ladders(),
        lotLadders: ladders.ofLots().map(({ id, ladder }) => ({ id, ladder })),
        prices: Array.from(key, (siteKey) => {
          const { name, powerPriceUsdPerKwh, otherUsdPerKwh, overhead, tariff } = sites.find(siteKey)
          return { name, powerPriceUsdPerKwh, otherUsdPerKwh, overhead, tariff }
        }),
        limits: Object.fromEntries(
          LIMIT_NAMES.flatMap((name) => (stored[name] === undefined ? [] : [[name, stored[name]]])),
        ),
      }
    },

    /** Must run inside a transaction. */
    compare: (given: StoredParts, asNow: AsNow): readonly PartChange[] => partsOf(given, asNow).map(shown),

    /**
     * Must run inside a change of the history. Gives what stood how to what was stored before.
     * @throws StrikelineError 'bad-input'
     */
    take(
      given: StoredParts,
      { fileName, replace, leaveUnknown, watching = [] }: PartRules,
      asNow: AsNow,
    ): readonly PartChange[] {
      const all = partsOf(given, asNow)
      const strange = leaveUnknown ? undefined : all.find(({ change }) => change === 'unknown')
      if (strange !== undefined) throw new StrikelineError('bad-input', unknownWords(strange, fileName))
      const isTaken = ({ change }: Part) => change === 'new' || (change === 'differs' && replace)
      for (const part of all) if (isTaken(part)) placed(fileName, part.store)
      const siteKeyOf = siteKeys()
      for (const { site, field, file } of watching) {
        const siteKey = siteKeyOf(site)
        const part = all.find(({ kind, name }) => kind === 'contract' && isSameSiteName(name, site))
        if (siteKey !== null && part !== undefined && (isTaken(part) || part.change === 'same'))
          watched.put(siteKey, field, file)
      }
      return all.map(shown)
    },
  }
}

const shown = ({ kind, name, change, words }: Part): PartChange => ({ kind, name, change, words })

const changeOf = (stored: unknown, words: string): PartChange['change'] =>
  stored === undefined ? 'new' : words === '' ? 'same' : 'differs'

const IS_OF_A_MACHINE: Readonly<Record<PartChange['kind'], boolean>> = {
  contract: false,
  price: false,
  limit: false,
  policy: true,
  ladder: true,
}
const PLACE: Readonly<Record<PartChange['kind'], string>> = {
  contract: 'field sites',
  price: 'field prices',
  limit: 'field limits',
  policy: 'field machines',
  ladder: 'column id',
}

function unknownWords({ kind, name }: PartChange, fileName: string): string {
  const what = IS_OF_A_MACHINE[kind] ? 'machine' : 'site'
  return `${fileName}, ${PLACE[kind]}: there is no ${what} ${name} in the stored fleet`
}

/** A fault of a part names the file it came from. */
function placed(fileName: string, store: () => void): void {
  try {
    store()
  } catch (error) {
    if (error instanceof StrikelineError && error.code === 'bad-input')
      throw new StrikelineError('bad-input', `${fileName}: ${error.message}`, error.field)
    throw error
  }
}

type Members = Readonly<Record<string, unknown>>

/** Names of the members that are not the same; a part that is absent, null or an empty list is no part. */
function differing(stored: Members, given: Members): string {
  const names = [...new Set([...Object.keys(stored), ...Object.keys(given)])]
  return names.filter((name) => canonical(stored[name]) !== canonical(given[name])).join(', ')
}

/** The same text for the same part, in whatever order its members stand and whether what is absent is said or not. */
function canonical(value: unknown): string {
  if (isAbsent(value)) return 'null'
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    const present = Object.entries(part).filter(([, member]) => !isAbsent(member))
    return Object.fromEntries(present.sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0)
}

function text(value: unknown): string {
  return typeof value === 'number' ? String(value) : 'default'
}

const ladderKey = ({ model, firmware }: Ladder) =>
  JSON.stringify([model.toLowerCase(), firmware.toLowerCase()])

const ladderName = (whose: string, { firmware }: Ladder) =>
  firmware === '' ? whose : `${whose} with ${firmware}`

function ladderWords(stored: Ladder, given: Ladder): string {
  const points = ({ points }: Ladder) =>
    canonical(points.map(({ name, hashrateThs, powerW }) => [name, hashrateThs, powerW]))
  if (points(stored) !== points(given))
    return `${counted(stored.points.length, 'point')} → ${counted(given.points.length, 'point')}`
  if (stored.firmware.toLowerCase() !== given.firmware.toLowerCase())
    return `firmware ${stored.firmware || 'not named'} → ${given.firmware || 'not named'}`
  return stored.source === given.source ? '' : 'source'
}
