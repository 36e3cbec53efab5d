import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pastSchema } from '#shared/ipc/schemas/past.ts'
import type { Past } from '#shared/ipc/schemas/past.ts'
import type { DailyColumn } from '#shared/domain/signals/daily-series.ts'
import { dayOf, piece, values } from './past-pieces.ts'
import { openIn, temporaryFolder } from './stores.ts'

const NOW_MS = Date.parse('2025-06-20T15:00:00Z')
const ORDER = ['mempool', 'kraken']

const coverage = (past: Past, column: DailyColumn) => past.coverage.find((one) => one.column === column)!

describe('what counts', () => {
  it('nothing stored is an empty history with every column named', async () => {
    const past = await (await openIn(temporaryFolder())).readPast(ORDER, NOW_MS)
    expect(pastSchema.parse(past)).toEqual(past)
    expect(past.series.dates).toEqual([])
    expect(past.coverage).toHaveLength(8)
    expect(coverage(past, 'priceUsd')).toEqual({
      column: 'priceUsd',
      days: 0,
      from: null,
      through: null,
      sources: [],
    })
  })

  it('imported first, then the order of the sources, then the youngest of the others', async () => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    const at = Date.parse('2025-06-16T00:00:00Z')
    const price = (source: string, fetchedAtMs: number, ...list: number[]) =>
      store.savePastPiece(piece({ source, fetchedAtMs, values: [values('priceUsd', '2025-06-10', ...list)] }))
    await price('kraken', at + 3, 20_001, 20_002, NaN, NaN)
    await price('mempool', at + 1, 10_001, NaN, NaN, NaN)
    await price('coinmetrics', at + 9, 30_001, 30_002, 30_003, NaN)
    await price('blockchaininfo', at + 5, 40_001, 40_002, 40_003, 40_004)
    const file = join(folder, 'daily.csv')
    writeFileSync(file, 'date,price_usd\n2025-06-09,50000\n')
    await store.importDaily(file, NOW_MS)

    const past = await store.readPast(ORDER, NOW_MS)
    expect(past.series.dates).toEqual(['2025-06-09', '2025-06-10', '2025-06-11', '2025-06-12', '2025-06-13'])
    expect([...past.series.priceUsd]).toEqual([50_000, 10_001, 20_002, 30_003, 40_004])
    expect(coverage(past, 'priceUsd').sources).toHaveLength(5)
    expect(coverage(past, 'priceUsd').days).toBe(5)

    writeFileSync(file, 'date,price_usd\n2025-06-10,50001\n')
    await store.importDaily(file, NOW_MS)
    expect((await store.readPast(ORDER, NOW_MS)).series.priceUsd[1]).toBe(50_001)
    const other = await store.readPast(['blockchaininfo'], NOW_MS)
    expect([...other.series.priceUsd]).toEqual([50_000, 50_001, 40_002, 40_003, 40_004])
  })

  it('a day that was not over when its value was fetched, or is not over now, does not count', async () => {
    const store = await openIn(temporaryFolder())
    const fetchedAtMs = Date.parse('2025-06-11T18:00:00Z')
    await store.savePastPiece(
      piece({ fetchedAtMs, values: [values('priceUsd', '2025-06-10', 90_000, 91_000)] }),
    )
    expect((await store.readPast(ORDER, NOW_MS)).series.dates).toEqual(['2025-06-10'])
    const atNoon = Date.parse('2025-06-10T12:00:00Z')
    expect((await store.readPast(ORDER, atNoon)).series.dates).toEqual([])
  })

  it('what follows from other columns and from the epochs is computed, and said to be', async () => {
    const store = await openIn(temporaryFolder())
    await store.savePastPiece(
      piece({
        source: 'mempool',
        part: 'epochs',
        throughDay: dayOf('2025-06-14'),
        epochs: [
          { height: 899_136, startedAtMs: Date.parse('2025-06-01T00:00:00Z'), difficulty: 1.2e14 },
          { height: 901_152, startedAtMs: Date.parse('2025-06-12T12:00:00Z'), difficulty: 1.3e14 },
        ],
      }),
    )
    await store.savePastPiece(
      piece({
        source: 'mempool',
        values: [
          values('priceUsd', '2025-06-11', 100_000, 101_000, 102_000),
          values('issuanceBtc', '2025-06-11', 450, 450),
        ],
      }),
    )
    const past = await store.readPast(ORDER, NOW_MS)
    expect(past.epochs).toBe(2)
    expect(await store.readEpochStarts(ORDER, NOW_MS)).toEqual({
      height: Float64Array.of(899_136, 901_152),
      atMs: Float64Array.of(Date.parse('2025-06-01T00:00:00Z'), Date.parse('2025-06-12T12:00:00Z')),
    })
    expect([...past.series.difficulty]).toEqual([1.2e14, 1.25e14, 1.3e14])
    expect(coverage(past, 'difficulty').sources).toEqual([{ source: 'computed', days: 3 }])
    expect(coverage(past, 'hashrateEhs')).toMatchObject({ days: 2, through: '2025-06-12' })
    expect(coverage(past, 'marketCapUsd').days).toBe(3)
    expect(past.series.marketCapUsd[0]).toBeCloseTo(100_000 * 19.878e6, -10)
    // Computed values alone do not make a day.
    expect(past.series.dates.at(-1)).toBe('2025-06-13')
  })

  it('the last epoch is taken to last as long as a source has confirmed it, no longer', async () => {
    const store = await openIn(temporaryFolder())
    const epochs = [{ height: 899_136, startedAtMs: Date.parse('2025-06-01T00:00:00Z'), difficulty: 1.2e14 }]
    const asked = (at: string, found: typeof epochs) =>
      store.savePastPiece(
        piece({
          source: 'mempool',
          part: 'epochs',
          epochs: found,
          throughDay: dayOf(at.slice(0, 10)) - 1,
          fetchedAtMs: Date.parse(at),
        }),
      )
    await asked('2025-06-03T06:00:00Z', epochs)
    await store.savePastPiece(piece({ values: [values('priceUsd', '2025-06-01', 1e5, 1e5, 1e5, 1e5)] }))
    const difficulty = async () => [...(await store.readPast(ORDER, NOW_MS)).series.difficulty]
    expect(await difficulty()).toEqual([1.2e14, 1.2e14, NaN, NaN])
    await asked('2025-06-04T06:00:00Z', [])
    expect(await difficulty()).toEqual([1.2e14, 1.2e14, 1.2e14, NaN])
  })

  it('a source that was stopped on its way through the past says nothing of the days after', async () => {
    const store = await openIn(temporaryFolder())
    const epochs = [{ height: 864_864, startedAtMs: Date.parse('2024-10-09T18:00:00Z'), difficulty: 9.2e13 }]
    const throughDay = dayOf('2024-10-12')
    // Fetched in the middle of 2025, when this epoch had ended long ago.
    await store.savePastPiece(piece({ source: 'bitcoind', part: 'epochs', epochs, throughDay }))
    await store.savePastPiece(piece({ values: [values('priceUsd', '2024-10-12', 6e4, 6e4)] }))
    await store.savePastPiece(piece({ part: 'fees', values: [values('feesBtc', '2025-06-14', 3)] }))
    const { series } = await store.readPast(ORDER, NOW_MS)
    expect([...series.difficulty.slice(0, 2), series.difficulty.at(-1)]).toEqual([9.2e13, NaN, NaN])
    expect(series.marketCapUsd[0]).toBeGreaterThan(1e12)
  })

  it('of two sources’ epochs the one of the preferred source counts', async () => {
    const store = await openIn(temporaryFolder())
    const start = Date.parse('2025-06-01T00:00:00Z')
    const epoch = (source: string, difficulty: number) =>
      store.savePastPiece(
        piece({
          source,
          part: 'epochs',
          throughDay: dayOf('2025-06-14'),
          epochs: [{ height: 899_136, startedAtMs: start, difficulty }],
        }),
      )
    await epoch('mempool', 1.2e14)
    await epoch('bitcoind', 1.21e14)
    await store.savePastPiece(piece({ values: [values('priceUsd', '2025-06-05', 1e5)] }))
    expect((await store.readPast(['bitcoind'], NOW_MS)).series.difficulty[0]).toBe(1.21e14)
    expect((await store.readPast(['mempool'], NOW_MS)).series.difficulty[0]).toBe(1.2e14)
  })
})

