import type { Block } from '../document.ts'

export function changesSection(): readonly Block[] {
  return []
}
