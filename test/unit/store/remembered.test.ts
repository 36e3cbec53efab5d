import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { columnMapOf, NO_MAP } from '#electron/files/fleet/column-map.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { openIn, rowsOf, temporaryFolder } from './stores.ts'

function fileOf(text: string, name = 'list.csv'): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, text)
  return path
}

type Said = { readonly map?: readonly string[]; readonly accepted?: readonly string[] }

async function importText(store: Store, text: string, { map = [], accepted = [] }: Said = {}) {
  const preview = await store.previewImport(fileOf(text), { accepted, map: columnMapOf(map) })
  await store.confirmImport(preview.token, 'merge', accepted)
  return preview
}
const preview = (store: Store, text: string) => store.previewImport(fileOf(text))
const powerOf = async (store: Store) => rowsOf(await store.readFleet()).machines.map((row) => row['powerW'])

const LIST = 'Machine,Typ,Last,Comment\na,Antminer S21 200T,3.5,x\n'
const SAID = ['Machine=id', 'Typ=model', 'Last=power_w*1000']

describe('what was said about columns', () => {
  it('counts for the next file with these headings, in any order and case, also after a restart', async () => {
    const folder = temporaryFolder()
    const first = await openIn(folder)
    expect((await importText(first, LIST, { map: SAID })).isRecalled).toBe(false)
    await first.close()
    const store = await openIn(folder)
    const again = await preview(store, 'COMMENT;last;Typ;machine\ny;3,6;Antminer S21 200T;a\n')
    expect([again.isRecalled, again.errorCount, again.updated]).toEqual([true, 0, 1])
    await store.confirmImport(again.token, 'merge')
    expect(await powerOf(store)).toEqual([3600])
  })

  it('does not count for another set of headings', async () => {
    const store = await openIn(temporaryFolder())
    await importText(store, LIST, { map: SAID })
    for (const header of ['Machine,Typ,Last', 'Machine,Typ,Last,Comment,Hall']) {
      const other = await preview(store, `${header}\n${header.replaceAll(/\w+/g, '1')}\n`)
      expect([other.isRecalled, other.errorCount]).toEqual([false, 1])
    }
  })

  it('is not remembered of a file that is not stored', async () => {
    const store = await openIn(temporaryFolder())
    await store.previewImport(fileOf(LIST), { accepted: [], map: columnMapOf(SAID) })
    expect(await store.readRemembered()).toEqual([])
    const bad = await store.previewImport(fileOf(`${LIST}b,Antminer S21 200T,much,x\n`), {
      accepted: [],
      map: columnMapOf(SAID),
    })
    await expect(store.confirmImport(bad.token, 'merge')).rejects.toMatchObject({ code: 'bad-input' })
    expect(await store.readRemembered()).toEqual([])
  })

  it('never redefines a heading of ours: the next file with it may be our own export', async () => {
    const store = await openIn(temporaryFolder())
    const text = 'id,model,power_w\na,Antminer S21 200T,3.5\n'
    await importText(store, text, { map: ['power_w=power_w*1000'] })
    expect(await powerOf(store)).toEqual([3500])
    expect(await store.readRemembered()).toEqual([])
    expect((await preview(store, text)).questions.map(({ name }) => name)).toEqual(['nameplate'])
  })

  it('can be corrected, forgotten for the file at hand, and forgotten from the list', async () => {
    const store = await openIn(temporaryFolder())
    await importText(store, LIST, { map: SAID })
    await importText(store, LIST, { map: ['Last=note'] })
    const [one] = await store.readRemembered()
    expect(one).toMatchObject({ kind: 'columns', map: ['machine=id', 'typ=model', 'last=note'] })
    const { token } = await preview(store, LIST)
    await store.forgetForImport(token, 'columns')
    expect(
      (await store.previewImportAgain(token, { accepted: [], map: NO_MAP, isWhole: true })).isRecalled,
    ).toBe(false)
    expect(await store.readRemembered()).toEqual([])
    await importText(store, LIST, { map: SAID })
    const ids = (await store.readRemembered()).map(({ id }) => id)
    await expect(store.forgetRemembered([...ids, 'columns-99'])).rejects.toMatchObject({ code: 'not-found' })
    expect(await store.readRemembered()).toHaveLength(1)
    await store.forgetRemembered(ids)
    expect(await store.readRemembered()).toEqual([])
  })

  it('keeps the answer to a decimal sign for files that leave it open, and only for these', async () => {
    const store = await openIn(temporaryFolder())
    const open = 'id;model;power_w\na;Antminer S21 200T;3,500\n'
    await importText(store, open, { accepted: ['decimal-point'] })
    expect(await powerOf(store)).toEqual([3500])
    const next = await preview(store, open.replace('3,500', '3,600'))
    expect([next.isSignOpen, next.errorCount, next.powerW]).toEqual([false, 0, 3600])
    // this one decides for itself
    expect((await preview(store, open.replace('3,500', '3500,5'))).powerW).toBe(3500.5)
  })

  it('reads the waiting file again with other columns, and keeps it where that fails', async () => {
    const store = await openIn(temporaryFolder())
    const first = await preview(store, LIST)
    expect(first.errorCount).toBe(1)
    expect(first.headings.map(({ heading, example }) => [heading, example])).toEqual([
      ['Machine', 'a'],
      ['Typ', 'Antminer S21 200T'],
      ['Last', '3.5'],
      ['Comment', 'x'],
    ])
    const second = await store.previewImportAgain(first.token, {
      accepted: [],
      map: columnMapOf(SAID),
      isWhole: true,
    })
    expect([second.errorCount, second.powerW]).toEqual([0, 3500])
    await expect(store.previewImportAgain(first.token, { accepted: [], map: NO_MAP })).rejects.toMatchObject({
      code: 'not-found',
    })
    const cancelled = store.previewImportAgain(second.token, { accepted: [], map: columnMapOf(SAID) })
    store.cancel()
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    await store.confirmImport(second.token, 'merge')
    expect(await powerOf(store)).toEqual([3500])
  })
})

