import { z } from 'zod'
import { curveSchema } from '#electron/files/series/supply-curve-file.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { ReportScenario } from '#shared/report/case.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'

const pathSchema = z.strictObject({
  days: z.array(z.number()).max(40_000),
  factors: z.array(z.number()).max(40_000),
  ratePerYear: z.number(),
})
const assumptionsSchema = z.strictObject({
  price: pathSchema,
  hashrate: pathSchema,
  response: curveSchema.nullable(),
})

/** All that are stored, by name. */
export async function storedScenarios(
  store: Pick<Store, 'readScenarios'>,
): Promise<readonly ReportScenario[]> {
  const stored = await store.readScenarios()
  return stored.map(({ name, text }) => ({ name, assumptions: assumptionsSchema.parse(JSON.parse(text)) }))
}

/** @throws StrikelineError 'bad-input' that names those that there are */
export function scenarioNamed(scenarios: readonly ReportScenario[], name: string): ReportScenario {
  const found = scenarios.find((scenario) => scenario.name.toLowerCase() === name.toLowerCase())
  if (found !== undefined) return found
  const known = scenarios.map((scenario) => scenario.name).join(', ')
  throw new StrikelineError(
    'bad-input',
    `There is no scenario '${name}'; ${known === '' ? 'none is stored' : `there are ${known}`}.`,
  )
}
