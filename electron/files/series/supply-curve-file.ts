import { basename } from 'node:path'
import { z } from 'zod'
import { fieldFault, readJsonFile } from '#electron/files/json.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { checkSupplyCurve } from '#shared/domain/ahead/respond.ts'
import type { SupplyCurve } from '#shared/domain/ahead/respond.ts'

const MAX_BYTES = 1_000_000

/** A supply curve as a document; {@link checkSupplyCurve} judges what it says. */
export const curveSchema = z.strictObject({
  tiers: z.array(z.strictObject({ share: z.number(), jPerTh: z.number(), usdPerKwh: z.number() })).max(1000),
  leavingPerEpoch: z.number(),
  returningPerEpoch: z.number(),
  hysteresis: z.number(),
})

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
