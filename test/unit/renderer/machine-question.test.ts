import { describe, expect, it } from 'vitest'
import type { MachineInput } from '#shared/domain/fleet/fleet.ts'
import { storedMachine } from '#renderer/engine/row-views.ts'
import { machineForm, readMachineForm } from '#renderer/screens/fleet/machine/machine-form.ts'
import { machineQuestion, machineSurprises } from '#renderer/parts/machine-question.ts'
import { smallFleet } from './small-fleet.ts'

const FLEET = smallFleet([{ id: 'a', uptime: 0.97, poolFee: 0.01, powerPriceUsdPerKwh: 0.046 }])
const STORED: MachineInput = readMachineForm(machineForm(FLEET, storedMachine(FLEET, 0))).input!
const asked = (patch: Partial<MachineInput>, before: MachineInput | null = STORED) =>
  machineQuestion(machineSurprises(before, { ...STORED, ...patch }))?.replaceAll('\u202f', ' ') ?? null

describe('a machine that is typed', () => {
  it('is asked about where a figure of it moves by more than a tenth', () => {
    expect(asked({ powerPriceUsdPerKwh: 0.46 })).toBe(
      'Own power price: 0.046 USD/kWh → 0.46 USD/kWh. Is this right?',
    )
    expect(asked({ uptime: 0.0097 })).toBe(
      'Uptime: 97 % → 0.97 %, where 20 % to 100 % is usual. Is this right?',
    )
    expect(asked({ quantity: 2 })).toBe('Machines in the lot: 1 → 2. Is this right?')
    expect(asked({})).toBeNull()
    expect(asked({ hashrateThs: 210, uptime: 0.95, restartUsd: 20, poolFee: null as never })).toBeNull()
  })

  it('is asked about where a new one is like no machine', () => {
    expect(asked({}, null)).toBeNull()
    expect(asked({ powerW: 300_000 }, null)).toBe(
      'Power of one at the wall: 300 000 W, where 100 W to 30 000 W is usual. ' +
        'Together they are 1 500.0 J/TH, where machines have 8 to 150. Is this right?',
    )
    expect(asked({ hashrateThs: 2000 }, null)).toBe(
      'Together they are 1.8 J/TH, where machines have 8 to 150. Is this right?',
    )
    expect(asked({ hostShare: 1, uptime: 0, standbyW: 40 }, null)).toBeNull()
    expect(asked({ poolFee: 0.2 }, null)).toContain('Pool fee: 20 %, where 0 % to 10 % is usual.')
  })
})
