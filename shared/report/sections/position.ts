import type { Block } from '../document.ts'

export function positionSection(): readonly Block[] {
  return []
}
