import { fieldFault } from '#electron/files/json.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { Scenario } from '#shared/domain/ahead/scenario.ts'
import { isNothingTried, NOTHING_TRIED, scenarioNameKey } from '#shared/domain/ahead/scenario.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { assumptionsSchema, triedSchema } from '#shared/ipc/schemas/scenarios.ts'

/** As it is stored: the assumptions, and beside them what is tried where anything is. */
const documentSchema = assumptionsSchema.extend({ tried: triedSchema.optional() })

export type UnreadableScenario = { readonly name: string; readonly fault: string }

export type StoredScenarios = {
  /** by name */
  readonly scenarios: readonly Scenario[]
  /** those whose document says what cannot be, and what that is in a sentence */
  readonly unreadable: readonly UnreadableScenario[]
}

/** All that are stored. One that cannot be read leaves the others as they are. */
export async function storedScenarios(store: Pick<Store, 'readScenarios'>): Promise<StoredScenarios> {
  const scenarios: Scenario[] = []
  const unreadable: UnreadableScenario[] = []
  for (const { name, text } of await store.readScenarios())
    try {
      scenarios.push(scenarioFrom(name, text))
    } catch (fault) {
      if (!(fault instanceof StrikelineError)) throw fault
      unreadable.push({ name, fault: `${fault.message}. Store it again under its name, or remove it.` })
    }
  return { scenarios, unreadable }
}

/** @throws StrikelineError 'bad-input' that names the scenario and the field */
function scenarioFrom(name: string, text: string): Scenario {
  // That it is JSON is held by the table.
  const document: unknown = JSON.parse(text)
  const parsed = documentSchema.safeParse(document)
  if (!parsed.success) throw fieldFault(`Scenario ‘${name}’`, document, parsed.error.issues[0]!)
  const { tried = NOTHING_TRIED, ...assumptions } = parsed.data
  return { name, assumptions, tried }
}

/**
 * @param isReplacing whether one of that name, case ignored, gives way
 * @throws StrikelineError 'bad-input' for a name that cannot be, 'conflict' where there is one that is not to give way
 */
export async function putScenario(
  store: Pick<Store, 'putScenario'>,
  { name, assumptions, tried }: Scenario,
  isReplacing: boolean,
): Promise<void> {
  const document = isNothingTried(tried) ? assumptions : { ...assumptions, tried }
  await store.putScenario(name, JSON.stringify(document), isReplacing)
}

/** @throws StrikelineError 'bad-input' that names those that there are, or what is wrong with the one that is meant */
export function scenarioNamed({ scenarios, unreadable }: StoredScenarios, name: string): Scenario {
  const isMeant = (other: { readonly name: string }) => scenarioNameKey(other.name) === scenarioNameKey(name)
  const found = scenarios.find(isMeant)
  if (found !== undefined) return found
  const broken = unreadable.find(isMeant)
  if (broken !== undefined) throw new StrikelineError('bad-input', broken.fault)
  const known = scenarios.map((scenario) => scenario.name).join(', ')
  throw new StrikelineError(
    'bad-input',
    `There is no scenario '${name}'; ${known === '' ? 'none is stored' : `there are ${known}`}.`,
  )
}