describe('what was accepted', () => {
  const HEADER = 'id,model,site,power_price_usd_kwh,pool_fee'
  const row = (id: string, site: string, fee: number, model = 'Antminer S21 200T') =>
    `${id},${model},${site},0.05,${fee}`
  const file = (...rows: readonly string[]) => [HEADER, ...rows, ''].join('\n')
  const asked = async (store: Store, text: string) => {
    const { questions, answered } = await preview(store, text)
    return [
      questions.map(({ name, count }) => `${name} ${count}`),
      answered.map(({ name, count }) => `${name} ${count}`),
    ]
  }

  it('is not asked again at the same site, and is at another', async () => {
    const store = await openIn(temporaryFolder())
    await importText(store, file(row('a', 'North', 0.5), row('b', 'north', 0.5)), { accepted: ['share'] })
    expect(await asked(store, file(row('c', 'NORTH', 0.5), row('d', 'West', 0.5)))).toEqual([
      ['share 1'],
      ['share 1'],
    ])
  })

  it('is asked again where the figure is far from the one that was accepted', async () => {
    const store = await openIn(temporaryFolder())
    await importText(store, file(row('a', 'North', 0.5)), { accepted: ['share'] })
    expect(await asked(store, file(row('a', 'North', 0.54)))).toEqual([[], ['share 1']])
    expect(await asked(store, file(row('a', 'North', 0.9)))).toEqual([['share 1'], []])
  })

  it('is of one question: the others of the same file are asked', async () => {
    const store = await openIn(temporaryFolder())
    await importText(store, file(row('a', 'North', 0.5)), { accepted: ['share'] })
    const both = `${file(row('a', 'North', 0.5))}Total,,,,\n`
    expect(await asked(store, both)).toEqual([['no-machines 1'], ['share 1']])
    await importText(store, both, { accepted: ['no-machines'] })
    expect(await asked(store, both)).toEqual([[], ['share 1', 'no-machines 1']])
    expect(await asked(store, both.replace('Total', 'Average'))).toEqual([['no-machines 1'], ['share 1']])
  })

  it('is of one model', async () => {
    const store = await openIn(temporaryFolder())
    const slow = (model: string) => `id,model,hashrate_ths,power_w\na,${model},40,1500\n`
    await importText(store, slow('Antminer S21 200T'), { accepted: ['nameplate'] })
    expect(await asked(store, slow('antminer s21 200t'))).toEqual([[], ['nameplate 1']])
    expect(await asked(store, slow('Antminer S21 Pro 234T'))).toEqual([['nameplate 1'], []])
  })

  it('is asked again once it is forgotten', async () => {
    const store = await openIn(temporaryFolder())
    const text = file(row('a', 'North', 0.5))
    await importText(store, text, { accepted: ['share'] })
    expect(await store.readRemembered()).toMatchObject([
      {
        kind: 'answer',
        fileKind: 'fleet',
        name: 'share',
        field: 'pool_fee',
        about: 'north',
        least: 0.5,
        most: 0.5,
      },
    ])
    const { token } = await preview(store, text)
    await store.forgetForImport(token, 'answers')
    const again = await store.previewImportAgain(token, { accepted: [], map: NO_MAP })
    expect(again.questions.map(({ name }) => name)).toEqual(['share'])
    await expect(store.confirmImport(again.token, 'merge')).rejects.toMatchObject({ code: 'bad-input' })
  })
})
