import fc from 'fast-check'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { NO_LIMITS, PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import type { Horizon } from '#shared/domain/decision/horizon.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import type { Prepared } from '#shared/domain/decision/prepare.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { PLAIN_MACHINE } from '#shared/domain/fleet/fleet.ts'
import { FOLLOW, PROTECTED } from '#shared/domain/power/machine-policy.ts'
import { PLAIN_CHARGE } from '#shared/domain/power/demand-charge.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'

/**
 * One small site, and what any plans of its machines are worth: added up hour by hour from the words of the contract, on purpose
 * without the code that decides.
 */

export const MS_PER_HOUR = 3_600_000
const EVERY_DAY = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
/** A November day in UTC, far from the end of its month. */
export const MIDNIGHT = Date.UTC(2025, 10, 12)
const HOURS_OF_NOVEMBER = 720
const HOURS_PER_MONTH = 730.5

export type LotGiven = {
  readonly quantity: number
  readonly status: 'running' | 'off' | 'repair'
  readonly policy: number
  readonly restartUsd: number
  readonly otherUsdPerKwh: number
  readonly standbyW: number
  readonly ths: number
  readonly powerW: number
  /** other operating points */
  readonly points: readonly { readonly ths: number; readonly powerW: number }[]
}

export type SiteGiven = {
  readonly lots: readonly LotGiven[]
  readonly overhead: number
  readonly startHour: number
  readonly stages: readonly { readonly hours: number; readonly hashprice: number }[]
  readonly base: number
  readonly peak: { readonly fromHour: number; readonly hours: number; readonly usdPerKwh: number } | null
  readonly takeOrPay: {
    readonly kwhPerDay: number
    readonly per: 'hour' | 'day'
    readonly handBack: number
  } | null
  readonly capKw: number | null
  readonly floorKw: number | null
  readonly demandCharge: { readonly usdPerKwMonth: number; readonly meteredKw: number } | null
  /** the first kWh of a month at another price; only where a tariff is, and no energy is committed */
  readonly tier: {
    readonly kwhPerMonth: number
    readonly meteredKwh: number
    readonly usdPerKwh: number
  } | null
  /** an event on the first day, and a credit in all other hours */
  readonly response: {
    readonly creditUsdPerKwMonth: number
    readonly fromHour: number
    readonly hours: number
    readonly usdPerKwh: number
  } | null
  readonly switchesPerDay: number | null
  readonly leastHoursOn: number | null
  readonly leastHoursOff: number | null
}

/** A site that has agreed on nothing. */
export const NOTHING: Omit<SiteGiven, 'lots' | 'stages' | 'base'> = {
  overhead: 0,
  startHour: 0,
  peak: null,
  takeOrPay: null,
  capKw: null,
  floorKw: null,
  demandCharge: null,
  tier: null,
  response: null,
  switchesPerDay: null,
  leastHoursOn: null,
  leastHoursOff: null,
}

export type Kinds = {
  readonly restarts: readonly number[]
  readonly contracts: 'none' | 'uncoupled' | 'any' | 'wide'
  readonly points: boolean
  readonly limits: boolean
  readonly lots: number
  readonly quantity: number
}

const cents = (min: number, max: number) => fc.integer({ min, max }).map((n) => n / 100)
const orNull = <T>(arbitrary: fc.Arbitrary<T>, isOffered = true) =>
  isOffered ? fc.option(arbitrary, { nil: null, freq: 2 }) : fc.constant(null)

export const anySite = ({
  restarts,
  contracts,
  points,
  limits,
  lots,
  quantity,
}: Kinds): fc.Arbitrary<SiteGiven> => {
  const isWide = contracts === 'wide'
  const coupled = isWide || contracts === 'any'
  const given = fc.record({
    lots: fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: quantity }),
        status: fc.constantFrom('running', 'running', 'off', 'off', 'running', 'off', 'repair'),
        policy: fc.constantFrom(FOLLOW, FOLLOW, FOLLOW, PROTECTED),
        restartUsd: fc.constantFrom(...restarts),
        otherUsdPerKwh: fc.constantFrom(0, 0, 0.01),
        standbyW: fc.constantFrom(0, 0, 50),
        ths: fc.integer({ min: 40, max: 260 }),
        powerW: fc.integer({ min: 1000, max: 5000 }),
        points: points
          ? fc.array(
              fc.record({
                ths: fc.integer({ min: 40, max: 300 }),
                powerW: fc.integer({ min: 800, max: 6000 }),
              }),
              { maxLength: 1 },
            )
          : fc.constant([]),
      }),
      { minLength: 1, maxLength: lots },
    ),
    overhead: fc.constantFrom(0, 0.1),
    startHour: fc.integer({ min: 0, max: 23 }),
    stages: fc.array(
      fc.record({ hours: fc.integer({ min: 1, max: 10 }), hashprice: fc.integer({ min: 15, max: 80 }) }),
      { minLength: 1, maxLength: 3 },
    ),
    base: cents(1, 14),
    peak: orNull(
      fc.record({
        fromHour: fc.integer({ min: 0, max: 20 }),
        hours: fc.integer({ min: 1, max: 4 }),
        usdPerKwh: cents(-3, 30),
      }),
      contracts !== 'none',
    ),
    takeOrPay: orNull(
      fc.record({
        kwhPerDay: fc.integer({ min: 10, max: 300 }),
        per: fc.constantFrom('hour' as const, 'day' as const),
        handBack: cents(0, 16),
      }),
      coupled,
    ),
    capKw: orNull(fc.integer({ min: 1, max: 14 }), coupled),
    floorKw: orNull(fc.integer({ min: 1, max: 6 }), coupled),
    demandCharge: orNull(
      fc.record({ usdPerKwMonth: fc.integer({ min: 1, max: 40 }), meteredKw: fc.constantFrom(0, 2, 5) }),
      coupled,
    ),
    tier: orNull(
      fc.record({
        kwhPerMonth: fc.integer({ min: 500, max: 4000 }),
        meteredKwh: fc.constantFrom(0, 300, 1000),
        usdPerKwh: cents(0, 14),
      }),
      isWide,
    ),
    response: orNull(
      fc.record({
        creditUsdPerKwMonth: fc.integer({ min: 0, max: 20 }),
        fromHour: fc.integer({ min: 0, max: 23 }),
        hours: fc.integer({ min: 1, max: 3 }),
        usdPerKwh: cents(0, 40),
      }),
      isWide,
    ),
    switchesPerDay: orNull(fc.integer({ min: 0, max: 3 }), limits),
    leastHoursOn: orNull(fc.integer({ min: 1, max: 6 }), limits),
    leastHoursOff: orNull(fc.integer({ min: 1, max: 6 }), limits),
  })
  return given.map(fitting)
}

