import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forEachAct, statusAfter } from '#shared/domain/decision/acts/acts.ts'
import { laddersOnceSet } from '#shared/domain/decision/acts/once-set.ts'
import { sitesToCall } from '#shared/domain/decision/acts/sites-to-call.ts'
import { workList } from '#shared/domain/decision/acts/work-list.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { pictureOf } from '#shared/domain/decision/picture.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { VERDICTS } from '#shared/domain/decision/words.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import type { Ladder, LadderPoint } from '#shared/domain/ladders/point.ts'
import { actCountWords, actOfDoWords, doWords, pointOfDoWords } from '#shared/format/act-words.ts'
import { US_DOLLARS } from '#shared/format/money.ts'
import { workLines } from '#shared/format/work-lines.ts'
import { answerDetails, answerWords } from '#shared/format/answer-words.ts'
import { siteTable } from '#renderer/screens/today/site-rows.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { hourly } from '../power/plain-contracts.ts'
import { NETWORK, smallFleet } from '../renderer/small-fleet.ts'

const MARKET = marketOf(NETWORK, { change: null, horizonDays: null })

const LADDER: Ladder = {
  ...{ model: 'S19j Pro', firmware: '', source: '' },
  points: [
    { name: 'low', hashrateThs: 60, powerW: 1350 },
    { name: 'eco', hashrateThs: 76, powerW: 1850 },
    { name: 'full', hashrateThs: 104, powerW: 3068 },
  ],
}
const withLadder = (ladder: Ladder, ofLots: CaseInputs['ladders']['ofLots'] = []): CaseInputs => ({
  ...PLAIN_CASE,
  ladders: { ...PLAIN_CASE.ladders, ofModels: [ladder], ofLots },
})

function seen(machines: readonly Partial<Machine>[], inputs: CaseInputs) {
  const prepared = prepare(smallFleet(machines), inputs)
  const picture = pictureOf(prepared, MARKET)
  return { prepared, advice: picture.advice!, market: picture.market }
}
type Seen = ReturnType<typeof seen>

/** The same machines with all that is to be done done. */
function done(machines: readonly Partial<Machine>[], { prepared, advice }: Seen) {
  const after = machines.map((machine) => ({ ...machine }))
  const points = new Map<number, LadderPoint>()
  forEachAct(prepared, advice, (row, _, act, point) => {
    Object.assign(after[row]!, { status: statusAfter(act) })
    if (point === null) return
    points.set(row, point)
    Object.assign(after[row]!, { hashrateThs: point.hashrateThs, powerW: point.powerW })
  })
  const ladderOf = laddersOnceSet(prepared, points)
  const ofLots = machines.flatMap((_, row) => {
    const ladder = ladderOf(row)
    return ladder === null ? [] : [{ machineKey: row, ladder }]
  })
  return { machines: after, ofLots, rows: [...points.keys()] }
}

const ladders = fc
  .array(
    fc.record({
      hashrateThs: fc.double({ min: 5, max: 40, noNaN: true }),
      powerW: fc.double({ min: 100, max: 1500, noNaN: true }),
    }),
    { minLength: 2, maxLength: 5 },
  )
  .map((steps): Ladder => {
    const at = { hashrateThs: 40, powerW: 500 }
    const points = steps.map((step, i) => {
      at.hashrateThs += step.hashrateThs
      at.powerW += step.powerW
      return { name: `p${i}`, ...at }
    })
    return { ...LADDER, points }
  })
const machine = fc.record({
  site: fc.constantFrom('North', 'Harbor'),
  model: fc.constantFrom('S19j Pro', 'S19j Pro 104T', 'T 1'),
  quantity: fc.integer({ min: 1, max: 40 }),
  hashrateThs: fc.oneof(fc.constant(104), fc.double({ min: 50, max: 150, noNaN: true })),
  powerW: fc.double({ min: 1200, max: 4500, noNaN: true }),
  standbyW: fc.constantFrom(0, 12),
  overhead: fc.constantFrom(0, 0.07),
  restartUsd: fc.constantFrom(0, 0.4),
  status: fc.constantFrom('running', 'off', 'repair'),
})