describe('pieces', () => {
  it('bring their marks with them, and the revision grows with what they bring', async () => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    const before = (await store.readPast(ORDER, NOW_MS)).revision
    const throughDay = dayOf('2025-06-10')
    await store.savePastPiece(piece({ throughDay, values: [values('priceUsd', '2025-06-10', 1e5)] }))
    await store.savePastPiece(piece({ part: 'fees', throughDay: 7 }))
    await store.close()
    const again = await openIn(folder)
    const { fetchedAtMs } = piece({})
    expect(await again.readPastMarks()).toEqual([
      { source: 'kraken', part: 'fees', throughDay: 7, fetchedAtMs },
      { source: 'kraken', part: 'price', throughDay, fetchedAtMs },
    ])
    expect((await again.readPast(ORDER, NOW_MS)).revision).toBe(before + 1)
  })

  it('a value that cannot be keeps the whole piece out, its mark too', async () => {
    const store = await openIn(temporaryFolder())
    const wrong = piece({ values: [values('hashrateEhs', '2025-06-09', 900, 9e8)] })
    await expect(store.savePastPiece(wrong)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/kraken, 2025-06-10, hashrateEhs: .*Is it in TH\/s\?/) as string,
    })
    expect(await store.readPastMarks()).toEqual([])
    expect((await store.readPast(ORDER, NOW_MS)).series.dates).toEqual([])
  })
})

