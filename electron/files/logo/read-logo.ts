import { basename } from 'node:path'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Company } from '#shared/report/case.ts'
import { readBounded } from '../bytes.ts'
import { svgFault } from './svg-fault.ts'

const MOST_LOGO_BYTES = 2_000_000
/** A picture of more would take more memory than a page is worth. */
const MOST_PIXELS = 4000

type Logo = NonNullable<Company['logo']>

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const JPEG = [0xff, 0xd8, 0xff]

/**
 * A picture to be printed on reports: PNG, JPEG or SVG, told by what is in the file and not by its name.
 * @throws StrikelineError 'file-unreadable' or 'bad-input' that names the file, what is wrong with it and where
 */
export async function readLogo(path: string): Promise<Logo> {
  const name = basename(path)
  const file = await readBounded(path, name, MOST_LOGO_BYTES, 'for a logo: save a smaller picture')
  // A buffer of its own: it is handed on to another thread.
  const bytes = new Uint8Array(file)
  if (beginsWith(bytes, PNG)) return { type: 'image/png', bytes: sound(name, bytes, pngFault(file)) }
  if (beginsWith(bytes, JPEG)) return { type: 'image/jpeg', bytes: sound(name, bytes, jpegFault(file)) }
  const text = file.toString('utf8').replace(/^\uFEFF/, '')
  if (/^\s*</.test(text)) {
    const fault = svgFault(text)
    const advice = ': a logo is shapes alone, with nothing from elsewhere. Save it as a plain SVG or as a PNG'
    return { type: 'image/svg+xml', bytes: sound(name, bytes, fault === null ? null : fault + advice) }
  }
  throw new StrikelineError(
    'bad-input',
    `${name} is no PNG, JPEG or SVG, whatever its name says: save the logo as one of them.`,
  )
}

const beginsWith = (bytes: Uint8Array, signs: readonly number[]) =>
  signs.every((sign, i) => bytes[i] === sign)

function sound(name: string, bytes: Uint8Array, fault: string | null): Uint8Array {
  if (fault === null) return bytes
  throw new StrikelineError('bad-input', `${name} ${fault}. The logo was not stored.`)
}

/** Header, size and end, as the format has them; null: as they should be. */
function pngFault(file: Buffer): string | null {
  if (file.length < 33 || file.toString('latin1', 12, 16) !== 'IHDR')
    return 'is no whole PNG: it has no header'
  if (!file.includes('IEND')) return 'is no whole PNG: it breaks off'
  return sizeFault(file.readUInt32BE(16), file.readUInt32BE(20))
}

function jpegFault(file: Buffer): string | null {
  let at = 2
  while (at + 9 < file.length) {
    if (file[at] !== 0xff) return 'is no whole JPEG: it cannot be read to its picture'
    const marker = file[at + 1]!
    if (marker === 0xff) at++
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return sizeFault(file.readUInt16BE(at + 7), file.readUInt16BE(at + 5))
    else at += 2 + file.readUInt16BE(at + 2)
  }
  return 'is no whole JPEG: it breaks off before its picture'
}

function sizeFault(width: number, height: number): string | null {
  if (width === 0 || height === 0) return 'is a picture of no size'
  return width > MOST_PIXELS || height > MOST_PIXELS
    ? `is ${width} × ${height} pixels, and at most ${MOST_PIXELS} × ${MOST_PIXELS} can be printed`
    : null
}
