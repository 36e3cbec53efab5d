/**
 * Reads now, and again whenever something beneath what was read is another. One reading at a time; of changes meanwhile the newest counts.
 * @param beneath what a reading rests on, as it is now
 * @param read is told what the last reading rested on, nothing at first; returns what it turned out to rest on itself
 * @param changes calls back when something may have changed; returns what ends that
 * @returns ends it
 */
export function keepRead<Beneath extends readonly unknown[]>(
  beneath: () => Beneath,
  read: (now: Beneath, before: readonly unknown[]) => Promise<readonly unknown[]>,
  changes: (look: () => void) => readonly (() => void)[],
): () => void {
  let shown: readonly unknown[] = []
  let isUnderWay = false
  let isEnded = false
  const look = async () => {
    const now = beneath()
    if (isUnderWay || isEnded || now.every((part, i) => part === shown[i])) return
    isUnderWay = true
    shown = await read(now, shown)
    isUnderWay = false
    void look()
  }
  void look()
  const ends = changes(() => void look())
  return () => {
    isEnded = true
    for (const end of ends) end()
  }
}
