import type { PlaceName } from '../domain/fleet/fields.ts'
import { PLACE_NAMES } from '../domain/fleet/fields.ts'

/**
 * Columns of the table of the fleet that are shown only when they are asked for, as the setting holds them: "rack,ip". Names that are
 * none are left out.
 */
export function extraColumnsIn(text: string): readonly PlaceName[] {
  const asked = text.split(',').map((name) => name.trim().toLowerCase())
  return PLACE_NAMES.filter((name) => asked.includes(name))
}

/** What is wrong with such a text, in words; null where nothing is. */
export function extraColumnsFault(text: string): string | null {
  const asked = text.split(',').map((name) => name.trim().toLowerCase())
  const strange = asked.find((name) => name !== '' && !(PLACE_NAMES as readonly string[]).includes(name))
  return strange === undefined ? null : `there is no column ${strange}; there are ${PLACE_NAMES.join(', ')}`
}
