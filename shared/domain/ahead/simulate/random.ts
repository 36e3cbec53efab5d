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
        (((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) *
          r +
          13731.69376550946) *
          r +
          1971.5909503065513) *
          r +
          133.14166789178438) *
          r +
          3.3871328727963665)) /
      (((((((5226.495278852546 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) *
        r +
        5394.196021424751) *
        r +
        687.1870074920579) *
        r +
        42.31333070160091) *
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
    (((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r +
      1.2704582524523684) *
      r +
      3.6478483247632045) *
      r +
      5.769497221460691) *
      r +
      4.630337846156546) *
      r +
      1.4234371107496835) /
    (((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r +
      0.14810397642748008) *
      r +
      0.6897673349851) *
      r +
      1.6763848301838038) *
      r +
      2.053191626637759) *
      r +
      1)
  )
}

function farTail(r: number): number {
  return (
    (((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r +
      0.026532189526576124) *
      r +
      0.29656057182850487) *
      r +
      1.7848265399172913) *
      r +
      5.463784911164114) *
      r +
      6.657904643501103) /
    (((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r +
      0.0007868691311456133) *
      r +
      0.014875361290850615) *
      r +
      0.1369298809227358) *
      r +
      0.599832206555888) *
      r +
      1)
  )
}
