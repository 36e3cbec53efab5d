import { describe, expect, it } from 'vitest'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { answerWith } from '#renderer/engine/answers.ts'
import { createArrivals } from '#renderer/engine/arrivals.ts'
import { createEngine } from '#renderer/engine/engine.ts'
import type { Calls, FromEngine, Question } from '#renderer/engine/protocol.ts'
import { packMachines } from '#shared/domain/fleet/packed.ts'
import { smallFleet } from '../renderer/small-fleet.ts'
import { question, rowsOf } from './looks.ts'

/** What is stored beside the machines, as the window's engine weighs it. */

const QUESTION = question({
  sort: { column: 'id', descending: false },
  window: { from: 0, to: 10 },
  wantsSites: false,
})
// At Harbor an S19 under water at 0.08 USD/kWh.
const FLEET = smallFleet([
  { id: 'N-1' },
  { id: 'H-1', hashrateThs: 95, powerW: 3250, site: 'Harbor', quantity: 4 },
])
const withContract = (contract: Partial<SiteContract>): CaseInputs => ({
  ...PLAIN_CASE,
  contracts: [{ siteKey: FLEET.sites.key[1]!, site: 'Harbor', contract: { ...NO_CONTRACT, ...contract } }],
})
function lookWith(inputs: CaseInputs, question: Partial<Question> = {}) {
  const engine = createEngine()
  engine.load({ kind: 'all', machines: FLEET.machines }, FLEET.sites, inputs)
  return engine.look({ ...QUESTION, ...question })
}
const committed = (kwhPerDay: number) => ({
  takeOrPay: {
    committedKwhPerDay: kwhPerDay,
    per: 'hour' as const,
    handBackUsdPerKwh: 0,
    handBack: null,
    committedUsdPerKwh: 0.08,
  },
})

