import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Catalogue, ModelMatch } from '#shared/domain/fleet/catalogue.ts'
import {
  COOLINGS,
  efficiencyJPerTh,
  findModels,
  matchModel,
  sourceUrl,
} from '#shared/domain/fleet/catalogue.ts'

const catalogue = JSON.parse(
  readFileSync(new URL('../../../assets/asic-models.json', import.meta.url), 'utf8'),
) as Catalogue
const { models } = catalogue

describe('the catalogue that ships', () => {
  it('has each model once, with figures in the range of real machines', () => {
    expect(new Set(models.map((model) => model.name)).size).toBe(models.length)
    for (const model of models) {
      expect(model.hashrateThs, model.name).toBeGreaterThan(0)
      expect(efficiencyJPerTh(model), model.name).toBeGreaterThan(8)
      expect(efficiencyJPerTh(model), model.name).toBeLessThanOrEqual(150)
      expect(COOLINGS, model.name).toContain(model.cooling)
      if (model.released !== null) expect(model.released, model.name).toMatch(/^20[12]\d(-(0[1-9]|1[0-2]))?$/)
      expect(model.name.startsWith(model.family), model.name).toBe(true)
    }
  })

  it('has more than 400 models, those that are out of production last', () => {
    expect(models.length).toBeGreaterThan(400)
    const oldest = models.findIndex(({ name }) => name === 'Antminer R4 8.7T')
    expect(models.slice(0, oldest).filter(({ maker }) => maker === 'Innosilicon')).toEqual([])
    expect(models.slice(oldest).filter(({ family }) => family === 'Antminer S21')).toEqual([])
  })

  it('names a source for every model, and an address for all but one', () => {
    for (const model of models) expect(catalogue.sources, model.name).toHaveProperty([model.source])
    const withoutAddress = models.filter((model) => sourceUrl(catalogue, model) === null)
    expect(withoutAddress.map((model) => model.name)).toEqual(['Teraflux AH3880 450T'])
    for (const model of models) expect(sourceUrl(catalogue, model) ?? 'https://').toMatch(/^https:\/\//)
  })

  it.each([
    ['Antminer S9 13.5T', 1323],
    ['Antminer S19j Pro 104T', 3068],
    ['Antminer S21 XP 270T', 3645],
    ['Antminer S23 Hyd 580T', 5510],
    ['Whatsminer M20S 68T', 3264],
    ['Whatsminer M30S++ 112T', 3472],
    ['Whatsminer M79S 930T', 12555],
    ['AvalonMiner 1066 50T', 3250],
    ['Avalon A16XP 300T', 3850],
    ['Avalon Q', 1674],
    ['SEALMINER A2 226T', 3729],
    ['Teraflux AT2880 180T', 2880],
    ['Proto Rig', 12000],
    ['Bitaxe Gamma 601', 18],
    ['NerdQAxe++', 76],
    ['Antminer T9+ 10.5T', 1432],
    ['AvalonMiner 841 13.6T', 1290],
    ['Innosilicon T3+ 57T', 3300],
    ['Ebit E12+ 50T', 2500],
    ['StrongU Hornbill H8 Pro 84T', 3360],
  ])('holds %s at %d W', (name, powerW) => {
    expect(models.find((model) => model.name === name)?.powerW).toBe(powerW)
  })
})

describe('findModels', () => {
  it.each([
    ['s19jpro 104', 'Antminer S19j Pro 104T'],
    ['S19J-PRO(104T)', 'Antminer S19j Pro 104T'],
    ['s19jpr0 104', 'Antminer S19j Pro 104T'],
    ['m30s++ 112', 'Whatsminer M30S++ 112T'],
    ['m30s++112t', 'Whatsminer M30S++ 112T'],
    ['avalon 1466', 'Avalon A1466 150T'],
    ['bitmain s19 xp 140th/s', 'Antminer S19 XP 140T'],
    ['antminer s19 pro+ hyd 198', 'Antminer S19 Pro+ Hyd 198T'],
    ['s19 pro plus hydro 198', 'Antminer S19 Pro+ Hyd 198T'],
    ['nano 3', 'Avalon Nano 3'],
    ['avalon nano 3s', 'Avalon Nano 3S'],
    ['1166 pro 81', 'AvalonMiner 1166 Pro 81T'],
    ['s9 13,5', 'Antminer S9 13.5T'],
    ['proto', 'Proto Rig'],
  ])('%s finds %s first', (query, name) => {
    expect(findModels(models, query, 5)[0]?.name).toBe(name)
  })

  it('answers an unfinished name with that family before its relatives', () => {
    const names = findModels(models, 's21', 4).map((model) => model.name)
    expect(names.slice(0, 2)).toEqual(['Antminer S21 188T', 'Antminer S21 200T'])
    expect(names.slice(2).every((name) => name.startsWith('Antminer S21'))).toBe(true)
    expect(findModels(models, 'whats', 5).every((model) => model.maker === 'MicroBT')).toBe(true)
  })

  it('finds a slip in the maker, and nothing for nonsense', () => {
    expect(findModels(models, 'antmner s19', 3)[0]?.family).toBe('Antminer S19')
    expect(findModels(models, 'coffee machine', 5)).toEqual([])
    expect(findModels(models, 'xqzwvk', 5)).toEqual([])
    expect(findModels(models, 'whatsminer s19', 5)).toEqual([])
  })

  it('keeps to the limit and gives the first of the catalogue for an empty query', () => {
    expect(findModels(models, '', 3)).toEqual(models.slice(0, 3))
    expect(findModels(models, 'antminer', 7)).toHaveLength(7)
  })
})

describe('matchModel', () => {
  const said = (match: ModelMatch) => (match.kind === 'match' ? match.model.name : match.kind)

  it.each([
    ['s19jpro 104', 'Antminer S19j Pro 104T'],
    ['S19J-PRO(104T)', 'Antminer S19j Pro 104T'],
    ['  ANTMINER   s19j_pro 104 TH/s ', 'Antminer S19j Pro 104T'],
    ['Bitmain Antminer S19k Pro 120TH/s', 'Antminer S19k Pro 120T'],
    ['104T S19j Pro', 'Antminer S19j Pro 104T'],
    ['M50S++ 160', 'Whatsminer M50S++ 160T'],
    ['Avalon 1466', 'Avalon A1466 150T'],
    ['AvalonMiner A1066', 'AvalonMiner 1066 50T'],
    ['S21 XP', 'Antminer S21 XP 270T'],
    ['S21 XP Hydro', 'Antminer S21 XP Hyd 473T'],
    ['Canaan Avalon Q', 'Avalon Q'],
    ['nerdqaxe++', 'NerdQAxe++'],
    ['NerdQaxePlus2', 'NerdQAxe++'],
    ['Antminer S19 Pro 110T (VNish)', 'Antminer S19 Pro 110T'],
    ['Antminer S19 Pro 110T Braiins OS+', 'Antminer S19 Pro 110T'],
    ['S19j Pro No PIC 104T', 'Antminer S19j Pro 104T'],
    ['BMM101', 'Braiins Mini Miner BMM 101'],
    ['Avalon A841', 'AvalonMiner 841 13.6T'],
    ['Innosilicon T2 Turbo+ 32T', 'Innosilicon T2T+ 32T'],
    ['Innosilicon T3 43T', 'Innosilicon T3 43T'],
    ['Ebang Ebit E12+', 'Ebit E12+ 50T'],
    ['Ebit E9.2 12T', 'Ebit E9.2 12T'],
    ['STU-U8 Pro', 'StrongU STU-U8 Pro 60T'],
    ['T9+', 'Antminer T9+ 10.5T'],
  ])('takes %j as %s', (name, model) => {
    expect(said(matchModel(models, name))).toBe(model)
  })

  it.each([
    ['S19 104', 'none', 'a bin of the S19 Pro, not of the S19'],
    ['S19j Pro+ 104T', 'none', 'a bin of the S19j Pro'],
    ['S19 Pro+', 'none', 'air-cooled, it is not in the catalogue'],
    ['S1995', 'none', 'digits run together'],
    ['Avalon A11 66T', 'none', 'not an A1166'],
    ['Whatsminer S19 95T', 'none', 'a maker who does not make it'],
    ['A2 220T', 'none', 'several makers have an A2'],
    ['T3 43T', 'none', 'several makers have a T3'],
    ['T1', 'none', 'several makers have a T1'],
    ['Antminer T3 43T', 'none', 'a maker who does not make it'],
    ['Innosilicon A2 226T', 'none', 'a maker who does not make it'],
    ['Q', 'none', 'too short without its maker'],
    ['s19jpr0 104', 'none', 'a slip is for a person to look at'],
    ['', 'none', 'nothing'],
    ['S19', 'ambiguous', 'three bins'],
    ['S21 Pro', 'ambiguous', 'three bins'],
    ['WhatsMiner M50S_VH30', 'ambiguous', 'a board, not a bin'],
    ['Antminer S19J Pro-A', 'none', 'not in the catalogue'],
    ['Antminer BHB42601', 'none', 'a board of several machines'],
  ])('does not take %j as a machine (%s: %s)', (name, kind) => {
    expect(matchModel(models, name).kind).toBe(kind)
  })

  it('tells the sizes of an ambiguous name and what an unknown one is like', () => {
    const match = matchModel(models, 'Antminer S19')
    expect(match.kind === 'ambiguous' && match.candidates.map((model) => model.hashrateThs)).toEqual([
      86, 90, 95,
    ])
    const unknown = matchModel(models, 's19jpr0 104')
    expect(unknown.kind === 'none' && unknown.near[0]?.name).toBe('Antminer S19j Pro 104T')
  })

  it("lets the machine's own hashrate choose the bin, within 2 %", () => {
    expect(said(matchModel(models, 'S19', 95.5))).toBe('Antminer S19 95T')
    expect(said(matchModel(models, 'S19', 93.3))).toBe('Antminer S19 95T')
    expect(said(matchModel(models, 'S19', 92.9))).toBe('ambiguous')
    expect(said(matchModel(models, 'S19 XP', 140.4))).toBe('Antminer S19 XP 140T')
    // a bin that the name says stands above the hashrate that was measured
    expect(said(matchModel(models, 'S19 86T', 95))).toBe('Antminer S19 86T')
  })

  it('finds every model by its own name, however it is spelled, and never another one', () => {
    for (const model of models) {
      const spellings = [
        model.name,
        model.name.toUpperCase(),
        model.name.toLowerCase().replaceAll(' ', '-'),
        model.name.replaceAll(' ', '  '),
        model.name.replace('Antminer', 'Bitmain').replace('Whatsminer', 'MicroBT'),
        model.name.replace(/T$/, ' TH/s'),
      ]
      for (const spelling of spellings) expect(said(matchModel(models, spelling)), spelling).toBe(model.name)
    }
  })

  it('never takes a hashrate that the family does not have', () => {
    for (const { family } of models) {
      const bins = models.filter((model) => model.family === family)
      for (const ths of [1000, 7, 103.7]) {
        if (bins.some((model) => model.hashrateThs === ths)) continue
        expect(matchModel(models, `${family} ${ths}T`).kind, `${family} ${ths}T`).toBe('none')
      }
    }
  })
})
