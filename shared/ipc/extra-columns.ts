import type { PlaceName } from '../domain/fleet/fields.ts'
import { PLACE_NAMES } from '../domain/fleet/fields.ts'

/** The optional columns of the fleet table that the setting turns on: "rack,ip". Unknown names are left out. */
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
