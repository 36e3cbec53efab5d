/** What is wrong with a date that was typed, in words; null where nothing is. */
export function dateFault(text: string): string | null {
  const bare = text.trim()
  if (!/^\d{4}-\d{2}-\d{2}$/.test(bare)) return 'Write a day as 2026-04-01.'
  const atMs = Date.parse(`${bare}T00:00Z`)
  return Number.isNaN(atMs) || new Date(atMs).toISOString().slice(0, 10) !== bare
    ? `There is no day ${bare}.`
    : null
}
