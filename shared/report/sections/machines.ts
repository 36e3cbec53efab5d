import type { Block } from '../document.ts'

export function machinesSection(): readonly Block[] {
  return []
}