/** What does not go together is left out; standby pays no event, so that there is one way to count it. */
function fitting(given: SiteGiven): SiteGiven {
  const { tier, response } = given
  return {
    ...given,
    takeOrPay: tier === null ? given.takeOrPay : null,
    peak: tier === null ? given.peak : (given.peak ?? { fromHour: 0, hours: 1, usdPerKwh: given.base }),
    lots: response === null ? given.lots : given.lots.map((lot) => ({ ...lot, standbyW: 0 })),
  }
}

/** At the least one part that makes the site one of its own. */
export const hasContract = (given: SiteGiven) =>
  given.peak !== null ||
  given.takeOrPay !== null ||
  given.capKw !== null ||
  given.floorKw !== null ||
  given.demandCharge !== null ||
  given.tier !== null ||
  given.response !== null

export function contractOf(given: SiteGiven): SiteContract {
  const { base, peak, takeOrPay, demandCharge } = given
  const periods =
    peak === null
      ? []
      : [
          {
            days: EVERY_DAY,
            fromHour: peak.fromHour,
            toHour: peak.fromHour + peak.hours,
            usdPerKwh: peak.usdPerKwh,
          },
        ]
  return {
    ...NO_CONTRACT,
    tariffs:
      peak === null
        ? []
        : [
            {
              from: '2025-01-01',
              to: null,
              baseUsdPerKwh: base,
              periods,
              seasons: [],
              tiers:
                given.tier === null
                  ? []
                  : [{ upToKwhPerMonth: given.tier.kwhPerMonth, usdPerKwh: given.tier.usdPerKwh }],
              meteredKwhThisMonth: given.tier?.meteredKwh ?? 0,
            },
          ],
    takeOrPay:
      takeOrPay === null
        ? null
        : {
            committedKwhPerDay: takeOrPay.kwhPerDay,
            per: takeOrPay.per,
            handBackUsdPerKwh: takeOrPay.handBack,
            handBack: null,
            committedUsdPerKwh: null,
          },
    capKw: given.capKw,
    floorKw: given.floorKw,
    demandResponse:
      given.response === null
        ? null
        : {
            creditUsdPerKwMonth: given.response.creditUsdPerKwMonth,
            events: [
              {
                fromMs: MIDNIGHT + given.response.fromHour * MS_PER_HOUR,
                toMs: MIDNIGHT + (given.response.fromHour + given.response.hours) * MS_PER_HOUR,
                usdPerKwh: given.response.usdPerKwh,
              },
            ],
            hoursPerMonth: 0,
            capacityKw: null,
          },
    demandCharge:
      demandCharge === null
        ? null
        : {
            ...PLAIN_CHARGE,
            usdPerKwMonth: demandCharge.usdPerKwMonth,
            meteredKwThisMonth: demandCharge.meteredKw,
          },
  }
}

