import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { marketOf } from '#shared/domain/decision/market.ts'
import { pictureOf } from '#shared/domain/decision/picture.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import type { AlertOccurrence } from '#shared/domain/alerts.ts'
import { conditionsOf } from '#shared/ipc/conditions.ts'
import { DEFAULT_SETTINGS } from '#shared/ipc/schemas/settings.ts'
import { createAlertService } from '#electron/services/alert-service.ts'
import { readNetworkState } from '#electron/services/network-state.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { StaleValue } from '#shared/format/stale-values.ts'
import { selectStale, selectStaleMargins } from '#renderer/state/selectors.ts'
import type { WindowState as WindowState } from '#renderer/state/store.ts'
import { textOfPages } from '../report/page-text.ts'
import { openIn } from '../store/stores.ts'
import { FLEET_CSV, NETWORK, runCommand, temporaryFolder } from './run.ts'

const HOUR_MS = 3_600_000

/** A stored fleet, one site of which pays in euro, on values some of which are old; money is shown in pounds. */
async function program(names: readonly (keyof typeof AGES_MS)[]): Promise<{ cwd: string; store: Store }> {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
  await runCommand(['import', 'fleet.csv'], { cwd })
  const store = await openIn(join(cwd, 'data'))
  onTestFinished(() => store.close())
  const nowMs = Date.now()
  const moment = (ageMs: number) => ({ source: 'mempool', asOfMs: nowMs - ageMs, fetchedAtMs: nowMs - ageMs })
  await store.saveNetworkReading(
    names.map((name) => ({ name, value: VALUES[name], ...moment(AGES_MS[name]) })),
    [],
  )
  await store.saveRates([
    { currency: 'EUR', usdPerUnit: 1.08, ...moment(50 * HOUR_MS) },
    { currency: 'GBP', usdPerUnit: 1.27, ...moment(60 * HOUR_MS) },
    { currency: 'NOK', usdPerUnit: 0.1, ...moment(70 * HOUR_MS) },
  ])
  await store.addSite({
    name: 'Rjukan',
    powerPriceUsdPerKwh: null,
    otherUsdPerKwh: 0,
    overhead: 0,
    tariff: { currency: 'EUR', powerPricePerKwh: 0.04, otherPerKwh: 0 },
  })
  await store.writeSettings({ currency: 'GBP' })
  return { cwd, store }
}
const FRESH = { source: 'mempool', asOfMs: Date.now(), fetchedAtMs: Date.now() }
const AGES_MS = {
  height: 0,
  difficulty: 0,
  priceUsdPerBtc: 3 * HOUR_MS,
  feesBtcPerBlock: 0,
  epochBlocks: 0,
  epochSeconds: 3 * HOUR_MS,
}
const VALUES = {
  height: NETWORK.height,
  difficulty: NETWORK.difficulty,
  priceUsdPerBtc: NETWORK.priceUsdPerBtc,
  feesBtcPerBlock: NETWORK.feesBtcPerBlock,
  epochBlocks: NETWORK.epoch.blocks,
  epochSeconds: NETWORK.epoch.seconds,
}
const WHOLE = Object.keys(VALUES) as (keyof typeof VALUES)[]

async function windowOf(store: Store): Promise<WindowState> {
  const [network, fleet] = [await readNetworkState(store, Date.now()), await store.readFleet()]
  const whatIf = {
    priceUsdPerBtc: null,
    hashpriceUsdPerPhDay: null,
    change: null,
    sitePowerPrices: new Map(),
  }
  return {
    settings: { ...DEFAULT_SETTINGS, currency: 'GBP' },
    network,
    fleet,
    whatIf,
  } as unknown as WindowState
}

describe('what is stale', () => {
  it('is the same on the command line, in the window, in the report and in alerts', async () => {
    const { cwd, store } = await program(WHOLE)
    const stale = async (command: string, at: (answer: StaleAnswer) => readonly string[]) =>
      at(JSON.parse((await runCommand([command, '--json'], { cwd })).stdout) as StaleAnswer)
    const state = await windowOf(store)
    const words = (values: readonly StaleValue[]) => values.map(({ name }) => name)

    // The command line prints USD, so the rate of the reporting currency is not beneath its figures.
    expect(await stale('margins', ({ network }) => network.stale)).toEqual(['priceUsdPerBtc', 'rates.EUR'])
    expect(words(selectStaleMargins(state))).toEqual(['price', 'EUR rate', 'GBP rate'])
    expect(await stale('decide', (answer) => answer.stale)).toEqual([
      'priceUsdPerBtc',
      'epochSeconds',
      'rates.EUR',
    ])
    expect(words(selectStale(state))).toEqual(['price', 'epoch', 'EUR rate', 'GBP rate'])

    expect(pageOf(state)).toMatch(
      /Older than they should be: price, epoch 3.h ago; EUR rate, GBP rate 2.days ago/,
    )

    expect(await toldOf(store)).toEqual([
      { kind: 'data-stale', values: ['priceUsdPerBtc', 'rates.EUR', 'rates.GBP'] },
    ])
  })
})

