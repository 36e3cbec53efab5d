import { StrikelineError } from '#shared/ipc/errors.ts'
import { labelAt } from '#shared/domain/fleet/columns.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import type { Ladder } from '#shared/domain/ladders/point.ts'
import type { caseOptions } from './case.ts'
import type { Call, OptionSpecs } from './command.ts'
import { UsageError } from './command.ts'
import { withStore } from './stored.ts'

/** The options of every command that chooses among operating points. */
export const ladderOptions = {
  profiles: {
    type: 'string',
    value: 'PROFILES.CSV',
    help: 'operating points by model (default: your own, then the built-in ones)',
  },
  firmware: {
    type: 'string',
    value: 'NAME',
    help: 'which firmware the machines have, where a model has several ladders',
  },
} as const satisfies OptionSpecs

/** The ladder of a row of the fleet; null where its model has none. */
export async function laddersFor(
  call: Call<typeof ladderOptions & typeof caseOptions>,
  fleet: Fleet,
  stored: readonly Ladder[],
): Promise<(row: number) => Ladder | null> {
  const { options: given, host, path } = call
  const [{ loadModels }, { readLaddersFile }, { loadLadders }, { ladderMatcher }] = await Promise.all([
    import('#electron/files/fleet/models.ts'),
    import('#electron/files/ladders/read-ladders.ts'),
    import('#electron/files/ladders/shipped.ts'),
    import('#shared/domain/ladders/ladder-match.ts'),
  ])
  const models = await loadModels(host.assetsFolder)
  const own = given.profiles === undefined ? stored : await readLaddersFile(path(given.profiles))
  const shipped = given.profiles === undefined ? await loadLadders(host.assetsFolder) : []
  const ofOwn = ladderMatcher(models, own)
  const ofShipped = ladderMatcher(models, shipped)
  const wanted = given.firmware?.trim().toLowerCase()
  const ladderNames = new Set([...own, ...shipped].map(({ firmware }) => firmware.toLowerCase()))
  if (wanted !== undefined && !ladderNames.has(wanted))
    throw new UsageError(`no profile is of the firmware '${given.firmware ?? ''}'`)
  return (row) => {
    const model = labelAt(fleet.machines.model, row)
    const hashrateThs = fleet.machines.hashrateThs[row]!
    for (const [match, isOwn] of [
      [ofOwn, true],
      [ofShipped, false],
    ] as const) {
      const all = match(model, hashrateThs)
      const asked = all.filter(({ firmware }) => firmware.toLowerCase() === wanted)
      // a given firmware does not exclude the only ladder of a model that has no such firmware
      const fitting = asked.length > 0 ? asked : all
      // of built-in ladders the first is the default; of their own only the operator knows which
      if (isOwn && fitting.length > 1)
        throw new StrikelineError(
          'bad-input',
          `${model} has profiles of ${fitting.length} firmwares (${fitting.map(({ firmware }) => firmware || 'not named').join(', ')}): say which with --firmware`,
        )
      if (fitting[0] !== undefined) return fitting[0]
    }
    return null
  }
}

/** What the operator has stored, where the fleet is the stored one: own points, and machines that always run. */
export async function ownRules(
  call: Call<typeof ladderOptions & typeof caseOptions>,
): Promise<{ readonly ladders: readonly Ladder[]; readonly protectedKeys: ReadonlySet<number> }> {
  if (call.options.fleet !== undefined) return { ladders: [], protectedKeys: new Set() }
  return withStore(call.host, call.options.data, async (store) => {
    const { policies } = await store.readContracts()
    const isProtected = policies.filter(({ policy }) => policy === 'protected')
    return {
      ladders: await store.readLadders(),
      protectedKeys: new Set(isProtected.map(({ machineKey }) => machineKey)),
    }
  })
}