export function preparedOf(given: SiteGiven): Prepared {
  const { lots, base, overhead } = given
  const fleet = fleetFrom(
    [{ name: 'North', powerPriceUsdPerKwh: base, otherUsdPerKwh: 0, overhead }],
    lots.map((lot, l) => ({
      ...PLAIN_MACHINE,
      id: `m${l}`,
      model: 'S19',
      site: 'North',
      status: lot.status,
      quantity: lot.quantity,
      hashrateThs: lot.ths,
      powerW: lot.powerW,
      otherUsdPerKwh: lot.otherUsdPerKwh,
      standbyW: lot.standbyW,
      restartUsd: lot.restartUsd,
    })),
  )
  const inputs: CaseInputs = {
    ...PLAIN_CASE,
    contracts: hasContract(given) ? [{ siteKey: 0, site: 'North', contract: contractOf(given) }] : [],
    policies: {
      machineKey: Float64Array.from(lots.keys()),
      policy: Uint8Array.from(lots, ({ policy }) => policy),
    },
    ladders: {
      ofLots: lots.flatMap(({ points }, l) =>
        points.length === 0
          ? []
          : [
              {
                machineKey: l,
                ladder: {
                  model: 'S19',
                  firmware: '',
                  source: '',
                  points: points.map(({ ths, powerW }, k) => ({ name: `p${k}`, hashrateThs: ths, powerW })),
                },
              },
            ],
      ),
      ofModels: [],
      shipped: [],
    },
    limits: {
      ...NO_LIMITS,
      mostSwitchesPerDay: given.switchesPerDay,
      leastHoursOn: given.leastHoursOn,
      leastHoursOff: given.leastHoursOff,
    },
  }
  return prepare(fleet, inputs)
}

export function horizonOf(given: SiteGiven, volatilityPerYear = 0): Horizon {
  let hour = given.startHour
  const stages = given.stages.map(({ hours, hashprice }, t) => {
    const fromMs = MIDNIGHT + hour * MS_PER_HOUR
    hour += hours
    return {
      opensWith: t === 0 ? ('now' as const) : t === 1 ? ('adjustment' as const) : ('halving' as const),
      fromMs,
      days: hours / 24,
      subsidyBtc: 3.125,
      difficulty: 1.5e14,
      hashpriceUsdPerPhDay: hashprice,
    }
  })
  return {
    stages,
    days: stages.reduce((sum, { days }) => sum + days, 0),
    volatilityPerYear,
    reviewDays: 1,
    changeBelow: null,
    drawn: null,
  }
}

/** A run of hours in which nothing changes. */
export type Slot = {
  readonly hours: number
  readonly stage: number
  readonly day: number
  readonly price: number
  readonly isEvent: boolean
  readonly fromMs: number
}

/** @param joined neighbours of one price and stage are one, as where no limit and no committed day counts days */
export function slotsOf(given: SiteGiven, joined = false): readonly Slot[] {
  const slots: Slot[] = []
  let hour = given.startHour
  given.stages.forEach(({ hours }, stage) => {
    for (let h = 0; h < hours; h++, hour++) {
      const ofDay = hour % 24
      const { peak } = given
      const isPeak = peak !== null && ofDay >= peak.fromHour && ofDay < peak.fromHour + peak.hours
      const price = isPeak ? peak.usdPerKwh : given.base
      const { response } = given
      const isEvent =
        response !== null && hour >= response.fromHour && hour < response.fromHour + response.hours
      const day = Math.floor(hour / 24)
      const last = slots.at(-1)
      if (
        last?.stage === stage &&
        (joined || last.day === day) &&
        last.price === price &&
        last.isEvent === isEvent
      )
        slots[slots.length - 1] = { ...last, hours: last.hours + 1 }
      else slots.push({ hours: 1, stage, day, price, isEvent, fromMs: MIDNIGHT + hour * MS_PER_HOUR })
    }
  })
  return slots
}

