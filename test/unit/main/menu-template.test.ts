import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import { COMMAND_NAMES, COMMANDS } from '#shared/ipc/commands.ts'
import { menuTemplate, type MenuPorts } from '#electron/main/menu-template.ts'

function menu(ports: Partial<MenuPorts> = {}) {
  const sent: string[] = []
  const template = menuTemplate({
    platform: 'linux',
    theme: 'system',
    idle: [],
    devTools: false,
    command: (command) => sent.push(command),
    ...ports,
  })
  return { items: flat(template), template, sent }
}
function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...submenuOf(item)])
}
const submenuOf = ({ submenu }: MenuItemConstructorOptions) => (Array.isArray(submenu) ? flat(submenu) : [])
const click = (item: MenuItemConstructorOptions | undefined) => {
  ;(item?.click as (() => void) | undefined)?.()
}
const plain = (label: string | undefined) => label?.replace('&', '')

describe.each(['linux', 'win32', 'darwin'] as const)('the menu on %s', (platform) => {
  test('has every command of the table once, under its name, and sends it', () => {
    const { items, sent } = menu({ platform })
    const commands = items.filter((item) => COMMAND_NAMES.some((command) => command === item.id))
    for (const item of commands) click(item)
    expect(sent.toSorted()).toEqual([...COMMAND_NAMES].toSorted())
    for (const { id, label } of commands) expect(plain(label)).toBe(COMMANDS[id as 'undo'].label)
  })

  test('uses no key twice', () => {
    const keys = menu({ platform }).items.flatMap((item) => (item.accelerator ? [item.accelerator] : []))
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('marks another letter of each entry of a menu', () => {
    for (const { submenu } of menu({ platform }).template) {
      const entries = Array.isArray(submenu) ? submenu : []
      const letters = entries.flatMap(({ label }) => label?.match(/&(.)/)?.[1]?.toLowerCase() ?? [])
      expect(new Set(letters).size).toBe(letters.length)
    }
  })

  test('leaves cut, copy and paste to Chromium, and offers no reload', () => {
    const roles = menu({ platform }).items.flatMap((item) => item.role ?? [])
    expect(roles).toEqual(expect.arrayContaining(['cut', 'copy', 'paste', 'selectAll']))
    expect(roles).not.toContain('reload')
    expect(roles).not.toContain('forceReload')
  })
})

test('the theme in force is marked, another one is chosen by a click', () => {
  const { items, sent } = menu({ theme: 'dark' })
  const themes = items.filter((item) => item.id?.startsWith('theme-'))
  expect(themes.map((item) => [item.id, item.checked])).toEqual([
    ['theme-system', false],
    ['theme-light', false],
    ['theme-dark', true],
  ])
  click(themes[1])
  expect(sent).toEqual(['theme-light'])
})

test('what has nothing to do is shown so, and nothing else', () => {
  const { items } = menu({ idle: ['undo', 'export'] })
  const idle = items.filter((item) => item.enabled === false).map((item) => item.id)
  expect(idle.toSorted()).toEqual(['export', 'undo'])
})

test('the inspector is not in the packaged program', () => {
  expect(menu({ devTools: false }).items.some((item) => item.role === 'toggleDevTools')).toBe(false)
  expect(menu({ devTools: true }).items.some((item) => item.role === 'toggleDevTools')).toBe(true)
})
