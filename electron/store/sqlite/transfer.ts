/** Buffers of the typed arrays in an answer: they change hands instead of being copied. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>()
  const look = (part: unknown): void => {
    if (ArrayBuffer.isView(part)) {
      if (part.buffer instanceof ArrayBuffer) found.add(part.buffer)
    } else if (typeof part === 'object' && part !== null && !Array.isArray(part)) {
      for (const inner of Object.values(part)) look(inner)
    }
  }
  look(value)
  return [...found]
}
