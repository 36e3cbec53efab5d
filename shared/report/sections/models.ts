import type { Block } from '../document.ts'

export function modelsSection(): readonly Block[] {
  return []
}
