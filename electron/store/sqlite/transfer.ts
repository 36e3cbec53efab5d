/** The buffers of an answer and its typed arrays: they are transferred, not copied. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>()
  const look = (part: unknown): void => {
    if (part instanceof ArrayBuffer) found.add(part)
    else if (ArrayBuffer.isView(part)) {
      if (part.buffer instanceof ArrayBuffer) found.add(part.buffer)
    } else if (typeof part === 'object' && part !== null && !Array.isArray(part)) {
      for (const inner of Object.values(part)) look(inner)
    }
  }
  look(value)
  return [...found]
}
