import { constants, crc32, deflateRawSync } from 'node:zlib'

/** A file inside a zip archive, in pieces of text. */
export type ZipEntry = { readonly name: string; readonly content: Iterable<string> }

/** Pieces are gathered until there is this much, so that each is worth the start of a block. */
const BLOCK_CHARACTERS = 1 << 18
/** Most of the time of a large workbook is spent here: this level is three times as fast as the usual one, for a tenth more bytes. */
const LEVEL = 2
/** Beyond it an archive needs a form that not every program reads. */
const MOST_BYTES = 0xffff_fffe
/** Any day will do: the same content gives the same bytes. */
const DOS_TIME = 0
const DOS_DAY = (1 << 5) | 1
const SIZES_FOLLOW = 1 << 3
const NAME_IS_UTF8 = 1 << 11
const FLAGS = SIZES_FOLLOW | NAME_IS_UTF8
const VERSION = 20
const DEFLATED = 8

type Written = {
  readonly name: Buffer
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly at: number
}

/**
 * A zip archive, piece by piece: nothing of it is held but the directory. Sizes stand behind each file, because they are not known
 * before. Format: PKWARE APPNOTE 6.3, without the parts for archives above 4 GiB.
 * @throws RangeError where a file or the archive is too large for that
 */
export function* zipped(entries: Iterable<ZipEntry>): Generator<Uint8Array> {
  const written: Written[] = []
  let at = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const head = localHeader(name)
    const start = at
    at += head.length
    yield head
    let crc = 0
    let size = 0
    let packed = 0
    for (const { text, isLast } of inBlocks(entry.content)) {
      const bytes = Buffer.from(text)
      crc = crc32(bytes, crc)
      size += bytes.length
      // Blocks that end on a byte stand one behind the other as one stream.
      const finishFlush = isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH
      const block = deflateRawSync(bytes, { level: LEVEL, finishFlush })
      packed += block.length
      yield block
    }
    at += packed
    if (size > MOST_BYTES || at > MOST_BYTES) throw new RangeError(`${entry.name}: larger than 4 GiB`)
    const sizes = Buffer.alloc(16)
    sizes.writeUInt32LE(0x08074b50, 0)
    sizes.writeUInt32LE(crc, 4)
    sizes.writeUInt32LE(packed, 8)
    sizes.writeUInt32LE(size, 12)
    at += sizes.length
    yield sizes
    written.push({ name, crc, packed, size, at: start })
  }
  const directory = written.map(directoryLine)
  const length = directory.reduce((sum, line) => sum + line.length, 0)
  yield* directory
  yield endOfArchive(written.length, length, at)
}

/** The text in pieces of some size; the last one may be empty. */
function* inBlocks(
  content: Iterable<string>,
): Generator<{ readonly text: string; readonly isLast: boolean }> {
  let text = ''
  for (const piece of content) {
    text += piece
    if (text.length < BLOCK_CHARACTERS) continue
    yield { text, isLast: false }
    text = ''
  }
  yield { text, isLast: true }
}

function localHeader(name: Buffer): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(VERSION, 4)
  head.writeUInt16LE(FLAGS, 6)
  head.writeUInt16LE(DEFLATED, 8)
  head.writeUInt16LE(DOS_TIME, 10)
  head.writeUInt16LE(DOS_DAY, 12)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name])
}

function directoryLine({ name, crc, packed, size, at }: Written): Buffer {
  const line = Buffer.alloc(46)
  line.writeUInt32LE(0x02014b50, 0)
  line.writeUInt16LE(VERSION, 4)
  line.writeUInt16LE(VERSION, 6)
  line.writeUInt16LE(FLAGS, 8)
  line.writeUInt16LE(DEFLATED, 10)
  line.writeUInt16LE(DOS_TIME, 12)
  line.writeUInt16LE(DOS_DAY, 14)
  line.writeUInt32LE(crc, 16)
  line.writeUInt32LE(packed, 20)
  line.writeUInt32LE(size, 24)
  line.writeUInt16LE(name.length, 28)
  line.writeUInt32LE(at, 42)
  return Buffer.concat([line, name])
}

function endOfArchive(files: number, length: number, at: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files, 8)
  end.writeUInt16LE(files, 10)
  end.writeUInt32LE(length, 12)
  end.writeUInt32LE(at, 16)
  return end
}
