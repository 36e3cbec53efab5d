import type { Block } from '../document.ts'

export function signOffSection(): readonly Block[] {
  return []
}
