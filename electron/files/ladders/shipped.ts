import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ladder } from '#shared/domain/ladders/point.ts'

/** A ladder that ships with the program. */
export type ShippedLadder = Ladder & {
  /** how its watts are known: read by an owner, stated by a firmware, a maker or a vendor of firmware */
  readonly quality: 'measured' | 'firmware' | 'maker' | 'vendor'
  readonly note: string
}

/** The ladders that ship with the program. @param assetsFolder the folder that holds power-profiles.json */
export async function loadLadders(assetsFolder: string): Promise<readonly ShippedLadder[]> {
  const text = await readFile(join(assetsFolder, 'power-profiles.json'), 'utf8')
  return (JSON.parse(text) as { readonly ladders: readonly ShippedLadder[] }).ladders
}
