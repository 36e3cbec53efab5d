import { describe, expect, test } from 'vitest'
import { COMMAND_NAMES, COMMANDS } from '#shared/ipc/commands.ts'
import { keyWords } from '#shared/format/key-words.ts'
import { rankOf, ranked } from '#renderer/app/palette/rank.ts'

describe('the table of commands', () => {
  test('each has a name of its own', () => {
    const labels = COMMAND_NAMES.map((name) => COMMANDS[name].label)
    expect(labels.every((label) => label.trim() !== '')).toBe(true)
    expect(new Set(labels).size).toBe(labels.length)
  })

  test('no key stands for two', () => {
    const keys = COMMAND_NAMES.flatMap((name) => {
      const { key, accelerator, windowsAccelerator } = COMMANDS[name]
      return [key, accelerator, windowsAccelerator].filter((each) => each !== undefined)
    })
    expect(new Set(keys).size).toBe(keys.length)
  })
})

test('keys are written as they stand on the keyboard', () => {
  expect(keyWords('Shift+CmdOrCtrl+Z', false)).toEqual(['Shift', 'Ctrl', 'Z'])
  expect(keyWords('Shift+CmdOrCtrl+Z', true)).toEqual(['⇧', '⌘', 'Z'])
  expect(keyWords('CmdOrCtrl+Plus', false)).toEqual(['Ctrl', '+'])
  expect(keyWords('?', false)).toEqual(['?'])
})

describe('what is typed in the palette', () => {
  const fleet = { label: 'Export fleet…', words: 'csv' }

  test('is looked for at the beginning of the name, then of its words, then anywhere', () => {
    expect(rankOf(fleet, 'exp')).toBe(0)
    expect(rankOf(fleet, 'fl')).toBe(1)
    expect(rankOf(fleet, 'fl ex')).toBe(1)
    expect(rankOf(fleet, 'csv')).toBe(2)
    expect(rankOf(fleet, 'leet')).toBe(3)
    expect(rankOf(fleet, 'site')).toBeNull()
    expect(rankOf(fleet, '…?')).toBeNull()
  })

  test('puts the better name first and keeps the order of equals', () => {
    const entries = ['Import fleet…', 'Export fleet…', 'Fleet', 'Offset leetlist'].map((label) => ({ label }))
    expect(ranked(entries, 'fleet', 9).map(({ label }) => label)).toEqual([
      'Fleet',
      'Import fleet…',
      'Export fleet…',
    ])
    expect(ranked(entries, '', 2)).toHaveLength(2)
  })
})