describe('what is typed', () => {
  it('is credited with its time on the command line, in the window and in the report, and is never stale', async () => {
    const { cwd, store } = await program(WHOLE)
    const atMs = Date.parse('2026-01-02T03:04:05Z')
    await store.typeNetworkValue('priceUsdPerBtc', 70_000, atMs)
    await store.typeNetworkValue('epochSeconds', 600_000, atMs)
    await store.typeRate('EUR', 1.1, atMs)
    const typed = (name: string) => ({ name, source: 'typed', asOf: '2026-01-02T03:04:05Z' })
    const run = async (command: string) => {
      const { stdout, stderr } = await runCommand([command, '--json'], { cwd })
      return { answer: JSON.parse(stdout) as TypedAnswer, stderr }
    }
    const margins = await run('margins')
    expect(margins.answer.network).toMatchObject({
      typed: ['priceUsdPerBtc', 'rates.EUR'].map(typed),
      stale: [],
    })
    expect(margins.stderr).toMatch(/values typed by hand: priceUsdPerBtc \(.+ ago\), rates\.EUR \(/)
    const decide = await run('decide')
    expect(decide.answer.typed).toEqual(['priceUsdPerBtc', 'epochSeconds', 'rates.EUR'].map(typed))
    expect(decide.answer.stale).toEqual([])

    const state = await windowOf(store)
    const words = (values: readonly StaleValue[]) =>
      values.filter(({ isTyped }) => isTyped === true).map(({ name }) => name)
    expect(words(selectStaleMargins(state))).toEqual(['price', 'EUR rate'])
    expect(words(selectStale(state))).toEqual(['price', 'epoch', 'EUR rate'])

    const page = pageOf(state)
    expect(page).toMatch(/Typed by hand: price, epoch, EUR rate/)
    expect(page.match(/typed by hand\s+2 Jan 2026/g)).toHaveLength(3)

    await store.saveRates([{ ...FRESH, currency: 'GBP', usdPerUnit: 1.27 }])
    expect(await toldOf(store)).toEqual([])
  })
})

const pageOf = ({ fleet, network }: WindowState): string =>
  textOfPages({
    fleet: fleet as never,
    network: network!,
    currency: 'GBP',
    madeAtMs: Date.now(),
    asOfMs: Date.now(),
  })

/** What an alert on old data tells. */
async function toldOf(store: Store): Promise<readonly AlertOccurrence[]> {
  const told: AlertOccurrence[] = []
  const alerts = createAlertService({
    store,
    readNetwork: () => readNetworkState(store, Date.now()),
    readPast: () => store.readPast([], Date.now()),
    notifications: false,
    notify: (happened) => told.push(...happened),
    onError: (error) => {
      throw error
    },
  })
  await alerts.put(null, { kind: 'data-stale' })
  await alerts.stop()
  return told
}

describe('a change that is assumed while the epoch is not known', () => {
  it('gives the same verdicts and the same horizon on the command line and in the window', async () => {
    const { cwd, store } = await program(WHOLE.filter((name) => !name.startsWith('epoch')))
    const run = await runCommand(['decide', '--change', '-0.2', '--json'], { cwd })
    const printed = JSON.parse(run.stdout) as Decision

    const { network, fleet } = await windowOf(store)
    const conditions = conditionsOf(network!)!
    expect(conditions.epoch).toBeNull()
    const market = marketOf(conditions, { change: -0.2, horizonDays: null }, network!.readAtMs)
    const { advice } = pictureOf(prepare(fleet as never, PLAIN_CASE), market)
    expect(advice!.totals.machines).toEqual(printed.fleet.verdicts)
    expect(printed.fleet.verdicts.pause + printed.fleet.verdicts.off).toBeGreaterThan(0)
    expect(market.outlook!.daysToAdjustment).toBeCloseTo(printed.daysToAdjustment, 3)
    expect(market.outlook!.horizonDays).toBeCloseTo(printed.horizonDays, 3)
    expect(advice!.totals.gainUsd).toBeCloseTo(printed.fleet.gainUsd, 1)
    // There is a date, and nothing to estimate the change from.
    expect(market.adjustmentAtMs).toBeGreaterThan(network!.readAtMs)
    expect(market.estimate).toBeNull()

    const unassumed = marketOf(conditions, { change: null, horizonDays: null }, network!.readAtMs)
    expect(unassumed.outlook).toBeNull()
    expect((await runCommand(['decide', '--json'], { cwd })).stderr).toContain('money is per day')
  })
})

type TypedAnswer = {
  readonly typed: readonly unknown[]
  readonly stale: readonly string[]
  readonly network: { readonly typed: readonly unknown[]; readonly stale: readonly string[] }
}
type StaleAnswer = {
  readonly stale: readonly string[]
  readonly network: { readonly stale: readonly string[] }
}
type Decision = {
  readonly daysToAdjustment: number
  readonly horizonDays: number
  readonly fleet: {
    readonly verdicts: { readonly run: number; readonly pause: number; readonly off: number }
    readonly gainUsd: number
  }
}
