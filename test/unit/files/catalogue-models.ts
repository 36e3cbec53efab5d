import { fileURLToPath } from 'node:url'
import { loadModels } from '#electron/files/fleet/models.ts'

export const models = await loadModels(fileURLToPath(new URL('../../../assets', import.meta.url)))

export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/fleet/${name}`, import.meta.url))
}
