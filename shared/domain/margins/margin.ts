/**
 * The economics of one machine, or of a lot of identical machines: the only place with these formulas.
 * The passes over columns call the same functions row by row; they are small so that the engine inlines them.
 *
 * NaN goes in where a figure is missing and comes out where a value does not exist; nothing is replaced by 0.
 * A lot is its machine times the quantity, so every USD, kWh and BTC here is for the lot and a day.
 */

/**
 * No value. A constant of this module because the engine keeps it as a plain number; with the global NaN in its
 * place every row of a pass over columns allocates an object for its result.
 */
const NONE = NaN

const HOURS_PER_DAY = 24
const W_PER_KW = 1000
const THS_PER_PHS = 1000

/**
 * Hashrate that is paid for, PH/s on average over the day, after pool fee and the host's share:
 * q · h/1000 · u · (1 − φ) · (1 − ρ). All shares are fractions.
 */
export function acceptedPhs(
  quantity: number,
  hashrateThs: number,
  uptime: number,
  poolFee: number,
  hostShare: number,
): number {
  return quantity * (hashrateThs / THS_PER_PHS) * uptime * (1 - poolFee) * (1 - hostShare)
}

/** Energy of a day at the meter, kWh: q · 24/1000 · (1 + x) · (p·u + s·(1 − u)). */
export function energyKwhPerDay(
  quantity: number,
  powerW: number,
  standbyW: number,
  uptime: number,
  overhead: number,
): number {
  return energyAtDrawKwhPerDay(quantity, powerW * uptime + standbyW * (1 - uptime), overhead)
}

/** Power at the meter at a constant draw, W: q · (1 + x) · draw. */
export function meterPowerW(quantity: number, drawW: number, overhead: number): number {
  return quantity * (1 + overhead) * drawW
}

/** Energy of a day at a constant draw, kWh: q · 24/1000 · (1 + x) · draw. With the standby draw: the energy of being off. */
export function energyAtDrawKwhPerDay(quantity: number, drawW: number, overhead: number): number {
  return quantity * (HOURS_PER_DAY / W_PER_KW) * (1 + overhead) * drawW
}

/** Cost that stops when the energy is not used, USD/day: kWh · (c + v). Negative where the price of power is. */
export function energyCostUsdPerDay(
  energyKwhPerDay: number,
  powerPriceUsdPerKwh: number,
  otherUsdPerKwh: number,
): number {
  return energyKwhPerDay * (powerPriceUsdPerKwh + otherUsdPerKwh)
}

/** Revenue, USD/day: accepted hashrate × hashprice. With a hashprice in BTC: BTC/day. */
export function revenuePerDay(acceptedPhs: number, hashpricePerPhDay: number): number {
  return acceptedPhs * hashpricePerPhDay
}

/** Cash margin, USD/day: revenue less avoidable cost. */
export function cashMarginUsdPerDay(revenueUsdPerDay: number, avoidableCostUsdPerDay: number): number {
  return revenueUsdPerDay - avoidableCostUsdPerDay
}

/** Margin as a share of revenue; NaN where there is no revenue. */
export function marginShare(marginUsdPerDay: number, revenueUsdPerDay: number): number {
  return revenueUsdPerDay === 0 ? NONE : marginUsdPerDay / revenueUsdPerDay
}

/** Margin after the cost that does not stop with the machine, USD/day. */
export function allInMarginUsdPerDay(marginUsdPerDay: number, fixedUsdPerDay: number): number {
  return marginUsdPerDay - fixedUsdPerDay
}

/** Margin after fixed cost and straight-line depreciation, USD/day. Context for the books, never for a verdict. */
export function accountingMarginUsdPerDay(
  marginUsdPerDay: number,
  fixedUsdPerDay: number,
  depreciationUsdPerDay: number,
): number {
  return marginUsdPerDay - fixedUsdPerDay - depreciationUsdPerDay
}

/**
 * Cost of one BTC mined, USD/BTC: cost of the day over BTC of the day. With the avoidable cost it is the cash
 * cost, with fixed cost added the all-in cost. NaN where nothing is mined.
 */
export function costPerBtcUsd(costUsdPerDay: number, btcPerDay: number): number {
  return btcPerDay > 0 ? costUsdPerDay / btcPerDay : NONE
}

/** Power per hashrate, J/TH (= W per TH/s); NaN where there is no hashrate. For a fleet: Σ power over Σ hashrate. */
export function efficiencyJPerTh(powerW: number, hashrateThs: number): number {
  return hashrateThs > 0 ? powerW / hashrateThs : NONE
}

/*
 * Break-evens: the value of one input at which the cash margin is zero, all else as given.
 */

/**
 * Hashprice at which the margin is zero, USD/PH/s/day: A ÷ accepted PH/s. With full uptime and no fees or
 * standby it is the hashcost 24 · J/TH · USD/kWh. Negative where power is paid for; NaN where nothing is accepted.
 */
export function breakevenHashpriceUsdPerPhDay(avoidableCostUsdPerDay: number, acceptedPhs: number): number {
  return acceptedPhs > 0 ? avoidableCostUsdPerDay / acceptedPhs : NONE
}

/** Power price at which the margin is zero, USD/kWh: R / kWh − v; NaN where no energy is used. */
export function breakevenPowerPriceUsdPerKwh(
  revenueUsdPerDay: number,
  energyKwhPerDay: number,
  otherUsdPerKwh: number,
): number {
  return energyKwhPerDay > 0 ? revenueUsdPerDay / energyKwhPerDay - otherUsdPerKwh : NONE
}

/**
 * BTC price at which the margin is zero, USD/BTC: HP* over the hashprice in BTC (the same as P · HP* ÷ HP).
 * Negative where HP* is; NaN where HP* does not exist or hashing earns nothing.
 */
export function breakevenBtcPriceUsd(
  breakevenHashpriceUsdPerPhDay: number,
  hashpriceBtcPerPhDay: number,
): number {
  return hashpriceBtcPerPhDay > 0 ? breakevenHashpriceUsdPerPhDay / hashpriceBtcPerPhDay : NONE
}

/** Difficulty at which the margin is zero: D · HP ÷ HP*; exists only where HP* is above 0, else NaN. */
export function breakevenDifficulty(
  difficulty: number,
  hashpriceUsdPerPhDay: number,
  breakevenHashpriceUsdPerPhDay: number,
): number {
  return breakevenHashpriceUsdPerPhDay > 0
    ? (difficulty * hashpriceUsdPerPhDay) / breakevenHashpriceUsdPerPhDay
    : NONE
}

/** How far hashprice is above break-even, as a fraction: HP ÷ HP* − 1; exists only where HP* is above 0, else NaN. */
export function headroom(hashpriceUsdPerPhDay: number, breakevenHashpriceUsdPerPhDay: number): number {
  return breakevenHashpriceUsdPerPhDay > 0 ? hashpriceUsdPerPhDay / breakevenHashpriceUsdPerPhDay - 1 : NONE
}
