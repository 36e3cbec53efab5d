import type { Block } from '../document.ts'

export function definitionsSection(): readonly Block[] {
  return []
}
