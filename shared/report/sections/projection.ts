import type { Block } from '../document.ts'

export function projectionSection(): readonly Block[] {
  return []
}
