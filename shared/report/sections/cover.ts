import type { Block } from '../document.ts'

export function coverSection(): readonly Block[] {
  return []
}