/** 0 off, 1 as it is, 2 … another point */
export type Sequence = readonly number[]

const pointOf = (lot: LotGiven, mode: number) => (mode === 1 ? lot : lot.points[mode - 2]!)
export const kwOf = (given: SiteGiven, lot: LotGiven, mode: number) =>
  ((1 + given.overhead) * (mode === 0 ? lot.standbyW : pointOf(lot, mode).powerW)) / 1000

/** All that one machine of a lot may do. */
export function sequencesOf(given: SiteGiven, lot: LotGiven, slots: readonly Slot[]): readonly Sequence[] {
  const modes = [...Array(lot.points.length + 2).keys()]
  const allowed =
    lot.policy === PROTECTED
      ? modes.filter((mode) => mode > 0 && (mode === 1 || pointOf(lot, mode).powerW >= lot.powerW))
      : modes
  const all = slots.reduce<number[][]>(
    (shorter) => shorter.flatMap((each) => allowed.map((mode) => [...each, mode])),
    [[]],
  )
  return all.filter((each) => keepsLimits(given, lot, slots, each))
}

function keepsLimits(given: SiteGiven, lot: LotGiven, slots: readonly Slot[], modes: Sequence): boolean {
  const { switchesPerDay, leastHoursOn, leastHoursOff } = given
  if (lot.policy === PROTECTED) return true
  let isOn = lot.status === 'running'
  let since: number | null = null
  const perDay = new Map<number, number>()
  for (const [i, mode] of modes.entries()) {
    const { day, fromMs } = slots[i]!
    if (mode > 0 === isOn) continue
    const least = (isOn ? leastHoursOn : leastHoursOff) ?? 0
    if (since !== null && fromMs - since < least * MS_PER_HOUR) return false
    since = fromMs
    isOn = mode > 0
    perDay.set(day, (perDay.get(day) ?? 0) + 1)
    if (switchesPerDay !== null && perDay.get(day)! > switchesPerDay) return false
  }
  return true
}

/** Revenue less other cost less restarts of one machine, before energy; USD over the horizon. */
export function machineUsd(given: SiteGiven, lot: LotGiven, slots: readonly Slot[], modes: Sequence): number {
  let usd = 0
  let isOn = lot.status === 'running'
  const { response } = given
  const credit = (response?.creditUsdPerKwMonth ?? 0) / HOURS_PER_MONTH
  slots.forEach(({ hours, stage, price, isEvent }, i) => {
    const mode = modes[i]!
    // an event's price in place of the ordinary one, else the credit; neither for what is never shed
    const more = lot.policy === PROTECTED ? 0 : isEvent ? response!.usdPerKwh - price : -credit
    usd -= hours * more * kwOf(given, lot, mode)
    const ths = mode === 0 ? 0 : pointOf(lot, mode).ths
    usd +=
      hours *
      ((given.stages[stage]!.hashprice * ths) / 1000 / 24 - lot.otherUsdPerKwh * kwOf(given, lot, mode))
    if (mode > 0 && !isOn) usd -= lot.restartUsd
    isOn = mode > 0
  })
  return usd
}

