import type { PackedMachines } from '../domain/fleet/packed.ts'

/**
 * A message through the fleet port. `fleet.read` answers with the header of a revision; its machines come here, so
 * that they reach the computing thread without passing through the page.
 */
export type FleetMessage = {
  readonly revision: number
  readonly machines: PackedMachines
} & (
  | { readonly kind: 'all' }
  /** the machines that have changed since revision `from`, by key, and those that are new */
  | { readonly kind: 'rows'; readonly from: number }
)

type Announced<Message> = Message extends FleetMessage
  ? Omit<Message, 'machines'> & { readonly machines: Omit<PackedMachines, 'buffer'>; readonly bytes: number }
  : never

/** A message on its way: what it is and how many bytes its buffer has, then these bytes in order. */
export type FleetPiece = Announced<FleetMessage> | ArrayBuffer

/** Sending so much takes a few milliseconds; between two pieces the sender has time for others. */
export const PIECE_BYTES = 1 << 20

/** The pieces to be sent, one after the other and none of another message between them. */
export function* piecesOf({ machines, ...message }: FleetMessage): Generator<FleetPiece> {
  const { buffer, ...rest } = machines
  yield { ...message, machines: rest, bytes: buffer.byteLength }
  for (let at = 0; at < buffer.byteLength; at += PIECE_BYTES) yield buffer.slice(at, at + PIECE_BYTES)
}

/**
 * Puts pieces together again, in the order in which they were sent.
 * @param take gets each message as soon as it is whole
 * @returns takes the next piece; throws RangeError where it does not belong there
 */
export function createAssembly(take: (message: FleetMessage) => void): (piece: FleetPiece) => void {
  let begun: Announced<FleetMessage> | null = null
  let buffer = new ArrayBuffer(0)
  let filled = 0
  return (piece) => {
    if (!(piece instanceof ArrayBuffer)) {
      if (begun !== null) throw new RangeError('A fleet began before the one before it was whole.')
      begun = piece
      buffer = new ArrayBuffer(piece.bytes)
      filled = 0
    } else {
      if (begun === null) throw new RangeError('A part of a fleet came without its beginning.')
      new Uint8Array(buffer).set(new Uint8Array(piece), filled)
      filled += piece.byteLength
    }
    if (filled < begun.bytes) return
    const { revision, machines, ...kind } = begun
    begun = null
    const whole = { revision, machines: { ...machines, buffer } }
    take(kind.kind === 'all' ? { ...whole, kind: 'all' } : { ...whole, kind: 'rows', from: kind.from })
  }
}
