import type { Block } from '../document.ts'

export function returnsSection(): readonly Block[] {
  return []
}
