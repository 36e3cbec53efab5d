import { describe, expect, it } from 'vitest'
import type { FleetView } from '#shared/ipc/schemas/fleet.ts'
import { changesIn, machineForm, readMachineForm } from '#renderer/screens/fleet/machine/machine-form.ts'
import { readNumbers } from '#renderer/lib/form.ts'
import { storedMachine } from '#renderer/engine/row-views.ts'
import { smallFleet } from './small-fleet.ts'

const snapshot = (
  fleet = smallFleet([{ id: 'a', uptime: 0.97, poolFee: 0.01, powerPriceUsdPerKwh: 0.0535 }]),
): FleetView => ({
  revision: 1,
  ...fleet,
  tariffs: [],
  contracts: 0,
  ladders: 0,
  undo: null,
  redo: null,
})

describe('machine form', () => {
  it('gives back what is stored when nothing is touched', () => {
    const { input, faults } = readMachineForm(machineForm(snapshot(), storedMachine(snapshot(), 0)))
    expect(faults).toBeNull()
    expect(input).toMatchObject({
      id: 'a',
      uptime: 0.97,
      poolFee: 0.01,
      powerPriceUsdPerKwh: 0.0535,
      otherUsdPerKwh: null,
      overhead: null,
      hashrateThs: 200,
    })
  })

  it('sends back what was changed and nothing else', () => {
    const form = machineForm(snapshot(), storedMachine(snapshot(), 0))
    const changed = {
      ...form,
      texts: { ...form.texts, rack: ' R 8 ' },
      numbers: { ...form.numbers, powerPriceUsdPerKwh: '', poolFee: '2' },
    }
    const { input } = readMachineForm(changed)
    expect(changesIn(form, input!)).toEqual({ rack: 'R 8', powerPriceUsdPerKwh: null, poolFee: 0.02 })
    expect(changesIn(form, readMachineForm(form).input!)).toEqual({})
  })

  it('leaves what is not given to the site and the catalogue, never zero', () => {
    const { input } = readMachineForm(machineForm(snapshot(), null))
    expect(input).toMatchObject({
      id: null,
      hashrateThs: null,
      powerW: null,
      powerPriceUsdPerKwh: null,
      uptime: 1,
    })
  })

  it('names the field that is wrong, and guesses at cents', () => {
    const form = machineForm(snapshot(), storedMachine(snapshot(), 0))
    const wrong = readMachineForm({
      ...form,
      numbers: {
        ...form.numbers,
        powerPriceUsdPerKwh: '7',
        quantity: '1.5',
        uptime: '101',
        hashrateThs: 'many',
        restartUsd: '',
      },
    })
    expect(wrong.input).toBeNull()
    expect(wrong.faults).toEqual({
      powerPriceUsdPerKwh: 'It must be from −1 to 1. Is it in cents? Then write it like 4.5 ¢.',
      quantity: 'Machines are counted in whole numbers.',
      uptime: 'It must be from 0 to 100.',
      hashrateThs: "'many' is not a number: write it like 104 or 0.104 PH/s.",
      restartUsd: 'This must be given.',
    })
  })
})

describe('number fields', () => {
  it('reads percent without the noise of a division', () => {
    const { values } = readNumbers({ overhead: '7', poolFee: '0,3 %' })
    expect(values).toEqual({ overhead: 0.07, poolFee: 0.003 })
  })
})
