/** One question at a time per server, in order, across all callers. */
export type Lanes = <T>(host: string, ask: () => Promise<T>) => Promise<T>

export function createLanes(): Lanes {
  const ends = new Map<string, Promise<void>>()
  return (host, ask) => {
    const result = (ends.get(host) ?? Promise.resolve()).then(ask)
    const end: Promise<void> = result
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => {
        if (ends.get(host) === end) ends.delete(host)
      })
    ends.set(host, end)
    return result
  }
}
