import type { Block } from '../document.ts'

export function contractsSection(): readonly Block[] {
  return []
}
