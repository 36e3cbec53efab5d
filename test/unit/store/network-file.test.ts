import { createHash } from 'node:crypto'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { networkFileLookSchema, networkFileSummarySchema } from '#shared/ipc/schemas/past.ts'
import { DAILY_COLUMN_NAMES } from '#shared/domain/signals/daily-series.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import { SOURCE_NAMES } from '#shared/ipc/sources.ts'
import { FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import { dailyRange } from '#shared/domain/signals/daily-bounds.ts'
import { LIMITS } from '#electron/sources/sanity.ts'
import { rateLimits } from '#shared/domain/power/currency.ts'
import type { NetworkValueRow, Store } from '#electron/store/sqlite/client.ts'
import { networkFileBytes, networkFileFrom } from '#electron/files/network/network-file.ts'
import type { NetworkFile } from '#electron/files/network/contents.ts'
import { DAY_MS, dayOf, piece, values } from './past-pieces.ts'
import { NORTH, openIn, temporaryFolder } from './stores.ts'

const NOW_MS = Date.parse('2025-06-20T15:00:00Z')
const HOUR_MS = 3_600_000

const row = (name: NetworkValueRow['name'], value: number, atMs: number, source = 'mempool') => ({
  name,
  value,
  source,
  asOfMs: atMs,
  fetchedAtMs: atMs + 500,
})
const rate = (usdPerUnit: number, atMs: number, source = 'coingecko') => ({
  currency: 'EUR' as const,
  usdPerUnit,
  source,
  asOfMs: atMs,
  fetchedAtMs: atMs,
})

/** What an office that is online knows: of every kind something. */
async function fillOffice(store: Store): Promise<void> {
  await store.saveNetworkReading(
    [
      row('height', 902_000, NOW_MS - 60_000),
      row('priceUsdPerBtc', 105_000.25, NOW_MS - 30_000, 'kraken'),
      row('priceUsdPerBtc', 104_999, NOW_MS - 90_000),
    ],
    [
      { height: 899_136, change: 0.0436 },
      { height: 901_152, change: -0.0045 },
    ],
  )
  await store.typeNetworkValue('priceUsdPerBtc', 250_000, NOW_MS)
  await store.saveRates([rate(1.15, NOW_MS - HOUR_MS)])
  await store.savePastPiece(
    piece({
      source: 'mempool',
      part: 'epochs',
      epochs: [
        { height: 899_136, startedAtMs: Date.parse('2025-06-01T01:02:03Z'), difficulty: 126.98e12 },
        { height: 901_152, startedAtMs: Date.parse('2025-06-14T11:12:13Z'), difficulty: 126.41e12 },
      ],
    }),
  )
  await store.savePastPiece(
    piece({ values: [values('priceUsd', '2025-06-01', 104_598.1 / 3, NaN, 105_000)] }),
  )
  await store.savePastPiece(piece({ part: 'fees', values: [values('feesBtc', '2025-06-02', 4.5, 0)] }))
}

async function known(store: Store) {
  return {
    values: (await store.readNetworkValues()).filter(({ source }) => source !== 'typed'),
    rates: await store.readRates(),
    adjustments: await store.readAdjustments(),
    history: { ...(await store.readPast(['mempool', 'kraken'], NOW_MS)), revision: 0 },
  }
}

describe('from the office to the site', () => {
  it('everything that sources said arrives, and nothing that was typed', async () => {
    const [office, site] = [await openIn(temporaryFolder()), await openIn(temporaryFolder())]
    const file = join(temporaryFolder(), 'network.json')
    await fillOffice(office)
    const written = await office.exportNetworkFile(file, NOW_MS, '1.2.3')
    expect(networkFileSummarySchema.parse(written)).toEqual({
      fileName: 'network.json',
      madeAtMs: NOW_MS,
      taken: 4,
      olderThanStored: 0,
      days: 3,
      epochs: 2,
    })
    const empty = await known(site)
    const { parts, ...look } = await site.lookIntoNetworkFile(file, NOW_MS + HOUR_MS)
    expect(parts).toBeNull()
    expect(networkFileLookSchema.parse(look)).toMatchObject({ ...written, storedAsOfMs: null })
    expect(look.values.map(({ isTaken, stored }) => [isTaken, stored])).toEqual(Array(3).fill([true, null]))
    expect(look.rates).toEqual({ all: 1, taken: 1, asOfMs: NOW_MS - HOUR_MS })
    expect(await known(site)).toEqual(empty)
    const { fleetChanged, ...taken } = await site.importNetworkFile(file, NOW_MS + HOUR_MS)
    expect(taken).toEqual({ ...written, parts: null })
    expect(fleetChanged).toBe(false)
    expect(await known(site)).toEqual(await known(office))
    expect((await site.readNetworkValues()).some(({ source }) => source === 'typed')).toBe(false)

    // A second time it brings nothing.
    const revision = (await site.readPast([], NOW_MS)).revision
    expect(await site.importNetworkFile(file, NOW_MS + HOUR_MS)).toMatchObject({
      taken: 0,
      olderThanStored: 4,
      days: 0,
      epochs: 0,
    })
    expect((await site.readPast([], NOW_MS)).revision).toBe(revision)
  })

  it('only what is newer than what the same source said here is taken', async () => {
    const [office, site] = [await openIn(temporaryFolder()), await openIn(temporaryFolder())]
    const file = join(temporaryFolder(), 'network.json')
    await fillOffice(office)
    await office.exportNetworkFile(file, NOW_MS, '1.2.3')
    const younger = row('priceUsdPerBtc', 99_000, NOW_MS - 10_000, 'kraken')
    // Fetched after the office's, and yet true before it: the server lagged.
    const lagging = { ...row('height', 901_900, NOW_MS - HOUR_MS), fetchedAtMs: NOW_MS - 5000 }
    await site.saveNetworkReading([younger, lagging], [{ height: 901_152, change: -0.0044 }])
    await site.saveRates([rate(1.2, NOW_MS - 2 * HOUR_MS)])
    const later = piece({}).fetchedAtMs + 1
    await site.savePastPiece(piece({ fetchedAtMs: later, values: [values('priceUsd', '2025-06-03', 1e5)] }))

    const before = await known(site)
    const look = await site.lookIntoNetworkFile(file, NOW_MS)
    expect(await known(site)).toEqual(before)
    expect(look).toMatchObject({ taken: 3, olderThanStored: 1, days: 3, storedAsOfMs: younger.asOfMs })
    expect(look.values.find(({ source }) => source === 'kraken')).toEqual({
      ...{ name: 'priceUsdPerBtc', source: 'kraken', value: 105_000.25, asOfMs: NOW_MS - 30_000 },
      ...{ stored: { value: 99_000, asOfMs: younger.asOfMs }, isTaken: false },
    })
    // Another file in its place is not what was shown.
    const other = site.importNetworkFile(file, NOW_MS, look.madeAtMs - 1)
    await expect(other).rejects.toMatchObject({ code: 'conflict' })
    expect(await known(site)).toEqual(before)

    expect(await site.importNetworkFile(file, NOW_MS, look.madeAtMs)).toMatchObject({
      taken: 3,
      olderThanStored: 1,
      days: 3,
    })
    const stored = await site.readNetworkValues()
    expect(stored).toContainEqual(younger)
    expect(stored.find(({ name }) => name === 'height')).toMatchObject({
      value: 902_000,
      asOfMs: NOW_MS - 60_000,
    })
    expect(await site.readRates()).toEqual([rate(1.15, NOW_MS - HOUR_MS)])
    expect((await site.readAdjustments())[0]).toEqual({ height: 901_152, change: -0.0044 })
    expect([...(await site.readPast([], NOW_MS)).series.priceUsd]).toEqual([104_598.1 / 3, NaN, 1e5])
  })

  it('what was fetched while a clock was ahead keeps neither the file from being read nor what is newer from being taken', async () => {
    const [office, site] = [await openIn(temporaryFolder()), await openIn(temporaryFolder())]
    const file = join(temporaryFolder(), 'network.json')
    const aheadMs = NOW_MS + 30 * DAY_MS
    await fillOffice(office)
    await office.saveNetworkReading([row('difficulty', 1.2e14, aheadMs)], [])
    await office.savePastPiece(
      piece({ fetchedAtMs: aheadMs, values: [values('priceUsd', '2025-06-10', 108_000)] }),
    )
    await office.exportNetworkFile(file, NOW_MS, '1.2.3')
    await site.saveNetworkReading([row('height', 901_000, aheadMs)], [])
    await site.saveRates([rate(1.3, aheadMs)])

    expect(await site.importNetworkFile(file, NOW_MS)).toMatchObject({
      taken: 4,
      olderThanStored: 0,
      days: 4,
    })
    const stored = await site.readNetworkValues()
    expect(stored.find(({ name }) => name === 'height')).toMatchObject({ value: 902_000 })
    expect(stored.some(({ name }) => name === 'difficulty')).toBe(false)
    expect(await site.readRates()).toEqual([rate(1.15, NOW_MS - HOUR_MS)])
    expect((await site.readPast([], NOW_MS)).series.priceUsd.at(-1)).toBe(108_000)
  })

  it('a rate that a site pays in changes the fleet', async () => {
    const [office, site] = [await openIn(temporaryFolder()), await openIn(temporaryFolder())]
    const file = join(temporaryFolder(), 'network.json')
    await office.saveRates([rate(1.1, NOW_MS - HOUR_MS)])
    await office.exportNetworkFile(file, NOW_MS, '1.2.3')
    await site.addSite({
      ...NORTH,
      tariff: { currency: 'EUR', powerPricePerKwh: 0.05, otherPerKwh: 0 },
    })
    expect(await site.importNetworkFile(file, NOW_MS)).toMatchObject({ fleetChanged: true })
    expect((await site.readFleet()).sites.powerPriceUsdPerKwh[0]).toBeCloseTo(0.055, 12)
  })
})

describe('what is refused, whole', () => {
  async function refused(bytes: Uint8Array | string, words: RegExp, nowMs = NOW_MS): Promise<void> {
    const site = await openIn(temporaryFolder())
    const file = join(temporaryFolder(), 'stick.json')
    writeFileSync(file, bytes)
    const refusal = site.importNetworkFile(file, nowMs)
    await expect(refusal).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/^stick\.json /) as string,
    })
    await expect(refusal).rejects.toThrow(words)
    await expect(site.lookIntoNetworkFile(file, nowMs)).rejects.toThrow(words)
    expect(await site.readNetworkValues()).toEqual([])
    expect((await site.readPast([], NOW_MS)).epochs).toBe(0)
  }
  const small: NetworkFile = {
    format: 'strikeline-network',
    version: 1,
    madeAtMs: NOW_MS,
    program: '1.2.3',
    values: [{ name: 'height', source: 'mempool', value: 902_000, asOfMs: NOW_MS, fetchedAtMs: NOW_MS }],
    rates: [{ currency: 'EUR', source: 'mempool', usdPerUnit: 1.1, asOfMs: NOW_MS, fetchedAtMs: NOW_MS }],
    adjustments: [{ height: 901_152, change: -0.0045 }],
    epochs: [
      {
        height: 901_152,
        source: 'mempool',
        startedAtMs: NOW_MS - DAY_MS,
        difficulty: 1.2e14,
        fetchedAtMs: NOW_MS,
      },
    ],
    history: [
      {
        column: 'priceUsd',
        source: 'kraken',
        day: [dayOf('2025-06-18'), dayOf('2025-06-19')],
        value: [1e5, 1.1e5],
        fetchedAtMs: [NOW_MS, NOW_MS],
      },
    ],
  }
  /** With a checksum that fits, whatever is in it. */
  const sealed = (content: unknown) => networkFileBytes(content as NetworkFile)
  const of = <K extends 'values' | 'rates' | 'adjustments' | 'epochs' | 'history'>(
    list: K,
    change: Partial<NetworkFile[K][number]>,
  ) => sealed({ ...small, [list]: [{ ...small[list][0]!, ...change }] })
  const aheadMs = NOW_MS + 11 * 60_000

  it('the sound one is taken', () => {
    expect(networkFileFrom(sealed(small), 'stick.json', NOW_MS)).toEqual(small)
  })

  it.each<[string, Uint8Array | string, RegExp]>([
    ['text', 'date,price_usd\n', /not a network file/],
    ['nothing', '', /not a network file/],
    ['other JSON', '{"format":"other"}', /not a network file/],
    ['a newer version', sealed({ ...small, version: 3, more: true }), /newer version of Strikeline/],
    ['a checksum of something else', tampered(sealed(small), '902000', '902001'), /checksum does not fit/],
    ['JSON written anew', JSON.stringify(JSON.parse(text(sealed(small))), null, 1), /checksum does not fit/],
    ['a field too many', sealed({ ...small, note: 'x' }), /not as a network file must be/],
    ['a field too few', sealed({ ...small, rates: undefined }), /not as a network file must be: field rates/],
    ['text for a number', of('values', { value: 'x' as never }), /values\[0\]\.value/],
    ['a typed value', of('values', { source: 'typed' as never }), /values\[0\]\.source/],
    ['a height out of bounds', of('values', { value: 12 }), /values\[0\]: height 12 is outside/],
    ['a height that is not whole', of('values', { value: 902_000.5 }), /whole number/],
    ['a height for which there was no time', of('values', { value: 1_050_000 }), /height 1050000 .* blocks/],
    [
      'an adjustment for which there was no time',
      sealed({ ...small, values: [], adjustments: [{ height: 1_050_336, change: 0.1 }] }),
      /adjustments\[0\]/,
    ],
    ['an epoch for which there was no time', of('epochs', { height: 1_050_336 }), /epochs\[0\].* blocks/],
    ['a rate out of bounds', of('rates', { usdPerUnit: 150 }), /rates\[0\]: 150 USD per EUR is outside/],
    ['an adjustment out of bounds', of('adjustments', { change: 5 }), /adjustments\[0\]/],
    ['an epoch that is none', of('epochs', { height: 901_153 }), /multiple of 2016/],
    ['a day value out of bounds', of('history', { value: [1e5, 110] }), /Is it in thousands of USD\?/],
    ['days in disorder', of('history', { day: [20_000, 20_000] }), /must ascend/],
    ['lists of different lengths', of('history', { value: [1e5] }), /different lengths/],
    [
      'a value fetched during its day',
      of('history', { fetchedAtMs: [NOW_MS, dayOf('2025-06-19') * DAY_MS] }),
      /not over/,
    ],
    ['the same twice', sealed({ ...small, values: [small.values[0], small.values[0]] }), /stands twice/],
    ['a value of the future', of('values', { asOfMs: aheadMs }), /ahead of this computer’s clock/],
    ['a rate of the future', of('rates', { fetchedAtMs: aheadMs }), /ahead of this computer’s clock/],
    [
      'an epoch of the future',
      of('epochs', { startedAtMs: aheadMs + 7_200_000 }),
      /ahead of this computer’s clock/,
    ],
    ['itself of the future', sealed({ ...small, madeAtMs: aheadMs }), /madeAtMs: is dated/],
  ])('%s', async (_, bytes, words) => {
    await refused(bytes, words)
  })

  it('a file that is cut off anywhere, or has one bit changed anywhere', async () => {
    const office = await openIn(temporaryFolder())
    await fillOffice(office)
    const many = Array.from({ length: 400 }, (_, i) => 50_000 + i / 3)
    await office.savePastPiece(piece({ values: [values('priceUsd', '2024-05-01', ...many)] }))
    const file = join(temporaryFolder(), 'network.json')
    await office.exportNetworkFile(file, NOW_MS, '1.2.3')
    const bytes = readFileSync(file)
    expect(networkFileFrom(bytes, 'stick.json', NOW_MS).history.length).toBe(2)
    for (let length = 0; length < bytes.length; length += 997)
      expect(() => networkFileFrom(bytes.subarray(0, length), 'stick.json', NOW_MS)).toThrow(/^stick\.json /)
    for (let cut = 1; cut < 90; cut++)
      expect(() => networkFileFrom(bytes.subarray(0, -cut), 'stick.json', NOW_MS)).toThrow(/^stick\.json /)
    for (let at = 0; at < bytes.length; at += 61) {
      const flipped = Buffer.from(bytes)
      flipped[at]! ^= 1 << (at % 8)
      expect(() => networkFileFrom(flipped, 'stick.json', NOW_MS)).toThrow(/^stick\.json /)
    }
  })

  it('a file of more than 24 MB, before it is read', async () => {
    const site = await openIn(temporaryFolder())
    const file = join(temporaryFolder(), 'stick.json')
    writeFileSync(file, '')
    truncateSync(file, 24_000_001)
    await expect(site.importNetworkFile(file, NOW_MS)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringMatching(/24 MB/) as string,
    })
  })

  it('the checksum is the SHA-256 of what stands before it', () => {
    const written = text(sealed(small))
    const [content, checksum] = written.split(',"checksum":"')
    expect(checksum).toBe(`${createHash('sha256').update(content!).digest('hex')}"}\n`)
  })
})

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}

