/**
 * Random numbers that a seed repeats bit for bit, on every platform: whole-number arithmetic, one division, and a
 * normal quantile made of +, −, ×, ÷, √ and log.
 *
 * Generator: xoshiro128** 1.1 (D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", 2018; public
 * domain), period 2¹²⁸ − 1. Its four words are filled by the 32-bit SplitMix (G. Steele, D. Lea, C. Flood, "Fast
 * splittable pseudorandom number generators", 2014, with the finaliser of MurmurHash3), as its authors advise.
 */

/** Four 32-bit words, not all 0; every draw changes them. */
export type RandomState = Int32Array

/** The seeds that there are: whole numbers from 0 to this. */
export const LARGEST_SEED = 2 ** 32 - 1

const GOLDEN_GAMMA = 0x9e3779b9

/** @throws RangeError when the seed is not a whole number from 0 to 2³² − 1 */
export function randomState(seed: number): RandomState {
  if (!Number.isInteger(seed) || seed < 0 || seed > LARGEST_SEED)
    throw new RangeError(`seed: must be a whole number from 0 to ${LARGEST_SEED}; it is ${seed}`)
  const state = new Int32Array(4)
  for (let i = 0; i < 4; i++) state[i] = mixed(seed + Math.imul(GOLDEN_GAMMA, i + 1))
  return state
}

function mixed(word: number): number {
  let z = word | 0
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
  return z ^ (z >>> 16)
}

/** The next 32 bits, as a whole number from 0 to 2³² − 1. */
export function nextUint32(state: RandomState): number {
  const s1 = state[1]!
  const times5 = Math.imul(s1, 5)
  const result = Math.imul((times5 << 7) | (times5 >>> 25), 9)
  const s2 = state[2]! ^ state[0]!
  const s3 = state[3]! ^ s1
  state[1] = s1 ^ s2
  state[0] = state[0]! ^ s3
  state[2] = s2 ^ (s1 << 9)
  state[3] = (s3 << 11) | (s3 >>> 21)
  return result >>> 0
}

/** Uniform between 0 and 1, both left out: the middles of 2³² equal steps. */
export function nextUniform(state: RandomState): number {
  return (nextUint32(state) + 0.5) / 2 ** 32
}

/** Standard normal, by inversion of one uniform; never beyond ±6.34. */
export function nextNormal(state: RandomState): number {
  return normalQuantile(nextUniform(state))
}

/**
 * Scale that turns normal draws into draws of Student's t with variance 1: √((ν − 2) / χ²). For an even ν the χ² is
 * −2 · ln of a product of ν/2 uniforms. Draws that share one scale share calm and wild times.
 */
export function nextTailScale(state: RandomState, degreesOfFreedom: number): number {
  let product = 1
  for (let i = 0; i < degreesOfFreedom; i += 2) product *= nextUniform(state)
  return Math.sqrt((degreesOfFreedom - 2) / (-2 * Math.log(product)))
}

/**
 * The value below which a standard normal falls with probability p, 0 < p < 1; good to about 1 part in 10¹⁶.
 * Source: M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988), 477–484.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    return (
      (q *
        (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r +
          45921.953931549871457) *
          r +
          13731.693765509461125) *
          r +
          1971.5909503065514427) *
          r +
          133.14166789178437745) *
          r +
          3.387132872796366608)) /
      (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r +
        21213.794301586595867) *
        r +
        5394.1960214247511077) *
        r +
        687.1870074920579083) *
        r +
        42.313330701600911252) *
        r +
        1)
    )
  }
  const tail = Math.sqrt(-Math.log(q < 0 ? p : 1 - p))
  const size = tail <= 5 ? nearTail(tail - 1.6) : farTail(tail - 5)
  return q < 0 ? -size : size
}

function nearTail(r: number): number {
  return (
    (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r +
      1.27045825245236838258) *
      r +
      3.64784832476320460504) *
      r +
      5.7694972214606914055) *
      r +
      4.6303378461565452959) *
      r +
      1.42343711074968357734) /
    (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r +
      0.14810397642748007459) *
      r +
      0.68976733498510000455) *
      r +
      1.6763848301838038494) *
      r +
      2.05319162663775882187) *
      r +
      1)
  )
}

function farTail(r: number): number {
  return (
    (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r +
      0.026532189526576123093) *
      r +
      0.29656057182850489123) *
      r +
      1.7848265399172913358) *
      r +
      5.4637849111641143699) *
      r +
      6.6579046435011037772) /
    (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r +
      7.868691311456132591e-4) *
      r +
      0.0148753612908506148525) *
      r +
      0.13692988092273580531) *
      r +
      0.59983220655588793769) *
      r +
      1)
  )
}