describe('daily.csv', () => {
  const CSV = [
    'date,price_usd,fees_btc,miner_net_flow_btc,note',
    '2025-06-16,100000.25,3.5,-12.5,x',
    '2025-06-17,,4.25,,',
    '2025-06-19,101000,4.5,7,',
    '2025-06-20,102000,1,1,',
    '',
  ].join('\n')

  it('is stored, is first, comes back the same, and can be forgotten', async () => {
    const folder = temporaryFolder()
    const [file, out] = [join(folder, 'in.csv'), join(folder, 'out.csv')]
    writeFileSync(file, CSV)
    const store = await openIn(folder)
    await store.savePastPiece(piece({ values: [values('priceUsd', '2025-06-13', 9e4)] }))
    // The day that is not over is left out.
    expect(await store.importDaily(file, NOW_MS)).toEqual({
      fileName: 'in.csv',
      days: 3,
      from: '2025-06-16',
      through: '2025-06-19',
      columns: ['priceUsd', 'feesBtc', 'minerNetFlowBtc'],
    })
    const past = await store.readPast(ORDER, NOW_MS)
    expect([...past.series.feesBtc]).toEqual([NaN, NaN, NaN, 3.5, 4.25, NaN, 4.5])
    expect(await store.exportDaily(out, ORDER, NOW_MS)).toEqual({ days: 7 })
    expect(readFileSync(out, 'utf8').split('\n').slice(0, 2)).toEqual([
      'date,price_usd,hashrate_ehs,difficulty,issuance_btc,fees_btc,market_cap_usd,transfer_value_usd,miner_net_flow_btc',
      expect.stringMatching(/^2025-06-13,90000,,,,,[\d.]+,,$/),
    ])

    const elsewhere = await openIn(temporaryFolder())
    await elsewhere.importDaily(out, NOW_MS)
    const { series } = await elsewhere.readPast(ORDER, NOW_MS)
    expect(series).toEqual(past.series)

    expect(await store.forgetImported()).toEqual({ days: 3 })
    expect((await store.readPast(ORDER, NOW_MS)).series.dates).toEqual(['2025-06-13'])
    expect(await store.forgetImported()).toEqual({ days: 0 })
  })

  it.each([
    ['a unit', CSV.replace('4.5,7', '450000000,7'), 'daily.csv, row 4, column fees_btc', 'Is it in satoshi?'],
    ['text for a number', CSV.replace('4.25', 'four'), 'daily.csv, row 3, column fees_btc', 'not a number'],
    ['a day twice', CSV.replace('2025-06-17', '2025-06-16'), 'daily.csv, row 3, column date', 'ascend'],
    ['a day ahead', CSV.replace('2025-06-20', '2025-07-20'), 'daily.csv, row 5, column date', 'future'],
    ['no day that is over', 'date,price_usd\n2025-06-20,1e5\n', 'daily.csv', 'no day in it is over'],
    ['no value', 'date,price_usd\n2025-06-10,\n', 'daily.csv', 'has a value'],
    ['no column of ours', 'date,cats\n2025-06-10,7\n', 'daily.csv, row 1', 'price_usd'],
  ])('with %s it is refused, and nothing of it is stored', async (_, text, place, words) => {
    const folder = temporaryFolder()
    const file = join(folder, 'daily.csv')
    writeFileSync(file, text)
    const store = await openIn(folder)
    const refusal = store.importDaily(file, NOW_MS)
    await expect(refusal).rejects.toMatchObject({ code: 'bad-input' })
    await expect(refusal).rejects.toThrow(place)
    await expect(refusal).rejects.toThrow(words)
    expect((await store.readPast(ORDER, NOW_MS)).series.dates).toEqual([])
  })

  it('no history is not written as an empty file', async () => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    await expect(store.exportDaily(join(folder, 'out.csv'), ORDER, NOW_MS)).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(readdirSync(folder)).not.toContain('out.csv')
  })
})
