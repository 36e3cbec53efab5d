import { describe, expect, test } from 'vitest'
import { COMMAND_NAMES, COMMANDS } from '#shared/ipc/commands.ts'
import { keyWords } from '#shared/format/key-words.ts'
import { rankOf, ranked } from '#renderer/app/palette/rank.ts'
import { commandFor } from '#renderer/app/command-keys.ts'

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

describe('a key that is pressed', () => {
  const press = (
    key: string,
    held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', true>> = {},
  ) => ({
    ...{ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
    ...held,
  })

  test('stands for its command, alone or held', () => {
    expect(commandFor(press('3'), false)).toBe('go-sites')
    expect(commandFor(press('k', { ctrlKey: true }), false)).toBe('palette')
    expect(commandFor(press('K', { metaKey: true }), false)).toBe('palette')
    expect(commandFor(press('?', { shiftKey: true }), false)).toBe('shortcuts')
    expect(commandFor(press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('redo')
    expect(commandFor(press('y', { ctrlKey: true }), false)).toBe('redo')
    expect(commandFor(press('F5'), false)).toBe('refresh')
    expect(commandFor(press('x'), false)).toBeNull()
    expect(commandFor(press('3', { altKey: true }), false)).toBeNull()
  })

  test('is text in a text field, which has its own undo; what is held with Ctrl still counts', () => {
    expect(commandFor(press('3'), true)).toBeNull()
    expect(commandFor(press('?', { shiftKey: true }), true)).toBeNull()
    expect(commandFor(press('z', { ctrlKey: true }), true)).toBeNull()
    expect(commandFor(press('k', { ctrlKey: true }), true)).toBe('palette')
  })
})
