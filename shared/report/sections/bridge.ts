import type { Block } from '../document.ts'

export function bridgeSection(): readonly Block[] {
  return []
}