describe('the engine of the window', () => {
  it('powers down what a site’s price puts under water, and runs what is paid for in any case', () => {
    expect(rowsOf(lookWith(PLAIN_CASE)).map(({ verdict }) => verdict)).toEqual(['off', 'run'])
    expect(rowsOf(lookWith(withContract(committed(400)))).map(({ verdict }) => verdict)).toEqual([
      'run',
      'run',
    ])
  })

  it('shows and sorts the price that the margins count: of a site under a contract the average as it runs now', () => {
    // 13 kW running, 10 of them committed at no price of their own: 3 of 13 kWh cost 0.08, the rest could be handed back for nothing.
    const sort = { column: 'powerPrice', descending: true } as const
    const prices = (inputs: CaseInputs) =>
      rowsOf(lookWith(inputs, { sort })).map(({ id, powerPriceUsdPerKwh }) => [id, powerPriceUsdPerKwh])
    expect(prices(PLAIN_CASE)).toEqual([
      ['H-1', 0.08],
      ['N-1', 0.05],
    ])
    const under = prices(withContract(committed(240)))
    expect(under.map(([id]) => id)).toEqual(['N-1', 'H-1'])
    expect(under[1]![1]).toBeCloseTo((3 / 13) * 0.08, 12)
  })

  it('explains a site: what is advised by word, and what its contract makes of a day', () => {
    const plain = lookWith(PLAIN_CASE, { explained: { kind: 'site', key: FLEET.sites.key[1]! } })
    expect(plain.explained).toBeNull()
    // 4 × 3 250 W; without a contract the price alone counts.
    expect(plain.explainedSite).toMatchObject({
      name: 'Harbor',
      contract: null,
      powerPriceUsdPerKwh: 0.08,
      verdicts: [{ verdict: 'off', lots: 1, machines: 4, stopping: 0, powerKw: 13 }],
    })
    const { totals, verdicts } = plain.explainedSite!
    expect(verdicts[0]!.marginUsdPerDay).toBeCloseTo(totals!.marginUsdPerDay, 9)
    expect(verdicts[0]!.gainUsd).toBeGreaterThan(0)

    const split = lookWith(withContract(committed(170)), {
      explained: { kind: 'site', key: FLEET.sites.key[1]! },
    })
    expect(split.explainedSite).toMatchObject({
      verdicts: [{ lots: 1, machines: 4, stopping: 2 }],
      contract: { committed: { kwhPerDay: 170 }, proven: true },
    })
    expect(lookWith(PLAIN_CASE, { explained: { kind: 'site', key: 99 } }).explainedSite).toBeNull()
  })

  it('splits a lot of which only some machines are paid for, in the table and in its reasons', () => {
    const look = lookWith(withContract(committed(170)), { explained: { kind: 'machine', key: 1 } })
    const { explained, sitesToCall } = look
    expect(rowsOf(look)[0]).toMatchObject({ id: 'H-1', quantity: 4, runs: 2 })
    expect(explained).toMatchObject({ underContract: true, decision: { machines: { run: 2, off: 2 } } })
    expect(sitesToCall.sites).toMatchObject([{ powerDown: 2, pause: 0, start: 0 }])
  })

  it('tells the hours of a tariff in which a lot stands still, and what that saves', () => {
    const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
    const look = lookWith(
      withContract({
        tariffs: [
          {
            from: '2025-01-01',
            to: null,
            baseUsdPerKwh: 0.03,
            periods: [{ days: everyDay, fromHour: 16, toHour: 21, usdPerKwh: 0.4 }],
            seasons: [],
            tiers: [],
            meteredKwhThisMonth: 0,
          },
        ],
      }),
    )
    const rows = rowsOf(look)
    expect(rows[0]).toMatchObject({ id: 'H-1', verdict: 'run', isPartTime: true })
    expect(rows[0]!.hours).toMatch(/^off \d\d:00/)
    expect(rows[0]!.gainUsd).toBeGreaterThan(0)
  })

  it('says which contract cannot be weighed, and keeps the margins', () => {
    // Two prices of energy beyond what is committed: nobody can say which of them counts.
    const fleet = smallFleet([
      { id: 'N-1' },
      { id: 'H-1', site: 'Harbor', powerPriceUsdPerKwh: 0.05 },
      { id: 'H-2', site: 'Harbor', powerPriceUsdPerKwh: 0.07 },
    ])
    const engine = createEngine()
    engine.load({ kind: 'all', machines: fleet.machines }, fleet.sites, withContract(committed(50)))
    const look = engine.look(QUESTION)
    const { advice, refusal, totals } = look
    expect(refusal).toMatch(/^site Harbor, field takeOrPay: /)
    expect(advice).toBeNull()
    expect(totals!.marginUsdPerDay).toBeGreaterThan(0)
    expect(rowsOf(look).map(({ verdict }) => verdict)).toEqual([null, null, null])
  })
})

describe('where the advice changes', () => {
  async function started(fleet = FLEET) {
    const arrivals = createArrivals()
    const answer = answerWith(createEngine(), arrivals.of)
    arrivals.take({ revision: 1, kind: 'all', machines: packMachines(fleet.machines) })
    await answer({
      number: 1,
      name: 'load',
      input: {
        revision: 1,
        delivery: 'all',
        sites: fleet.sites,
        inputs: PLAIN_CASE,
        question: QUESTION,
      },
    })
    return answer
  }
  const flipsIn = (message: FromEngine) =>
    'fault' in message ? message.fault : (message.output as Calls['flips']['output'])

  it('is found with the lot and its verdict there', async () => {
    const answer = await started()
    const flips = flipsIn(await answer({ number: 2, name: 'flips', input: null }))
    expect(flips).toMatchObject({
      above: { id: 'H-1', site: 'Harbor' },
      below: { id: 'N-1', site: 'North' },
    })
  })

  it('is given up where something else is asked meanwhile', async () => {
    // more machines than are looked through in one turn of the thread
    const answer = await started(
      smallFleet(Array.from({ length: 20_000 }, (_, i) => ({ powerW: 3000 + i / 10 }))),
    )
    const flips = answer({ number: 2, name: 'flips', input: null })
    await new Promise((done) => setTimeout(done))
    const look = answer({ number: 3, name: 'look', input: QUESTION })
    expect(flipsIn(await flips)).toBeNull()
    expect(await look).toMatchObject({ number: 3, output: { shown: 20_000 } })
  })
})
