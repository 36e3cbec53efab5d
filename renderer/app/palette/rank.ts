/** What is looked for by its name. */
export type Named = {
  readonly label: string
  /** other words that it is found by */
  readonly words?: string
}

/** Words in the order of a text, small; what is no letter and no figure parts them. */
const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}.+]+/gu) ?? []

/**
 * How well a name fits what is typed, the best first: it begins with it; each word typed begins a word of it; the same with its other
 * words; it contains it. null where it does not fit. Everything fits nothing.
 */
export function rankOf({ label, words = '' }: Named, typed: string): 0 | 1 | 2 | 3 | null {
  const wanted = wordsOf(typed)
  const text = typed.trim().toLowerCase()
  if (text === '' || label.toLowerCase().startsWith(text)) return 0
  const begins = (names: readonly string[]) =>
    wanted.length > 0 && wanted.every((word) => names.some((name) => name.startsWith(word)))
  if (begins(wordsOf(label))) return 1
  if (begins(wordsOf(`${label} ${words}`))) return 2
  return label.toLowerCase().includes(text) ? 3 : null
}

/** Those that fit, the best first and else in their order. */
export function ranked<T extends Named>(entries: readonly T[], typed: string, atMost: number): readonly T[] {
  return entries
    .flatMap((entry) => {
      const rank = rankOf(entry, typed)
      return rank === null ? [] : [{ entry, rank }]
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, atMost)
    .map(({ entry }) => entry)
}
