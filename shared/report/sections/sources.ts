import type { Block } from '../document.ts'

export function sourcesSection(): readonly Block[] {
  return []
}
