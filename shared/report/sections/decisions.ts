import type { Block } from '../document.ts'

export function decisionsSection(): readonly Block[] {
  return []
}
