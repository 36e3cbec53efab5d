/**
 * The retarget as consensus does it: on the 256-bit target in whole numbers, then cut to its compact form ("bits").
 * Source: Bitcoin Core, CalculateNextWorkRequired and arith_uint256::SetCompact/GetCompact.
 */

/** The easiest target that mainnet allows; difficulty 1 is its compact form. */
const MAINNET_LIMIT = (1n << 224n) - 1n
const SIGN_BIT = 0x00800000
const MANTISSA = 0x007fffff

/** Compact form of a target: the top byte counts bytes, the rest is the mantissa. */
function partsOf(bits: number): { readonly exponent: number; readonly mantissa: number } {
  const exponent = bits >>> 24
  const mantissa = bits & MANTISSA
  if (!Number.isInteger(bits) || bits < 1 || bits > 0x207fffff || (bits & SIGN_BIT) !== 0 || mantissa === 0)
    throw new RangeError(
      `bits must be a compact target of at most 0x207fffff, above 0 and without sign; it is ${shown(bits)}.`,
    )
  return { exponent, mantissa }
}

const shown = (bits: number) =>
  Number.isInteger(bits) && bits >= 0 ? `0x${bits.toString(16).padStart(8, '0')}` : String(bits)

function targetFromBits(bits: number): bigint {
  const { exponent, mantissa } = partsOf(bits)
  return exponent <= 3
    ? BigInt(mantissa) >> BigInt(8 * (3 - exponent))
    : BigInt(mantissa) << BigInt(8 * (exponent - 3))
}

function bitsFromTarget(target: bigint): number {
  let exponent = Math.ceil(target.toString(2).length / 8)
  let mantissa =
    exponent <= 3 ? Number(target) * 256 ** (3 - exponent) : Number(target >> BigInt(8 * (exponent - 3)))
  // The mantissa's top bit is a sign: a mantissa that reaches it moves down a byte.
  if ((mantissa & SIGN_BIT) !== 0) {
    mantissa >>>= 8
    exponent++
  }
  return exponent * 2 ** 24 + mantissa
}

/**
 * Difficulty of a compact target: 0xffff · 2²⁰⁸ ÷ target, 1 for 0x1d00ffff.
 * Throws RangeError where the bits are no compact target.
 */
export function difficultyFromBits(bits: number): number {
  const { exponent, mantissa } = partsOf(bits)
  return (0xffff / mantissa) * 2 ** (8 * (0x1d - exponent))
}

/**
 * Bits of the next epoch from those of the last one and the time stamps (unix s) of its first and last block.
 * Exact. Throws RangeError where the bits are no compact target or a time is not a whole number.
 */
export function retargetBits(bits: number, firstTime: number, lastTime: number): number {
  if (!Number.isSafeInteger(firstTime) || !Number.isSafeInteger(lastTime))
    throw new RangeError(
      `firstTime and lastTime must be whole unix seconds; they are ${firstTime} and ${lastTime}.`,
    )
  const target = targetFromBits(bits)
  const seconds = Math.min(Math.max(lastTime - firstTime, EPOCH_TARGET_SECONDS / 4), EPOCH_TARGET_SECONDS * 4)
  const next = (target * BigInt(seconds)) / BigInt(EPOCH_TARGET_SECONDS)
  return bitsFromTarget(next < MAINNET_LIMIT ? next : MAINNET_LIMIT)
}

/**
 * The change that mempool.space gives for a step from one compact target to the next, percent, −75 to 300.
 * Exponents may differ by one, as consensus allows no more. Throws RangeError where they differ by more or where
 * bits are no compact target. Source: mempool's calcBitsDifference.
 */
export function bitsChangePercent(oldBits: number, newBits: number): number {
  const before = partsOf(oldBits)
  const after = partsOf(newBits)
  const shift = before.exponent - after.exponent
  if (Math.abs(shift) > 1)
    throw new RangeError(
      `Impossible exponent difference between bits ${shown(oldBits)} and ${shown(newBits)}.`,
    )
  const oldMantissa = shift > 0 ? before.mantissa * 256 : before.mantissa
  const newMantissa = shift < 0 ? after.mantissa * 256 : after.mantissa
  return Math.min(Math.max((oldMantissa * 100) / newMantissa - 100, -75), 300)
}
import { EPOCH_TARGET_SECONDS } from '../units.ts'
