import type { Block } from '../document.ts'

export function treasurySection(): readonly Block[] {
  return []
}
