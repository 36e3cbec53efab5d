import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openIn, temporaryFolder } from './stores.ts'

it('finds machines by words of their notes, in any case, and not by what the notes are called', async () => {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  const file = join(folder, 'fleet.csv')
  writeFileSync(
    file,
    [
      'id,model,power_price_usd_kwh,Bemerkung',
      'a,Antminer S21 200T,0.05,Fan LOUD',
      'b,Antminer S21 200T,0.05,"says ""loud"" \\ Größe"',
      'c,Antminer S21 200T,0.05,GRÖSSE passt',
      'd,Antminer S21 200T,0.05,',
    ].join('\n'),
  )
  const { token } = await store.previewImport(file)
  await store.confirmImport(token, 'replace')
  const { machines } = await store.readFleet()
  const [a, b, c] = machines.key
  const found = async (...words: readonly string[]) =>
    (await store.findNotes(words)).map(({ word, keys }) => [word, ...keys])
  expect(await found('loud', 'FAN', 'nothing')).toEqual([['loud', a, b], ['FAN', a], ['nothing']])
  expect(await found('"loud"', '\\', 'größe', 'grö')).toEqual([
    ['"loud"', b],
    ['\\', b],
    ['größe', b],
    ['grö', b, c],
  ])
  expect(await found('bemerkung', '{')).toEqual([['bemerkung'], ['{']])
})
