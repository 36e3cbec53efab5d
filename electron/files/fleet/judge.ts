import type { ModelMatch } from '#shared/domain/fleet/catalogue.ts'
import { nearestBin } from '#shared/domain/fleet/catalogue.ts'
import type { NumberName } from '#shared/domain/fleet/fields.ts'
import { MACHINE_FIELDS, USUAL_J_PER_TH } from '#shared/domain/fleet/fields.ts'
import { TIMES_USUAL } from '../questions.ts'
import type { QuestionName } from '../questions.ts'

/** More than this is no tuning and no fault of some boards, but another unit or several machines in one. */
const OFF_NAMEPLATE = 3
/** The most that is usual of a machine; the largest of the catalogue has 1 160 TH/s and 12.6 kW. */
const MOST = {
  hashrateThs: MACHINE_FIELDS.hashrateThs.usual[1],
  powerW: MACHINE_FIELDS.powerW.usual[1],
  overhead: MACHINE_FIELDS.overhead.usual[1],
  poolFee: MACHINE_FIELDS.poolFee.usual[1],
  hostShare: MACHINE_FIELDS.hostShare.usual[1],
  otherUsdPerKwh: MACHINE_FIELDS.otherUsdPerKwh.usual[1],
  fixedUsdPerDay: MACHINE_FIELDS.fixedUsdPerDay.usual[1],
  restartUsd: MACHINE_FIELDS.restartUsd.usual[1],
}
const LEAST_UPTIME = MACHINE_FIELDS.uptime.usual[0]

type Numbers = Readonly<Record<NumberName, Float64Array>>
/** @param value the figure that is asked about */
type Ask = (name: QuestionName, field: NumberName, value: number, message: string) => void

const short = (value: number) => String(Number(value.toPrecision(4)))

/** Asks about figures of a row that fit their bounds, each alone, but not each other, the model or the world. */
export function judge(numbers: Numbers, row: number, match: ModelMatch, ask: Ask): void {
  const hashrateThs = numbers.hashrateThs[row]!
  const powerW = numbers.powerW[row]!
  judgeNameplate(hashrateThs, powerW, match, ask)
  const jPerTh = powerW / hashrateThs
  // what hashes nothing has no efficiency, and no margin to be wrong
  if (powerW > 0 && hashrateThs > 0 && (jPerTh < USUAL_J_PER_TH[0] || jPerTh > USUAL_J_PER_TH[1]))
    ask(
      'efficiency',
      'powerW',
      jPerTh,
      `${short(powerW)} W for ${short(hashrateThs)} TH/s is ${short(jPerTh)} J/TH; machines have ${USUAL_J_PER_TH.join(' … ')}. Is a unit wrong (kW for W, GH/s for TH/s)?`,
    )
  const overhead = numbers.overhead[row]!
  if (overhead > MOST.overhead)
    ask(
      'overhead',
      'overhead',
      overhead,
      `${short(overhead)} is a PUE of ${short(1 + overhead)}; overhead is PUE − 1: a PUE of 1.05 is 0.05`,
    )
  for (const field of ['poolFee', 'hostShare'] as const) {
    const share = numbers[field][row]!
    // No host works for 1 %, but some keep all that is mined and pay the power.
    const isAllToTheHost = field === 'hostShare' && share === 1
    if (share >= MOST[field] && !isAllToTheHost)
      ask(
        'share',
        field,
        share,
        `${short(share)} is ${short(share * 100)} % of the revenue; a fraction is meant: ${short(share)} % is ${short(share / 100)}`,
      )
  }
  const uptime = numbers.uptime[row]!
  if (uptime > 0 && uptime < LEAST_UPTIME)
    ask(
      'share',
      'uptime',
      uptime,
      `${short(uptime)} is ${short(uptime * 100)} % of the day; a fraction is meant: 95 % is 0.95`,
    )
  const other = numbers.otherUsdPerKwh[row]!
  if (Math.abs(other) > MOST.otherUsdPerKwh)
    ask(
      'price',
      'otherUsdPerKwh',
      other,
      `${short(other)} USD/kWh; is it in cents? ${short(other)} ¢ is ${short(other / 100)}`,
    )
  const fixed = numbers.fixedUsdPerDay[row]!
  if (fixed > MOST.fixedUsdPerDay)
    ask(
      'cost',
      'fixedUsdPerDay',
      fixed,
      `${short(fixed)} USD a day for one machine; is it per month, or for all of them?`,
    )
  const restart = numbers.restartUsd[row]!
  if (restart > MOST.restartUsd)
    ask('cost', 'restartUsd', restart, `${short(restart)} USD for one restart of one machine`)
  const standby = numbers.standbyW[row]!
  if (powerW > 0 && standby >= powerW)
    ask(
      'efficiency',
      'standbyW',
      standby,
      `${short(standby)} W while off is not below the ${short(powerW)} W while it runs`,
    )
}

function judgeNameplate(hashrateThs: number, powerW: number, match: ModelMatch, ask: Ask): void {
  const model =
    match.kind === 'match'
      ? match.model
      : match.kind === 'ambiguous'
        ? (nearestBin(match.candidates, hashrateThs) ?? match.candidates[0])
        : undefined
  for (const [field, value, unit] of [
    ['hashrateThs', hashrateThs, 'TH/s'],
    ['powerW', powerW, 'W'],
  ] as const) {
    if (!(value > 0)) continue
    const plate = model?.[field]
    if (plate === undefined) {
      if (value > MOST[field])
        ask(
          'size',
          field,
          value,
          `${short(value)} ${unit} is more than any machine has; figures are those of one machine, not of the lot`,
        )
    } else if (value > plate * OFF_NAMEPLATE || value < plate / OFF_NAMEPLATE)
      ask(
        'nameplate',
        field,
        value,
        `${short(value)} ${unit}, where the catalogue has ${short(plate)} ${unit} for ${model!.name}. Is the unit wrong, or is it the figure of the whole lot?`,
      )
  }
}

const DEAREST = MACHINE_FIELDS.powerPriceUsdPerKwh.usual[1]

/** Prices far from the others of the file, or beyond what a site pays; 0 and less are prices of their own. */
export function priceDoubts(
  prices: Float64Array,
): readonly { readonly row: number; readonly price: number; readonly message: string }[] {
  const given = prices.filter((price) => price > 0).sort()
  const usual = given[Math.floor(given.length / 2)] ?? NaN
  const doubts: { row: number; price: number; message: string }[] = []
  prices.forEach((price, row) => {
    if (!(Math.abs(price) > 0)) return
    if (Math.abs(price) > DEAREST)
      doubts.push({
        row,
        price,
        message: `${short(price)} USD/kWh; is it in cents? ${short(price)} ¢ is ${short(price / 100)}`,
      })
    else if (
      price > 0 &&
      given.length > 2 &&
      (price >= usual * TIMES_USUAL * 0.999 || price * TIMES_USUAL * 0.999 <= usual)
    )
      doubts.push({
        row,
        price,
        message: `${short(price)} USD/kWh, where the file's usual price is ${short(usual)}: is a digit or a unit wrong?`,
      })
  })
  return doubts
}
