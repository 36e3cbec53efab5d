import { float64Stride } from './columns.ts'
import type { LabelName, TextName } from './fields.ts'
import { each, LABEL_NAMES, NUMBER_NAMES, FIGURE_SOURCE_NAMES, TEXT_NAMES } from './fields.ts'
import type { MachineColumns } from './fleet.ts'

/**
 * The machines of a fleet in one buffer, for the way between threads and processes: what crosses there as thirteen columns over
 * one buffer arrives as thirteen copies of it. Where each column lies follows from the number of rows and the bytes of its texts.
 */
export type PackedMachines = {
  readonly buffer: ArrayBuffer
  /** rows */
  readonly length: number
  /** UTF-8 bytes of all rows together */
  readonly textBytes: TextBytes
  readonly labels: Readonly<Record<LabelName, readonly string[]>>
}

const FLOATS = ['key', ...NUMBER_NAMES] as const
const BYTES = ['status', ...FIGURE_SOURCE_NAMES] as const

export type TextBytes = Readonly<Record<TextName, number>>

/** Typed arrays of every kind may begin at a multiple of it. */
const ALIGNMENT = Float64Array.BYTES_PER_ELEMENT

const aligned = (bytes: number) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT

/** Bytes of the buffer for so many rows with so much text. */
export function packedBytes(length: number, textBytes: TextBytes): number {
  const whole32 = aligned(length * Uint32Array.BYTES_PER_ELEMENT)
  const offsets = aligned((length + 1) * Uint32Array.BYTES_PER_ELEMENT)
  return (
    FLOATS.length * float64Stride(length) +
    (1 + LABEL_NAMES.length) * whole32 +
    BYTES.length * aligned(length) +
    TEXT_NAMES.reduce((sum, name) => sum + offsets + aligned(textBytes[name]), 0)
  )
}

/**
 * The columns of packed machines: views of their buffer, nothing is copied.
 * @throws RangeError where the buffer has not the size that rows and texts need
 */
export function unpackMachines({ buffer, length, textBytes, labels }: PackedMachines): MachineColumns {
  if (buffer.byteLength !== packedBytes(length, textBytes)) {
    throw new RangeError(
      `${length} packed machines need ${packedBytes(length, textBytes)} bytes, the buffer has ${buffer.byteLength}`,
    )
  }
  let at = 0
  const place = (bytes: number) => {
    const start = at
    at += aligned(bytes)
    return start
  }
  const stride = float64Stride(length)
  const column32 = (rows: number) =>
    new Uint32Array(buffer, place(rows * Uint32Array.BYTES_PER_ELEMENT), rows)
  return {
    length,
    ...each(FLOATS, () => new Float64Array(buffer, place(stride), length)),
    site: column32(length),
    ...each(LABEL_NAMES, (name) => ({ labels: labels[name], codes: column32(length) })),
    ...each(BYTES, () => new Uint8Array(buffer, place(length), length)),
    ...each(TEXT_NAMES, (name) => ({
      offsets: column32(length + 1),
      bytes: new Uint8Array(buffer, place(textBytes[name]), textBytes[name]),
    })),
  }
}

/** Packed machines to be filled in: every number 0, every text empty. `labels` are those that codes will point into. */
export function blankMachines<Labels extends PackedMachines['labels']>(
  length: number,
  textBytes: TextBytes,
  labels: Labels,
): PackedMachines & { readonly labels: Labels } {
  return { buffer: new ArrayBuffer(packedBytes(length, textBytes)), length, textBytes, labels }
}

/** The machines copied into one buffer of their own. */
export function packMachines(machines: MachineColumns): PackedMachines {
  const packed = blankMachines(
    machines.length,
    each(TEXT_NAMES, (name) => machines[name].bytes.length),
    each(LABEL_NAMES, (name) => machines[name].labels),
  )
  const into = unpackMachines(packed)
  for (const name of FLOATS) into[name].set(machines[name])
  into.site.set(machines.site)
  for (const name of BYTES) into[name].set(machines[name])
  for (const name of LABEL_NAMES) into[name].codes.set(machines[name].codes)
  for (const name of TEXT_NAMES) {
    into[name].offsets.set(machines[name].offsets)
    into[name].bytes.set(machines[name].bytes)
  }
  return packed
}
