import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { FLEET_CSV, runCommand, temporaryFolder } from './run.ts'

let cwd: string
const run = (...words: string[]) => runCommand(words, { cwd })
const idsIn = async () => {
  const { stdout } = await run('archive', 'list', '--json')
  return (JSON.parse(stdout) as { machines: { id: string }[] }).machines.map(({ id }) => id)
}

beforeEach(async () => {
  cwd = temporaryFolder()
  writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
  expect((await run('import', 'fleet.csv')).exitCode).toBe(0)
})

it('machines go to the archive and come back, one process after the other', async () => {
  expect((await run('archive', 'add', 'old', 'shelf')).stdout).toBe(
    '2 rows archived; `undo` takes it back.\n',
  )
  expect(await idsIn()).toEqual(['shelf', 'old'])
  expect((await run('archive', 'list', 'ridge')).stdout).toMatch(/^id .*\nshelf {2}Antminer S9 14T {2}Ridge/)
  expect((await run('archive', 'bring-back', 'old')).exitCode).toBe(0)
  expect(await idsIn()).toEqual(['shelf'])
})

it('undo and redo follow what the file remembers', async () => {
  await run('archive', 'add', 'old')
  expect((await run('undo')).stdout).toBe('undone: Archived old\n')
  expect(await idsIn()).toEqual([])
  expect((await run('redo', '--list', '--json')).stdout).toBe(
    '{"undo":"Import of fleet.csv","redo":"Archived old"}\n',
  )
  expect((await run('redo')).stdout).toBe('redone: Archived old\n')
  expect(await idsIn()).toEqual(['old'])
  expect((await run('redo')).stderr).toContain('there is nothing to redo')
})

it('refuses what it does not know, and changes nothing', async () => {
  const gone = await run('archive', 'add', 'old', 'never')
  expect(gone).toMatchObject({ exitCode: 1 })
  expect(gone.stderr).toContain('There is no machine never in the fleet.')
  expect(await idsIn()).toEqual([])
  expect((await run('archive', 'away')).exitCode).toBe(2)
  expect((await run('archive', 'bring-back', 'old')).stderr).toContain('no machine old in the archive')
})
