import { z } from 'zod'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { fieldFault, jsonFrom } from './json.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'

/** A retarget changes difficulty by a factor of ¼ to 4: consensus limits the time it takes the epoch for. */
const change = z
  .number('must be a number')
  .min(-0.75, 'must be a fraction from −0.75 to 3; 1.2 % is 0.012')
  .max(3, 'must be a fraction from −0.75 to 3; 1.2 % is 0.012')

const wholeNumber = (most: number) => {
  const message = `must be a whole number from 0 to ${most}`
  return z.number(message).int(message).min(0, message).max(most, message)
}

const atLeast = (least: number, message: string) => z.number(message).min(least, message)

const moreThanZero = (unit: string) => {
  const message = `must be a number above 0, in ${unit}`
  return z.number(message).positive(message)
}

const caseSchema = z.object(
  {
    height: wholeNumber(100_000_000),
    difficulty: atLeast(1, 'must be a number of 1 or more'),
    priceUsdPerBtc: moreThanZero('USD per BTC'),
    feesBtcPerBlock: atLeast(0, 'must be a number of 0 or more, in BTC per block').max(
      1000,
      'must be at most 1000 BTC per block; is it in satoshi? 2000000 satoshi are 0.02',
    ),
    epoch: z
      .object(
        {
          blocks: wholeNumber(2015),
          seconds: atLeast(0, 'must be a number of 0 or more, in seconds'),
        },
        'must be an object with blocks and seconds, or absent',
      )
      .nullish(),
    previousAdjustments: z
      .array(change, 'must be a list of fractions, newest first, or absent')
      .max(1000, 'must have at most 1000 entries')
      .nullish(),
    at: z.iso
      .datetime({ offset: true, error: 'must be a time such as "2025-11-20T12:00:00Z", or absent' })
      .nullish(),
  },
  'must be an object with height, difficulty, priceUsdPerBtc and feesBtcPerBlock',
)

/**
 * Reads a network case: one JSON object with the fields of {@link NetworkConditions}, `at` as an ISO time in place of
 * `atMs`. `epoch`, `previousAdjustments` and `at` may be absent; fields that are not ours are ignored.
 * @param fileName where it comes from, for messages: "network.json", "standard input, line 3"
 * @throws StrikelineError 'bad-input' that names the field
 */
export function readNetworkCase(text: string, fileName: string): NetworkConditions {
  const json = jsonFrom(text, fileName)
  const parsed = caseSchema.safeParse(json)
  if (!parsed.success) throw fieldFault(fileName, json, parsed.error.issues[0]!)
  const { epoch, previousAdjustments, at, ...values } = parsed.data
  if (epoch && epoch.blocks > 0 && epoch.seconds === 0) {
    throw new StrikelineError(
      'bad-input',
      `${fileName}, field epoch.seconds: must be above 0 when epoch.blocks is ${epoch.blocks}`,
    )
  }
  return {
    ...values,
    epoch: epoch ?? null,
    previousAdjustments: previousAdjustments ?? [],
    atMs: at === null || at === undefined ? null : Date.parse(at),
  }
}

/** What no adjustment since 2011 came near to; in per cent nearly every list of them has one beyond. */
const LARGEST_ADJUSTMENT = 0.35
/** From this height on (2017) neither difficulty nor price was ever below these. */
const GROWN_HEIGHT = 500_000
const GROWN = { difficulty: 1e11, priceUsdPerBtc: 1000 } as const
const MOST_PRICE_USD = 10_000_000
const MOST_FEES_BTC = 50

/** Values that fit their bounds and never were: a sentence each, with the unit that they may be in. */
export function networkDoubts(network: NetworkConditions, fileName: string): readonly string[] {
  const { height, difficulty, priceUsdPerBtc, feesBtcPerBlock, previousAdjustments } = network
  const doubts: string[] = []
  const doubt = (field: string, why: string) => doubts.push(`${fileName}, field ${field}: ${why}`)
  if (previousAdjustments.some((change) => Math.abs(change) > LARGEST_ADJUSTMENT))
    doubt(
      'previousAdjustments',
      `${previousAdjustments.slice(0, 3).join(', ')} are fractions, and no adjustment was that large; is it percent? 1.2 % is 0.012.`,
    )
  if (height >= GROWN_HEIGHT && difficulty < GROWN.difficulty)
    doubt('difficulty', `${difficulty} at height ${height}; is it in T? 150 T is 150000000000000.`)
  if ((height >= GROWN_HEIGHT && priceUsdPerBtc < GROWN.priceUsdPerBtc) || priceUsdPerBtc > MOST_PRICE_USD)
    doubt(
      'priceUsdPerBtc',
      `${priceUsdPerBtc} USD per BTC; is it in thousands, in cents or in another currency?`,
    )
  if (feesBtcPerBlock > MOST_FEES_BTC)
    doubt('feesBtcPerBlock', `${feesBtcPerBlock} BTC per block; is it in satoshi or in mBTC?`)
  return doubts
}
