import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Catalogue, Model } from '#shared/domain/fleet/catalogue.ts'

/** The catalogue that ships with the program. @param assetsFolder the folder that holds asic-models.json */
export async function loadCatalogue(assetsFolder: string): Promise<Catalogue> {
  return JSON.parse(await readFile(join(assetsFolder, 'asic-models.json'), 'utf8')) as Catalogue
}

export async function loadModels(assetsFolder: string): Promise<readonly Model[]> {
  return (await loadCatalogue(assetsFolder)).models
}
