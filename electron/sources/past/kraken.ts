import { SECONDS_PER_DAY } from '#shared/domain/units.ts'
import { z } from 'zod'
import { SourceFault } from '../http.ts'
import { decimalSchema, unixSecondsSchema } from '../provider.ts'
import type { PastPart } from './part.ts'
import { askJson, firstOpenDay, pieceOfRows } from './part.ts'

const ENDPOINT = '/OHLC'

/** Beside the list of candles stands a number, `last`. */
const candlesSchema = z.object({
  error: z.array(z.string()),
  result: z
    .record(
      z.string(),
      z.union([
        z.array(
          z.tuple(
            [unixSecondsSchema, decimalSchema, decimalSchema, decimalSchema, decimalSchema],
            z.unknown(),
          ),
        ),
        z.number(),
      ]),
    )
    .optional(),
})

/** The last 720 daily candles. The close of a day is the price at its end; the running day has none yet. */
const price: PastPart = {
  name: 'price',
  fills: ['priceUsd'],
  questions(context, throughDay) {
    const { host } = new URL(context.baseUrl)
    const fromDay = firstOpenDay(throughDay, context.nowMs())
    if (fromDay === null) return []
    const ask = async () => {
      const { error, result } = await askJson(
        context,
        '/0/public',
        `${ENDPOINT}?pair=XBTUSD&interval=1440`,
        candlesSchema,
      )
      if (error.length > 0)
        throw new SourceFault(`${host} answered: ${error.join(', ').slice(0, 200)}`, { endpoint: ENDPOINT })
      const candles = Object.values(result ?? {}).find((value) => typeof value !== 'number')
      if (candles === undefined) throw new SourceFault(`${host} gave no prices`, { endpoint: ENDPOINT })
      const rows = candles.map(([startS, , , , close]) => ({
        day: Math.floor(startS / SECONDS_PER_DAY),
        stampS: startS,
        values: [Number(close)],
      }))
      return pieceOfRows(rows, ['priceUsd'], { host, fromDay, nowMs: context.nowMs() })
    }
    return [{ words: 'price of the last two years', ask }]
  },
}

export const krakenPastParts: readonly PastPart[] = [price]
