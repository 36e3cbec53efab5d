import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SiteToCall } from '#shared/domain/decision/acts/called.ts'
import { actsOf } from '#shared/domain/decision/acts/called.ts'
import { sitesToCall } from '#shared/domain/decision/acts/sites-to-call.ts'
import type { RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import { notNowFor } from '#shared/domain/decision/acts/decision-log.ts'
import { workList } from '#shared/domain/decision/acts/work-list.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { pictureOf } from '#shared/domain/decision/picture.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { actOfDoWords, doneOf, doWords } from '#shared/format/act-words.ts'
import { moneyIn, US_DOLLARS } from '#shared/format/money.ts'
import { workLines } from '#shared/format/work-lines.ts'
import { answerDetails, answerWords, notNowWords } from '#shared/format/answer-words.ts'
import { inOrderOf, siteTable } from '#renderer/screens/today/site-rows.ts'
import { NETWORK, smallFleet } from '../renderer/small-fleet.ts'

const S19: Partial<Machine> = { model: 'S19 95T', hashrateThs: 95, powerW: 3250, site: 'Harbor' }
/** Under water now, above it after the adjustment. */
const BETWEEN: Partial<Machine> = { model: 'M 100T', hashrateThs: 100, powerW: 3000 }

function seen(machines: readonly Partial<Machine>[], paused: readonly number[] = []) {
  const prepared = prepare(smallFleet(machines), PLAIN_CASE)
  const picture = pictureOf(prepared, marketOf(NETWORK, { change: null, horizonDays: null }))
  const advice = picture.advice!
  const called = sitesToCall(prepared, picture.market, advice, paused)
  return { ...picture, advice, called }
}

const machine = fc.record({
  site: fc.constantFrom('North', 'Harbor'),
  model: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
  quantity: fc.integer({ min: 1, max: 400 }),
  hashrateThs: fc.double({ min: 50, max: 250, noNaN: true }),
  powerW: fc.double({ min: 2000, max: 4500, noNaN: true }),
  standbyW: fc.constantFrom(0, 12),
  overhead: fc.constantFrom(0, 0.07),
  status: fc.constantFrom(...MACHINE_STATUSES),
  rack: fc.constantFrom('', 'R2', 'R10', 'A-1'),
  position: fc.constantFrom('', '1', '2', '11'),
})

describe('the sites to call', () => {
  it('have the machines, the power and the money of the advice, and add up to it', () => {
    fc.assert(
      fc.property(fc.array(machine, { minLength: 1, maxLength: 30 }), (machines) => {
        const { called, advice, market, prepared } = seen(machines)
        const { powerDown, pause, start } = actsOf(called)
        expect(powerDown + pause).toBe(advice.totals.actions.powerDown)
        expect(start).toBe(advice.totals.actions.start)
        const sum = (of: (site: SiteToCall) => number) =>
          called.sites.reduce((all, site) => all + of(site), 0)
        const { asIs, advised } = advice.totals.powerKw
        expect(sum(({ freedKw }) => freedKw)).toBeCloseTo(asIs - advised, 6)
        const { marginNowUsdPerDay } = advice.totals
        expect(sum(({ lossUsdPerDay }) => lossUsdPerDay)).toBeCloseTo(
          marginNowUsdPerDay.advised - marginNowUsdPerDay.asIs,
          6,
        )
        expect(sum(({ gainUsd }) => gainUsd) + called.elsewhereUsd).toBeCloseTo(advice.totals.gainUsd, 6)
        // And line by line the same machines.
        const list = workList(prepared, advice, null)
        expect(list.machines.reduce((all, each) => all + each, 0)).toBe(powerDown + pause + start)
        const lineAt = workLines(prepared, market, advice, list)
        const lines = Array.from({ length: list.length }, (_, i) => lineAt(i))
        const racks = lines.map(({ site, rack }) => `${site} ${rack}`)
        // Nobody comes back to a rack.
        expect(new Set(racks).size).toBe(racks.filter((rack, i) => rack !== racks[i - 1]).length)
      }),
      { numRuns: 60 },
    )
  })

  it('are printed so that every column adds up, in any currency', () => {
    const value = (text: string) => Number(text.replaceAll(/[^\d.−-]/g, '').replace('−', '-') || '0')
    fc.assert(
      fc.property(
        fc.array(machine, { minLength: 1, maxLength: 30 }),
        fc.constantFrom(US_DOLLARS, moneyIn('JPY', 0.0066), moneyIn('NOK', 0.091)),
        (machines, money) => {
          const { rows, total, elsewhere } = siteTable(seen(machines).called, money, '', [], 0)
          for (const column of ['powerDown', 'pause', 'start', 'freed', 'loss'] as const)
            expect(
              rows.reduce((sum, { figures }) => sum + value(figures[column]), 0),
              column,
            ).toBeCloseTo(value(total[column]), 6)
          const gains = rows.reduce((sum, { figures }) => sum + value(figures.gain), value(elsewhere ?? ''))
          expect(gains).toBeCloseTo(value(total.gain), 6)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('put the site first where this computer stands, and the sentence names it', () => {
    const state = seen([
      { ...S19, quantity: 30 },
      { ...S19, site: 'North', powerW: 4500 },
    ])
    expect(state.called.sites.map(({ site }) => site)).toEqual(['Harbor', 'North'])
    const { rows } = siteTable(state.called, US_DOLLARS, 'north', [], 0)
    expect(rows.map(({ call, isHome }) => [call.site, isHome])).toEqual([
      ['North', true],
      ['Harbor', false],
    ])
    const answered = {
      ...{ advice: state.advice.totals, sitesToCall: state.called, market: state.market },
      ...{ totals: state.totals, homeSite: 'North' },
    }
    expect(answerWords(answered).before).toBe(
      'Power down 31 machines at North (here) and Harbor now. It saves ',
    )
    const details = answerDetails(US_DOLLARS, answered, { above: null, below: null, chance: [0.8, 0.97] })
    expect(details.slice(0, 2).map((text) => text.replaceAll('\u202f', ' '))).toEqual([
      `It frees 102 kW at the meter.`,
      'Chance that it proves right: 80 % to 97 %, by lot.',
    ])
  })

  it('stay where they stood while a price is dragged, and newcomers come after them', () => {
    const [harbor, north] = [S19, { ...S19, site: 'North' }]
    const rowsOf = (...machines: Partial<Machine>[]) =>
      siteTable(seen(machines).called, US_DOLLARS, '', [], 0).rows
    const before = rowsOf({ ...harbor, quantity: 30 }, north)
    const now = rowsOf(harbor, { ...north, quantity: 30 })
    const names = (rows: typeof now) => rows.map(({ call }) => call.site)
    expect([names(before), names(now)]).toEqual([
      ['Harbor', 'North'],
      ['North', 'Harbor'],
    ])
    expect(names(inOrderOf(now, before))).toEqual(['Harbor', 'North'])
    expect(names(inOrderOf(now, rowsOf(harbor)))).toEqual(['Harbor', 'North'])
  })

  it('call back what was paused', () => {
    const idle = { status: 'off', quantity: 6 } as const
    const state = seen([idle, { ...idle, quantity: 2 }, BETWEEN], [0])
    expect(state.called.sites).toMatchObject([{ start: 8, startAgain: 6, pause: 1 }])
    const [row] = siteTable(state.called, US_DOLLARS, '', [], 0).rows
    expect(row!.again).toBe('6 of 8 to start again')
    const all = seen([idle], [0])
    const { before } = answerWords({
      ...{ advice: all.advice.totals, sitesToCall: all.called, market: all.market, totals: all.totals },
    })
    expect(before).toBe('Start these 6 machines again at North now. It earns ')
    expect(siteTable(all.called, US_DOLLARS, '', [], 0).rows[0]!.again).toBe('Start these 6 again today')
  })
})

describe('not now', () => {
  const NOON = new Date(2026, 10, 26, 12).getTime()
  const decision = (more: Partial<RecordedDecision> = {}): RecordedDecision => ({
    ...{ key: 1, atMs: NOON, siteKey: 1, site: 'Harbor', kind: 'not-now', reason: 'no crew' },
    ...{ advised: { powerDown: 3, pause: 0, start: 0, set: 0 }, machinesDone: 0, freedKw: 9, gainUsd: 5 },
    ...{ untilMs: null, hashpriceUsdPerPhDay: 34, priceUsdPerBtc: 88_000, difficulty: 1, change: null },
    ...{ isTakenBack: false, ...more },
  })
  const call = { siteKey: 1, powerDown: 3, pause: 0, start: 0, set: 0 }

  it('holds for the day and while the same is advised', () => {
    const later = (hours: number) => NOON + hours * 3_600_000
    expect(notNowFor([decision()], call, later(11))).not.toBeNull()
    expect(notNowFor([decision()], call, later(13))).toBeNull()
    expect(notNowFor([decision()], { ...call, powerDown: 4 }, later(1))).toBeNull()
    expect(notNowFor([decision()], { ...call, siteKey: 2 }, later(1))).toBeNull()
    expect(notNowFor([decision({ isTakenBack: true })], call, later(1))).toBeNull()
    // What is recorded after it takes its place.
    expect(notNowFor([decision({ key: 2, kind: 'done' }), decision()], call, later(1))).toBeNull()
  })

  it('is said in the sentence with its reason', () => {
    const { called } = seen([{ ...S19, quantity: 3 }])
    expect(notNowWords(called, [decision()], NOON)).toEqual(['Not now at Harbor: no crew.'])
    expect(siteTable(called, US_DOLLARS, '', [decision()], NOON).rows[0]!.notNow).not.toBeNull()
  })
})

describe('words of a work list', () => {
  it('are read as they are written', () => {
    for (const act of ['off', 'pause', 'start', 'start-until'] as const)
      for (const untilMs of [Number.NaN, Date.UTC(2026, 10, 28)])
        expect(actOfDoWords(doWords(act, untilMs).toUpperCase())).toBe(act)
    expect(actOfDoWords('Run')).toBeNull()
  })

  it.each([
    ['yes', 1, 1],
    [' X ', 5, 5],
    ['✓', 2, 2],
    ['1', 1, 1],
    ['1', 148, 1],
    ['148', 148, 148],
    ['149', 148, null],
    ['', 3, 0],
    ['no', 3, 0],
    ['0', 3, 0],
    ['later', 3, null],
  ])('a mark %j of %d machines is %j', (mark, machines, done) => {
    expect(doneOf(mark, machines)).toBe(done)
  })

  it('are of the machines that they name', () => {
    const { prepared, advice, market } = seen([{ ...S19, rack: 'R1', ip: '10.0.0.1' }, BETWEEN])
    const list = workList(prepared, advice, null)
    const lineAt = workLines(prepared, market, advice, list)
    expect(textAt(prepared.basis.fleet.machines.id, list.row[0]!)).toBe('m-1')
    expect(lineAt(0)).toMatchObject({
      id: 'm-1',
      rack: 'R1',
      ip: '10.0.0.1',
      act: 'off',
      untilMs: Number.NaN,
    })
    expect(lineAt(1)).toMatchObject({ id: 'm-2', act: 'pause', hours: '' })
    expect(lineAt(1).untilMs).toBe(market.adjustmentAtMs)
  })
})
