import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Ladder } from '#shared/domain/ladders/point.ts'
import { NETWORK, runCommand } from '../cli/run.ts'
import { machineInput, NORTH, openIn, temporaryFolder } from './stores.ts'

const OWN: Ladder = {
  model: 'Antminer S19j Pro',
  firmware: '',
  source: 'meter of rack 4',
  points: [
    { name: 'eco', hashrateThs: 77.5, powerW: 1912.5 },
    { name: 'full', hashrateThs: 103, powerW: 3105 },
  ],
}
const OTHER: Ladder = { ...OWN, model: 'Whatsminer M50', firmware: 'stock', source: '' }

it('keeps ladders, replaces them whole, and takes changes back', async () => {
  const store = await openIn(temporaryFolder())
  expect(await store.readLadders()).toEqual([])
  await store.putLadder(OTHER)
  await store.putLadder(OWN)
  expect(await store.readLadders()).toEqual([OWN, OTHER])

  const remeasured = { ...OWN, points: [OWN.points[0]!, { name: 'turbo', hashrateThs: 110, powerW: 3400 }] }
  await store.putLadder(remeasured)
  expect(await store.readLadders()).toEqual([remeasured, OTHER])
  expect((await store.readFleet()).undo).toBe('Profiles of Antminer S19j Pro')
  await store.undo()
  expect(await store.readLadders()).toEqual([OWN, OTHER])
  await store.redo()
  expect(await store.readLadders()).toEqual([remeasured, OTHER])

  await store.removeLadder('antminer s19j pro', '')
  expect(await store.readLadders()).toEqual([OTHER])
  await expect(store.removeLadder('S9', '')).rejects.toMatchObject({ code: 'not-found' })
})

it.each([
  [{ ...OWN, points: OWN.points.slice(0, 1) }, 'profile', /one point is no choice/],
  [{ ...OWN, points: OWN.points.toReversed() }, 'powerW', /1912.5 W does not follow 3105 W/],
  [
    { ...OWN, points: [OWN.points[0]!, { name: 'x', hashrateThs: 2e5, powerW: 4000 }] },
    'hashrateThs',
    /above 100000/,
  ],
  [{ ...OWN, model: '' }, 'model', /no model/],
  [{ ...OWN, firmware: 'two\nlines' }, 'firmware', /line break/],
])('refuses what is no ladder and changes nothing: %j', async (ladder, field, message) => {
  const store = await openIn(temporaryFolder())
  const refused: unknown = await store.putLadder(ladder).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(StrikelineError)
  expect(refused).toMatchObject({ code: 'bad-input', field })
  expect((refused as Error).message).toMatch(message)
  expect(await store.readLadders()).toEqual([])
})

it('leaves a protected machine on', async () => {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  const { key } = await store.addSite({ ...NORTH, powerPriceUsdPerKwh: 0.3 })
  const rig = { siteKey: key, model: 'unknown', uptime: 1, standbyW: 0 }
  await store.addMachine(machineInput({ ...rig, id: 'idle' }))
  const kept = await store.addMachine(machineInput({ ...rig, id: 'kept' }))
  await store.setMachinePolicy([kept.key], 'protected')
  await store.close()
  writeFileSync(join(folder, 'network.json'), JSON.stringify(NETWORK))
  const { stdout } = await runCommand(
    ['optimise', '--data', folder, '--network', 'network.json', '--cap-kw', '10', '--json'],
    { cwd: folder },
  )
  const answer = JSON.parse(stdout) as { lots: { id: string; off: number }[] }
  expect(answer.lots.map(({ id, off }) => [id, off])).toEqual([
    ['idle', 1],
    ['kept', 0],
  ])
})

it('optimises the stored fleet with the own ladder before the built-in one', async () => {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  const { key } = await store.addSite(NORTH)
  await store.addMachine(machineInput({ siteKey: key, id: 'mine', quantity: 3, uptime: 1, standbyW: 0 }))
  await store.putLadder(OWN)
  await store.close()
  writeFileSync(join(folder, 'network.json'), JSON.stringify(NETWORK))
  const { stdout, exitCode } = await runCommand(
    ['optimise', '--data', folder, '--network', 'network.json', '--cap-kw', '6', '--json'],
    { cwd: folder },
  )
  expect(exitCode).toBe(0)
  const answer = JSON.parse(stdout) as { lots: { id: string; ladder: unknown; points: unknown }[] }
  expect(answer.lots).toMatchObject([
    {
      id: 'mine',
      ladder: { model: 'Antminer S19j Pro', firmware: '' },
      points: [{ profile: 'eco', count: 3 }],
    },
  ])
})
