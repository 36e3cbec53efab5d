import { basename } from 'node:path'
import { fieldFault, readJsonFile } from '#electron/files/json.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { curveSchema } from '#shared/ipc/schemas/scenarios.ts'
import { checkSupplyCurve } from '#shared/domain/ahead/respond.ts'
import type { SupplyCurve } from '#shared/domain/ahead/respond.ts'

const MAX_BYTES = 1_000_000

/** A supply curve from a JSON file. @throws StrikelineError that names file and field */
export async function readSupplyCurve(file: string): Promise<SupplyCurve> {
  const name = basename(file)
  const json = await readJsonFile(file, MAX_BYTES)
  const parsed = curveSchema.safeParse(json)
  if (!parsed.success) throw fieldFault(name, json, parsed.error.issues[0]!)
  try {
    checkSupplyCurve(parsed.data)
  } catch (error) {
    if (error instanceof RangeError) throw new StrikelineError('bad-input', `${name}, ${error.message}`)
    throw error
  }
  return parsed.data
}
