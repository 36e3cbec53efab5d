import type { Company } from '#shared/report/case.ts'

/** Arguments that a call takes at once, safely. */
const PIECE = 8192

/** A logo as an address that has it in itself: the page may load nothing. */
export function logoSource({ type, bytes }: NonNullable<Company['logo']>): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += PIECE) text += String.fromCharCode(...bytes.subarray(i, i + PIECE))
  return `data:${type};base64,${btoa(text)}`
}