/** What the site pays for a power in each slot, USD; Infinity where a limit is broken. `free`: without cap and floor. */
export function billUsd(
  given: SiteGiven,
  slots: readonly Slot[],
  kw: readonly number[],
  free = false,
): number {
  const { takeOrPay, capKw, floorKw, demandCharge } = given
  let usd = 0
  const peaks = new Map<number, { kw: number; hours: number }>()
  const days = new Map<number, { hours: number; energy: { usdPerKwh: number; kwh: number }[] }>()
  for (const [i, { hours, stage, price, day }] of slots.entries()) {
    const power = kw[i]!
    if (!free && capKw !== null && power > capKw + 1e-9) return Infinity
    if (!free && floorKw !== null && power < floorKw - 1e-9) return Infinity
    // committed or not, what lies above the cap is bought
    const committedKw = takeOrPay?.per === 'hour' ? Math.min(takeOrPay.kwhPerDay / 24, capKw ?? Infinity) : 0
    // A kWh of what is committed is one that is not handed back; only beyond it is power bought.
    const handBack = takeOrPay?.handBack ?? 0
    const used = Math.min(power, committedKw)
    usd += hours * (used * handBack + (power - used) * price)
    const { tier } = given
    if (tier !== null) {
      // what is left of the month's first kWh, evenly over the hours that are left of it
      const leftHours = HOURS_OF_NOVEMBER - 11 * 24 - given.startHour
      const tierKw = Math.min(Math.max(tier.kwhPerMonth - tier.meteredKwh, 0) / leftHours, capKw ?? Infinity)
      usd += hours * Math.min(power, tierKw) * (tier.usdPerKwh - given.base)
    }
    peaks.set(stage, {
      kw: Math.max(peaks.get(stage)?.kw ?? 0, power),
      hours: (peaks.get(stage)?.hours ?? 0) + hours,
    })
    const ofDay = days.get(day) ?? { hours: 0, energy: [] }
    days.set(day, ofDay)
    ofDay.hours += hours
    ofDay.energy.push({ usdPerKwh: price, kwh: power * hours })
  }
  if (takeOrPay?.per === 'day')
    for (const { hours, energy } of days.values()) {
      // a day that the clocks cut by an hour is a whole one
      let left = takeOrPay.kwhPerDay * (hours >= 23 ? 1 : hours / 24)
      for (const { usdPerKwh, kwh } of energy.sort((a, b) => b.usdPerKwh - a.usdPerKwh)) {
        usd -= (usdPerKwh - takeOrPay.handBack) * Math.min(left, kwh)
        left -= Math.min(left, kwh)
      }
    }
  if (demandCharge !== null)
    for (const { kw: peak, hours } of peaks.values())
      usd +=
        (demandCharge.usdPerKwMonth * hours * Math.max(peak - demandCharge.meteredKw, 0)) / HOURS_OF_NOVEMBER
  return usd
}

/** Machines one by one, with the lot that each is of; those in repair take no part. */
export function machinesOf(given: SiteGiven): readonly number[] {
  return given.lots.flatMap(({ status, quantity }, l) =>
    status === 'repair' ? [] : Array<number>(quantity).fill(l),
  )
}

/** Choices of all machines together. */
export function choicesOf(given: SiteGiven): number {
  const n = slotsOf(given).length
  return machinesOf(given).reduce((all, l) => all * (2 + given.lots[l]!.points.length) ** n, 1)
}

export function siteUsd(given: SiteGiven, of: readonly Sequence[], free = false): number {
  const slots = slotsOf(given)
  const machines = machinesOf(given)
  const kw = slots.map((_, i) =>
    machines.reduce((sum, l, m) => sum + kwOf(given, given.lots[l]!, of[m]![i]!), 0),
  )
  return (
    machines.reduce((sum, l, m) => sum + machineUsd(given, given.lots[l]!, slots, of[m]!), 0) -
    billUsd(given, slots, kw, free)
  )
}

/** The most that any choice of all machines earns; −Infinity where none keeps the limits. */
export function bestUsd(given: SiteGiven): number {
  const slots = slotsOf(given)
  const machines = machinesOf(given)
  const offered = machines.map((l) => {
    const lot = given.lots[l]!
    return sequencesOf(given, lot, slots).map((modes) => ({
      usd: machineUsd(given, lot, slots, modes),
      kw: modes.map((mode) => kwOf(given, lot, mode)),
    }))
  })
  let best = -Infinity
  const walk = (m: number, usd: number, kw: readonly number[]): void => {
    if (m === offered.length) {
      best = Math.max(best, usd - billUsd(given, slots, kw))
      return
    }
    for (const each of offered[m]!)
      walk(
        m + 1,
        usd + each.usd,
        kw.map((power, i) => power + each.kw[i]!),
      )
  }
  walk(
    0,
    0,
    slots.map(() => 0),
  )
  return best
}

/** The word for what a machine does: a stage is on where it runs in one of its slots. */
export function wordOf(lot: LotGiven, slots: readonly Slot[], modes: Sequence): string {
  const stages: boolean[] = []
  slots.forEach(({ stage }, i) => (stages[stage] = (stages[stage] ?? false) || modes[i]! > 0))
  const changes = stages.some((on) => on !== stages[0])
  const isOn = lot.status === 'running'
  if (stages[0]) return changes ? (isOn ? 'run-until' : 'start-until') : isOn ? 'run' : 'start'
  return changes ? (isOn ? 'pause' : 'start-later') : isOn ? 'off' : 'stay-off'
}

/** Whether its first stage knows only off and as it is. */
export const isOwnFirst = (slots: readonly Slot[], modes: Sequence) =>
  slots.every(({ stage }, i) => stage > 0 || modes[i]! <= 1)
