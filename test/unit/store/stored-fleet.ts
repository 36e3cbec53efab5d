import { join } from 'node:path'
import { createReadingCalls } from '#electron/store/sqlite/reading-calls.ts'
import { createAlerts } from '#electron/store/sqlite/repositories/alerts.ts'
import { createLedgerRows } from '#electron/store/sqlite/repositories/ledger.ts'
import { createPast } from '#electron/store/sqlite/repositories/past.ts'
import { createRemembered } from '#electron/store/sqlite/repositories/remembered.ts'
import { createReportLooks } from '#electron/store/sqlite/repositories/report-looks.ts'
import { createScenarios } from '#electron/store/sqlite/repositories/scenarios.ts'
import { createSealedReports } from '#electron/store/sqlite/repositories/sealed-reports.ts'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { explained } from '#electron/store/sqlite/faults.ts'
import { openDatabase } from '#electron/store/sqlite/open-database.ts'
import { openDirect } from './direct.ts'
import { bill, payout, sale } from './ledger-entries.ts'
import { ASSETS_FOLDER, machineInput, NORTH, rowsOf } from './stores.ts'

export const NOW_MS = Date.UTC(2025, 10, 20, 12)
const FIRST_DAY = 20_395
const BOOKED_MS = Date.UTC(2026, 10, 20)

/** A small fleet with a row in every table that carries checksums, closed; gives its file. */
export async function storedFleet(folder: string): Promise<string> {
  const store = await openDirect(folder)
  const { key: north } = store.addSite(NORTH)
  const { key: south } = store.addSite({
    ...{ name: 'South', powerPriceUsdPerKwh: null, otherUsdPerKwh: 0, overhead: 0.05 },
    tariff: { currency: 'EUR', powerPricePerKwh: 0.061, otherPerKwh: 0.004 },
  })
  const keys = Array.from({ length: 24 }, (_, i) =>
    store.addMachine(
      machineInput({
        ...{
          siteKey: i % 3 === 0 ? south : north,
          id: `rig-${i}`,
          hashrateThs: 90 + i * 1.1,
          powerW: 3000 + i,
        },
        ...{ rack: `R${i % 4}`, powerPriceUsdPerKwh: i % 5 === 0 ? 0.047 : null, quantity: 1 + (i % 3) },
      }),
    ),
  ).map(({ key }) => key)
  store.setMachinePolicy(keys.slice(0, 2), 'protected')
  store.putContract(
    north,
    '{"timeZone":"UTC","takeOrPay":{"committedKwhPerDay":1200,"handBackUsdPerKwh":0.02}}',
  )
  const points = [
    { name: 'eco', hashrateThs: 80, powerW: 2000.5 },
    { name: 'full', hashrateThs: 104, powerW: 3068 },
  ]
  store.putLadder({ model: 'Antminer S19j Pro 104T', firmware: '', source: 'own', points })
  await store.takeParts(
    {
      ...{ contracts: [], policies: [], ladders: [], prices: [], limits: { leastHoursOff: 4 } },
      lotLadders: [{ id: 'rig-3', ladder: { model: '', firmware: 'LuxOS', source: 'own', points } }],
    },
    { fileName: 'profiles.csv', replace: true, leaveUnknown: false },
  )
  for (let i = 0; i < 4; i++) {
    const fetchedAtMs = NOW_MS + i * 60_000
    const dated = { source: 'mempool', asOfMs: fetchedAtMs, fetchedAtMs }
    store.saveNetworkReading(
      [
        { ...dated, name: 'height', value: 925_000 + i },
        { ...dated, name: 'difficulty', value: 1.5e14 },
        { ...dated, name: 'priceUsdPerBtc', value: 88_300.25 + i },
      ],
      [{ height: 924_672, change: 0.0123 }],
    )
    store.saveRates([{ ...dated, currency: 'EUR', usdPerUnit: 1.08 + i / 100 }])
  }
  store.typeNetworkValue('feesBtcPerBlock', 0.021, NOW_MS)
  store.typeRate('CAD', 0.71, NOW_MS)
  store.putScenario('Flat', '{"growth":0.1}', true)
  store.keepReportTemplate('Bank', '{"title":"Position"}')
  store.putLogo({ type: 'image/png', bytes: Uint8Array.of(137, 80, 78, 71) })
  const alert = store.putAlert(null, { kind: 'hashprice-below', usdPerPhDay: 40 })
  store.saveAlertOutcome(alert.key, { active: true }, NOW_MS, [
    { atMs: NOW_MS, occurrence: { kind: 'hashprice-below', usdPerPhDay: 39, thresholdUsdPerPhDay: 40 } },
  ])
  store.savePastPiece({
    source: 'mempool',
    part: 'epochs',
    throughDay: FIRST_DAY + 20,
    fetchedAtMs: NOW_MS,
    values: [
      {
        column: 'priceUsd',
        day: Int32Array.from({ length: 12 }, (_, i) => FIRST_DAY + i),
        value: Float64Array.from({ length: 12 }, (_, i) => 88_000.25 + i),
      },
    ],
    epochs: [{ height: 925_344, startedAtMs: NOW_MS - 9e8, difficulty: 1.5e14 }],
  })
  await store.addLedgerEntries([payout(), bill(), sale()], BOOKED_MS)
  await store.closeLedgerMonth('2026-09', { order: ['mempool'], nowMs: BOOKED_MS })
  const late = payout({ day: '2026-10-02' }, { note: 'Paid in €' })
  const { keys: mistakes } = await store.addLedgerEntries([late], BOOKED_MS)
  await store.voidInLedger({ entry: mistakes[0]! }, 'Twice', BOOKED_MS)
  await store.putPoolTerms({
    ...{ name: 'Braiins', from: '2026-10', scheme: 'fpps', fee: 0.02, revenue: 'paid' },
    ...{ sites: ['North'], poolHashrateEhs: 12 },
  })
  store.rememberAnswers('prices', [
    { name: 'mean', field: 'market.file', about: 'north', least: 0.4, most: 0.4 },
  ])
  store.close()
  return join(folder, DATABASE_NAME)
}

/** Every figure that the file gives, opened as the window opens it. @throws what a person would be told */
export async function figuresOf(file: string): Promise<string> {
  try {
    const db = await openDatabase(file, 'refuse')
    try {
      const calls = createReadingCalls(db, ASSETS_FOLDER)
      const { contracts, policies, ladders, settings, rates } = await calls.readCase()
      const fleet = calls.readFleet()
      return JSON.stringify([
        ...[
          rowsOf(fleet),
          fleet.tariffs,
          contracts,
          policies,
          ladders.ofLots,
          ladders.ofModels,
          settings,
          rates,
        ],
        ...[
          calls.readNetworkValues(),
          calls.readAdjustments(),
          createScenarios(db).read(),
          createAlerts(db).read(),
          createAlerts(db).events(),
        ],
        [createPast(db).read(['mempool'], NOW_MS), createPast(db).marks(), createRemembered(db).list()],
        await calls.readSampleNetwork(),
        createLedgerRows(db).read(),
        [createReportLooks(db).templates(), createReportLooks(db).logo(), createSealedReports(db).list()],
      ])
    } finally {
      db.close()
    }
  } catch (error) {
    throw explained(error, file)
  }
}
