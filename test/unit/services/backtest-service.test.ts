import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { createBacktestService } from '#electron/services/backtest-service.ts'
import { storedBacktest } from '#electron/services/backtest-case.ts'
import { shownBacktest } from '#electron/services/backtest-case.ts'
import { backtest } from '#shared/domain/backtest/backtest.ts'
import { BACKTEST_TASK } from '#shared/ipc/backtest-task.ts'
import { backtestSchema } from '#shared/ipc/schemas/backtest.ts'
import { temporaryFolder } from '../cli/run.ts'
import { openIn } from '../store/stores.ts'

const NOW_MS = Date.parse('2024-02-10')
const YEAR = { fromDay: null, toDay: null, reviewDays: null }

async function stored(hasDays: boolean) {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  await store.loadSample()
  if (hasDays) {
    const rows = Array.from({ length: 400 }, (_, i) => {
      const date = new Date(Date.parse('2023-01-01') + i * 86_400_000).toISOString().slice(0, 10)
      return `${date},${30_000 + 9000 * Math.sin(i / 20)},${i < 200 ? 5e13 : 6e13},900,20`
    })
    writeFileSync(
      join(folder, 'daily.csv'),
      `date,price_usd,difficulty,issuance_btc,fees_btc\n${rows.join('\n')}\n`,
    )
    await store.importDaily(join(folder, 'daily.csv'), NOW_MS)
  }
  const told: unknown[] = []
  const service = createBacktestService({
    store,
    workerUrl: new URL(inject('workers').backtest),
    nowMs: () => NOW_MS,
    onProgress: (progress) => told.push(progress),
  })
  return { store, service, told }
}

describe('a back-test of what is stored', () => {
  it('gives the answer of the formula from its own thread, and tells how far it is', async () => {
    const { store, service, told } = await stored(true)
    const found = await service.run(YEAR)
    const asked = await storedBacktest(store, YEAR, NOW_MS)
    expect(found).toEqual(shownBacktest(backtest(asked!)))
    expect(backtestSchema.parse(found)).toMatchObject({ fromDay: '2023-02-05', toDay: '2024-02-04' })
    // In days, as often as the hundredth part of them changes.
    expect(told).toHaveLength(101)
    expect(told[0]).toEqual({ task: BACKTEST_TASK, done: 1, total: 365 })
    expect(told.at(-1)).toEqual({ task: BACKTEST_TASK, done: 365, total: 365 })
    await store.close()
  })

  it('stops when it is cancelled, and can begin again; one at a time', async () => {
    const { store, service } = await stored(true)
    const running = service.run(YEAR)
    await expect(service.run(YEAR)).rejects.toMatchObject({ code: 'bad-input' })
    service.cancel()
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    const choices = { fromDay: '2024-01-30', toDay: '2024-02-01', reviewDays: 2 }
    expect(await service.run(choices)).toMatchObject({ reviewDays: 2, total: { days: 3 } })
    await store.close()
  })

  it('is none where no day is stored', async () => {
    const { store, service } = await stored(false)
    expect(await service.run(YEAR)).toBeNull()
    await store.close()
  })
})
