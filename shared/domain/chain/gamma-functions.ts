/**
 * The two special functions that a ratio of gamma variables needs. Both are deterministic and smooth in
 * every argument, to about 1e-11 for the shapes met here (up to some ten thousand).
 */

// Lanczos coefficients for g = 7, n = 9 (Godfrey's table; about 1e-15 relative for x > 0.5).
const LANCZOS_G = 7
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const

/** ln Γ(x) for x ≥ 0.5; NaN below. */
export function logGamma(x: number): number {
  if (!(x >= 0.5)) return Number.NaN
  let sum = LANCZOS[0]
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i]! / (x - 1 + i)
  const shifted = x + LANCZOS_G - 0.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(shifted) - shifted + Math.log(sum)
}

/**
 * Regularised incomplete beta I_x(a, b): the probability that Γ(a)/(Γ(a) + Γ(b)) is at most x, for gamma
 * variables of shapes a, b ≥ 0.5. Takes x as the two parts of its ratio, x = part/(part + rest), so that
 * nothing is lost where x is near 1. Lentz's continued fraction (Abramowitz & Stegun 26.5.8).
 */
export function betaProbability(part: number, rest: number, a: number, b: number): number {
  if (part <= 0) return 0
  if (rest <= 0) return 1
  const logX = -Math.log1p(rest / part)
  const logY = -Math.log1p(part / rest)
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * logX + b * logY)
  // The fraction converges fast on this side of the mean; on the other side use I_x(a, b) = 1 − I_y(b, a).
  const isLow = part * (b + 1) < rest * (a + 1)
  return isLow
    ? (front * betaFraction(part / (part + rest), a, b)) / a
    : 1 - (front * betaFraction(rest / (part + rest), b, a)) / b
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1), tiny)
  let value = d
  for (let m = 1; m <= 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d, tiny)
    c = away(1 + even / c, tiny)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d, tiny)
    c = away(1 + odd / c, tiny)
    const step = d * c
    value *= step
    if (Math.abs(step - 1) < 1e-15) break
  }
  return value
}

const away = (value: number, tiny: number) => (Math.abs(value) < tiny ? tiny : value)
