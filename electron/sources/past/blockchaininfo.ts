import { SECONDS_PER_DAY } from '#shared/domain/units.ts'
import { z } from 'zod'
import type { DailyColumn } from '#shared/domain/signals/daily-series.ts'
import type { PastPart } from './part.ts'
import { GENESIS_DAY } from '#shared/domain/units.ts'
import { askJson, dateOfDay, firstOpenDay, lastDayOver, pieceOfRows } from './part.ts'

/** 2100-01-01; milliseconds for seconds fall out */
const LATEST_S = 4_102_444_800

/** The charts begin with the day of the first block, some hours before it. */
const chartSchema = z.object({
  status: z.literal('ok'),
  values: z.array(
    z.object({
      x: z
        .number()
        .min(GENESIS_DAY * SECONDS_PER_DAY)
        .max(LATEST_S),
      y: z.number(),
    }),
  ),
})

/**
 * A chart, unthinned: x names the day by its beginning. 0 stands where there was nothing yet (no price before 2010).
 * @param perUnit what one unit of the chart is in the column's
 */
const chart = (column: DailyColumn, name: string, perUnit: number, words: string): PastPart => ({
  name,
  fills: [column],
  questions(context, throughDay) {
    const nowMs = context.nowMs()
    const fromDay = firstOpenDay(throughDay, nowMs)
    if (fromDay === null) return []
    const span =
      throughDay === null
        ? 'timespan=all'
        : `timespan=${lastDayOver(nowMs) + 2 - fromDay}days&start=${dateOfDay(fromDay)}`
    const ask = async () => {
      const path = `/charts/${name}?${span}&sampled=false&format=json`
      const { values } = await askJson(context, '', path, chartSchema)
      const rows = values.map(({ x, y }) => ({
        day: Math.floor(x / SECONDS_PER_DAY),
        stampS: x,
        values: [y === 0 ? NaN : y * perUnit],
      }))
      return pieceOfRows(rows, [column], { host: new URL(context.baseUrl).host, fromDay, nowMs })
    }
    return [{ words, ask }]
  },
})

export const blockchaininfoPastParts: readonly PastPart[] = [
  chart('priceUsd', 'market-price', 1, 'price'),
  // TH/s, though some read it otherwise: 125 486 958.8 on 2020-03-05 were 125 EH/s
  chart('hashrateEhs', 'hash-rate', 1e-6, 'hashrate'),
  chart('transferValueUsd', 'estimated-transaction-volume-usd', 1, 'value of transfers'),
]
