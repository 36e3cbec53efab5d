/**
 * Energy that is paid whether it is used or not, handed out: the first K kWh of a day go to those who earn most from
 * them. What a kWh of it is worth to a lot is what the lot saves by not buying (nor going without) that kWh.
 */

/**
 * Demand of a lot that is on, and of its standby; gains in USD/kWh, 0 or less where handing the energy back is worth
 * more.
 */
export type CommittedUse = {
  readonly kwhOn: number
  readonly gainOn: number
  readonly kwhOff: number
  readonly gainOff: number
}

export type CommittedEnergy = {
  /** what the committed energy saves, USD/day */
  readonly savedUsdPerDay: number
  /** of the committed energy, kWh/day */
  readonly usedKwhPerDay: number
  /** share of a lot's running energy that is committed energy; 0 where the lot takes none */
  readonly shareOn: (lot: number) => number
  /** what it would save, USD/day, if one lot's demand were another, in O(log n) */
  readonly savedWith: (lot: number, kwhOn: number, kwhOff: number) => number
}

/**
 * Lots in the order in which committed energy is handed out: even = on, odd = standby of lot ⌊entry / 2⌋. Where it is worth
 * the same to several, as under one flat price, those that earn most per kWh come first.
 */
export type HandOutOrder = Uint32Array

export function handOutOrder(
  gainOn: (lot: number) => number,
  gainOff: (lot: number) => number,
  earnsPerKwh: (lot: number) => number,
  lots: number,
): HandOutOrder {
  const entries = Array.from({ length: 2 * lots }, (_, i) => i)
  const gain = Float64Array.from(entries, (i) => (i % 2 === 0 ? gainOn : gainOff)(i >> 1))
  const earns = Float64Array.from(entries, (i) => (i % 2 === 0 ? earnsPerKwh(i >> 1) : -Infinity))
  // The same price reached on two ways differs in its last digits.
  const worth = gain.map((usdPerKwh) => Math.round(usdPerKwh / SAME_USD_PER_KWH))
  return Uint32Array.from(
    entries
      .filter((i) => gain[i]! > 0)
      .sort(
        (a, b) => worth[b]! - worth[a]! || (earns[a] === earns[b] ? a - b : earns[b]! > earns[a]! ? 1 : -1),
      ),
  )
}

const SAME_USD_PER_KWH = 1e-12

/** Hands the committed energy out, and keeps what is needed to ask what another demand of one lot would change. */
export function handOut(
  committedKwhPerDay: number,
  uses: readonly CommittedUse[],
  order: HandOutOrder,
): CommittedEnergy {
  const entries = order.length
  const place = new Int32Array(2 * uses.length).fill(-1)
  // energy and gain of the entries before each
  const kwhBefore = new Float64Array(entries + 1)
  const gainBefore = new Float64Array(entries + 1)
  const gain = new Float64Array(entries)
  for (let i = 0; i < entries; i++) {
    const use = uses[order[i]! >> 1]!
    const isOn = order[i]! % 2 === 0
    const kwh = isOn ? use.kwhOn : use.kwhOff
    gain[i] = isOn ? use.gainOn : use.gainOff
    place[order[i]!] = i
    kwhBefore[i + 1] = kwhBefore[i]! + kwh
    gainBefore[i + 1] = gainBefore[i]! + kwh * gain[i]!
  }

  /** Gain of the entries from one to before another, of which only the first so many kWh are served. */
  function served(from: number, to: number, kwh: number): number {
    if (kwh <= 0) return 0
    const end = kwhBefore[from]! + kwh
    if (end >= kwhBefore[to]!) return gainBefore[to]! - gainBefore[from]!
    let low = from
    let high = to
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if (kwhBefore[middle]! <= end) low = middle
      else high = middle
    }
    return gainBefore[low]! - gainBefore[from]! + (end - kwhBefore[low]!) * gain[low]!
  }

  return {
    savedUsdPerDay: served(0, entries, committedKwhPerDay),
    usedKwhPerDay: Math.min(committedKwhPerDay, kwhBefore[entries]!),
    shareOn(lot) {
      const at = place[2 * lot]!
      const { kwhOn } = uses[lot]!
      if (at < 0) return 0
      const left = committedKwhPerDay - kwhBefore[at]!
      // a lot without demand of its own would get what is left, at its place in the order
      if (kwhOn === 0) return left > 0 ? 1 : 0
      return Math.min(Math.max(left / kwhOn, 0), 1)
    },
    savedWith(lot, kwhOn, kwhOff) {
      const changed = [
        { at: place[2 * lot]!, kwh: kwhOn },
        { at: place[2 * lot + 1]!, kwh: kwhOff },
      ]
        .filter(({ at }) => at >= 0)
        .sort((a, b) => a.at - b.at)
      let from = 0
      let left = committedKwhPerDay
      let saved = 0
      for (const { at, kwh } of changed) {
        saved += served(from, at, left)
        left = Math.max(left - (kwhBefore[at]! - kwhBefore[from]!), 0)
        saved += Math.min(left, kwh) * gain[at]!
        left = Math.max(left - kwh, 0)
        from = at + 1
      }
      return saved + served(from, entries, left)
    },
  }
}
