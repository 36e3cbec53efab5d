/** What a reader who holds the machines of an earlier revision must read again. */
export type RowJournal = {
  /**
   * The fleet has reached a revision.
   * @param keys machines that were changed, or added after all others; null: rows were removed or moved, or unknown
   */
  reached(revision: number, keys: readonly number[] | null): void
  /**
   * Keys of the machines changed or added since a revision, in no order; empty where there are none.
   * null: unknown or too many, read all of them.
   */
  since(revision: number): readonly number[] | null
}

/** Beyond this many rows a full read costs little more. */
export const MOST_CHANGED_ROWS = 2000

/** @param revision of the fleet as it stands, the first that the journal knows */
export function createRowJournal(revision: number): RowJournal {
  let first = revision
  let last = revision
  let entries: { readonly revision: number; readonly keys: readonly number[] }[] = []
  let held = 0

  return {
    reached(revision, keys) {
      last = revision
      if (keys === null) {
        first = revision
        entries = []
        held = 0
        return
      }
      if (keys.length === 0) return
      entries.push({ revision, keys })
      held += keys.length
      while (held > MOST_CHANGED_ROWS) {
        const oldest = entries.shift()!
        held -= oldest.keys.length
        first = oldest.revision
      }
    },
    since(revision) {
      if (revision < first || revision > last) return null
      return [...new Set(entries.filter((entry) => entry.revision > revision).flatMap((entry) => entry.keys))]
    },
  }
}
