import type { Database } from 'better-sqlite3'
import type { StoreCalls } from '../port.ts'

/**
 * Looks for words in the notes of machines. They are JSON of headings and texts: SQLite looks for rows that may have the word anywhere,
 * their texts are then read.
 */
export function createNoteSearch(db: Database): StoreCalls['findNotes'] {
  const mayHave = db
    .prepare<[all: number, word: string], [key: number, notes: string]>(
      `SELECT key, notes_json FROM machine
       WHERE notes_json IS NOT NULL AND (? OR instr(lower(notes_json), ?) > 0) ORDER BY key`,
    )
    .raw()

  function keysWith(word: string): Float64Array {
    const small = word.toLowerCase()
    // SQLite folds the case of ASCII letters alone.
    const isAscii = /^[\x20-\x7e]*$/.test(small)
    const keys: number[] = []
    const written = JSON.stringify(small).slice(1, -1)
    for (const [key, notes] of mayHave.iterate(isAscii ? 0 : 1, written)) {
      const texts = Object.values(JSON.parse(notes) as Record<string, string>)
      if (texts.some((text) => text.toLowerCase().includes(small))) keys.push(key)
    }
    return Float64Array.from(keys)
  }
  return (words) => words.map((word) => ({ word, keys: keysWith(word) }))
}
