import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { Catalogue } from '#shared/domain/fleet/catalogue.ts'
import { sourceUrl } from '#shared/domain/fleet/catalogue.ts'

const pathOf = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

it('makes a catalogue from a table: old, doubtful and incomplete rows stay out, names are as an operator says them', () => {
  const json = execFileSync(
    process.execPath,
    [pathOf('tools/make-catalogue.ts'), pathOf('test/fixtures/fleet/models.csv')],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const catalogue = JSON.parse(json) as Catalogue
  expect(catalogue.models).toEqual([
    {
      name: 'Antminer S19j Pro 104T',
      family: 'Antminer S19j Pro',
      maker: 'Bitmain',
      hashrateThs: 104,
      powerW: 3068,
      released: '2021-07',
      cooling: 'air',
      source: 'amv',
      page: 'antminer-s19j-pro-104th',
    },
    {
      name: 'Braiins Mini Miner BMM 101',
      family: 'Braiins Mini Miner BMM 101',
      maker: 'Braiins',
      hashrateThs: 1,
      powerW: 40,
      released: '2024',
      cooling: 'air',
      source: 'most-efficient',
      page: 'https://braiins.com/hardware/mini-miner-bmm-100',
    },
  ])
  expect(catalogue.models.map((model) => sourceUrl(catalogue, model))).toEqual([
    'https://www.asicminervalue.com/miners/antminer-s19j-pro-104th',
    'https://braiins.com/hardware/mini-miner-bmm-100',
  ])
  expect(Object.keys(catalogue.sources)).toEqual(['amv', 'most-efficient'])
})