describe('machines that are to run at another operating point', () => {
  it('take that power with the advice: the rows of the sites free what the totals say', () => {
    let set = 0
    fc.assert(
      fc.property(fc.array(machine, { minLength: 1, maxLength: 12 }), ladders, (machines, ladder) => {
        const { prepared, advice, market } = seen(machines, withLadder(ladder))
        const { sites } = sitesToCall(prepared, market, advice)
        set += sites.reduce((sum, each) => sum + each.set, 0)
        const { asIs, advised } = advice.totals.powerKw
        expect(sites.reduce((sum, { freedKw }) => sum + freedKw, 0)).toBeCloseTo(asIs - advised, 6)
      }),
    )
    expect(set).toBeGreaterThan(20)
  })

  it('are told to run as they are once it is done, at the same market, and can be set to all that they could before', () => {
    let set = 0
    fc.assert(
      fc.property(fc.array(machine, { minLength: 1, maxLength: 12 }), ladders, (machines, ladder) => {
        const before = seen(machines, withLadder(ladder))
        const after = done(machines, before)
        const again = seen(after.machines, withLadder(ladder, after.ofLots))
        for (const row of after.rows) {
          set++
          const verdict = VERDICTS[again.advice.decisions.verdict[row]!]!
          expect(['run', 'run-until']).toContain(verdict)
          const now = again.prepared.laddersOf(row).counted!.points
          const { hashrateThs, powerW } = before.prepared.basis.fleet.machines
          const could = [
            ...before.prepared.laddersOf(row).counted!.points,
            { hashrateThs: hashrateThs[row]!, powerW: powerW[row]! },
          ]
          // Or at one with no less hashrate for no more power.
          for (const point of could)
            expect(
              now.some((each) => each.hashrateThs >= point.hashrateThs && each.powerW <= point.powerW),
            ).toBe(true)
        }
        expect(sitesToCall(again.prepared, again.market, again.advice).sites.map(({ set }) => set)).toEqual(
          sitesToCall(again.prepared, again.market, again.advice).sites.map(() => 0),
        )
      }),
      { numRuns: 150 },
    )
    expect(set).toBeGreaterThan(50)
  })

  it('have the power and the money of the advice', () => {
    fc.assert(
      fc.property(fc.array(machine, { minLength: 1, maxLength: 12 }), ladders, (machines, ladder) => {
        const before = seen(machines, withLadder(ladder))
        const { prepared, market, advice } = before
        const { sites } = sitesToCall(prepared, market, advice)
        const { powerKw, marginNowUsdPerDay } = advice.totals
        const after = seen(done(machines, before).machines, withLadder(ladder)).advice.totals
        const sum = (of: (site: (typeof sites)[number]) => number) =>
          sites.reduce((all, site) => all + of(site), 0)
        expect(sum(({ freedKw }) => freedKw)).toBeCloseTo(powerKw.asIs - after.powerKw.asIs, 6)
        expect(sum(({ lossUsdPerDay }) => lossUsdPerDay)).toBeCloseTo(
          marginNowUsdPerDay.advised - marginNowUsdPerDay.asIs,
          6,
        )
      }),
      { numRuns: 60 },
    )
  })

  const NORTH: Partial<Machine> = { model: 'S19j Pro', hashrateThs: 104, powerW: 3068 }

  it('stand in the row of their site and in the work list with figures and name', () => {
    const { prepared, market, advice } = seen(
      [
        { ...NORTH, quantity: 12 },
        { ...NORTH, quantity: 3, status: 'off' },
      ],
      withLadder(LADDER),
    )
    const called = sitesToCall(prepared, market, advice)
    expect(called.sites).toMatchObject([{ site: 'North', powerDown: 0, start: 3, set: 12 }])
    expect(actCountWords(called.sites[0]!)).toBe(
      'Start 3 machines, set 12 machines to another operating point',
    )
    const [row] = siteTable(called, US_DOLLARS, '', [], 0).rows
    expect(row).toMatchObject({ points: '15 at 60 TH/s, 1350 W (low)', figures: { set: '12', start: '3' } })
    const answered = {
      ...{ advice: advice.totals, sitesToCall: called, market },
      totals: pictureOf(prepared, MARKET).totals,
    }
    expect(answerWords(answered).before).toBe(
      'Start 3 idle machines and set 12 machines to another point at North now. It earns ',
    )
    expect(answerDetails(US_DOLLARS, answered, null).join(' ')).not.toContain('another profile')
    const list = workList(prepared, advice, null)
    expect(list.called).toBe(15)
    const lineAt = workLines(prepared, market, advice, list)
    const words = [0, 1].map((line) => {
      const { act, untilMs, point } = lineAt(line)
      return doWords(act, untilMs, point)
    })
    expect(words).toEqual(['Set to 60 TH/s, 1350 W (low)', 'Start at 60 TH/s, 1350 W (low)'])
    expect(words.map(actOfDoWords)).toEqual(['profile', 'start'])
    expect(words.map(pointOfDoWords)).toEqual([0, 1].map(() => ({ hashrateThs: 60, powerW: 1350 })))
    expect(pointOfDoWords('Power down')).toBeNull()
  })
})

describe('machines that stand still in dear hours', () => {
  it('are on the work list with their hours, and are no part of what is to be done', () => {
    const fleet = smallFleet([
      { id: 'by-hours' },
      { id: 'idle', status: 'off' },
      { id: 'other', site: 'Harbor' },
    ])
    const dear = Array.from({ length: 48 }, (_, hour) => (hour % 24 >= 17 && hour % 24 < 21 ? 0.4 : 0.03))
    const from = Date.UTC(2025, 10, 22)
    const contract = { ...NO_CONTRACT, market: hourly(from, dear) }
    const inputs = { ...PLAIN_CASE, contracts: [{ siteKey: fleet.sites.key[0]!, site: 'North', contract }] }
    const prepared = prepare(fleet, inputs)
    const { advice, market } = pictureOf(prepared, MARKET)
    const list = workList(prepared, advice!, 0)
    const lineAt = workLines(prepared, market, advice!, list)
    const lines = Array.from({ length: list.length }, (_, line) => lineAt(line))
    expect(lines.map(({ id, act }) => [id, act])).toEqual([
      ['by-hours', 'run'],
      ['idle', 'start'],
    ])
    expect(lines[0]!.hours).toMatch(/^off 17:00.21:00 today, 17:00.21:00 tomorrow/)
    expect(doWords(lines[0]!.act, lines[0]!.untilMs)).toBe('Off by hours')
    expect(list.called).toBe(1)
    const { schedule, timeZone } = advice!.row(0)
    expect(advice!.hours(0)).toEqual({ schedule, timeZone })
    expect(sitesToCall(prepared, market, advice!).sites).toMatchObject([{ site: 'North', start: 1, set: 0 }])
  })
})