function tampered(bytes: Uint8Array, from: string, to: string): string {
  return text(bytes).replace(from, to)
}

/** Any moment at which something could have been true and fetched. */
const moment = fc.integer({ min: Date.parse('2020-01-01'), max: NOW_MS })
const source = fc.constantFrom(...SOURCE_NAMES)
const within = ([min, max]: readonly [number, number]) =>
  fc.double({ min, max, noNaN: true }).map((value) => value + 0)

const networkFile: fc.Arbitrary<NetworkFile> = fc.record({
  format: fc.constant('strikeline-network' as const),
  version: fc.constant(1 as const),
  madeAtMs: moment,
  program: fc.string({ maxLength: 20 }),
  values: fc.uniqueArray(
    fc.constantFrom(...NETWORK_VALUE_NAMES).chain((name) =>
      fc.record({
        name: fc.constant(name),
        source,
        value:
          name === 'height' || name === 'epochBlocks'
            ? fc.integer({ min: LIMITS[name][0], max: Math.min(LIMITS[name][1], 600_000) })
            : within(LIMITS[name]),
        asOfMs: moment,
        fetchedAtMs: moment,
      }),
    ),
    { maxLength: 10, selector: (one) => `${one.name} ${one.source}` },
  ),
  rates: fc.uniqueArray(
    fc.constantFrom(...FOREIGN_CURRENCIES).chain((currency) =>
      fc.record({
        currency: fc.constant(currency),
        source,
        usdPerUnit: within(rateLimits(currency)),
        asOfMs: moment,
        fetchedAtMs: moment,
      }),
    ),
    { maxLength: 10, selector: (one) => `${one.currency} ${one.source}` },
  ),
  adjustments: fc.uniqueArray(
    fc.record({
      height: fc.integer({ min: 1, max: 240 }).map((epoch) => epoch * 2016),
      change: within([-0.75, 3]),
    }),
    { maxLength: 12, selector: ({ height }) => height },
  ),
  epochs: fc
    .uniqueArray(
      fc.record({
        height: fc.integer({ min: 440, max: 450 }).map((epoch) => epoch * 2016),
        source,
        difficulty: within([1e14, 1.3e14]),
        fetchedAtMs: moment,
      }),
      { maxLength: 10, selector: (one) => `${one.height} ${one.source}` },
    )
    .map((epochs) =>
      epochs.map((epoch) => ({ ...epoch, startedAtMs: NOW_MS - (910_000 - epoch.height) * 600_000 })),
    ),
  history: fc.uniqueArray(
    fc
      .record({
        column: fc.constantFrom(...DAILY_COLUMN_NAMES),
        source: fc.constantFrom(...SOURCE_NAMES, 'imported' as const),
        day: fc.uniqueArray(fc.integer({ min: dayOf('2019-01-01'), max: dayOf('2019-12-31') }), {
          minLength: 1,
          maxLength: 9,
        }),
        seed: fc.double({ min: 0, max: 1, noNaN: true }),
        // all of these days are over by then
        at: fc.integer({ min: Date.parse('2020-01-02'), max: NOW_MS }),
      })
      .map(({ column, source, day, seed, at }) => {
        const days = day.toSorted((a, b) => a - b)
        const [min, max] = dailyRange(column, days[0]!)
        return {
          column,
          source,
          day: days,
          value: days.map((_, i) => min + ((max - min) * seed) / (i + 1) + 0),
          fetchedAtMs: days.map((_, i) => at + i - 20),
        }
      }),
    { maxLength: 6, selector: (one) => `${one.column} ${one.source}` },
  ),
})

it('any networkFile: what is taken in an empty store is what it gives out again', async () => {
  const folder = temporaryFolder()
  const byKey = (rows: readonly object[]) => rows.map((one) => JSON.stringify(one)).sort()
  const parts = ({ values, rates, adjustments, epochs, history }: NetworkFile) =>
    [values, rates, adjustments, epochs, history].map((rows) => byKey(rows.map(sorted)))
  let run = 0
  await fc.assert(
    fc.asyncProperty(networkFile, async (any) => {
      const store = await openIn(join(folder, `${++run}`))
      const file = join(folder, `${run}.json`)
      writeFileSync(file, networkFileBytes(any))
      await store.importNetworkFile(file, NOW_MS)
      await store.exportNetworkFile(file, NOW_MS, '1.2.3')
      await store.close()
      expect(parts(networkFileFrom(readFileSync(file), 'stick.json', NOW_MS))).toEqual(parts(any))
    }),
    { numRuns: 15 },
  )
})

/** The same members in one order. */
function sorted(record: object): object {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}
