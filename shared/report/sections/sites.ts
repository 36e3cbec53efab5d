import type { Block } from '../document.ts'

export function sitesSection(): readonly Block[] {
  return []
}
