import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import { MENU_COMMANDS } from '#shared/ipc/schemas/events.ts'
import { menuTemplate, type MenuPorts } from '#electron/main/menu-template.ts'

function menu(ports: Partial<MenuPorts> = {}) {
  const sent: string[] = []
  const template = menuTemplate({
    platform: 'linux',
    theme: 'system',
    devTools: false,
    command: (command) => sent.push(command),
    chooseTheme: (theme) => sent.push(`theme ${theme}`),
    openLicence: () => sent.push('licence'),
    ...ports,
  })
  return { items: flat(template), sent }
}
function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])
}
const click = (item: MenuItemConstructorOptions | undefined) => {
  ;(item?.click as (() => void) | undefined)?.()
}

describe.each(['linux', 'win32', 'darwin'] as const)('the menu on %s', (platform) => {
  test('has every command of the contract once, and sends it', () => {
    const { items, sent } = menu({ platform })
    const commands = items.filter((item) => MENU_COMMANDS.some((command) => command === item.id))
    for (const item of commands) click(item)
    expect(sent.toSorted()).toEqual([...MENU_COMMANDS].toSorted())
  })

  test('uses no key twice', () => {
    const keys = menu({ platform }).items.flatMap((item) => (item.accelerator ? [item.accelerator] : []))
    expect(new Set(keys).size).toBe(keys.length)
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
  expect(sent).toEqual(['theme light'])
})

test('the inspector is not in the packaged program', () => {
  expect(menu({ devTools: false }).items.some((item) => item.role === 'toggleDevTools')).toBe(false)
  expect(menu({ devTools: true }).items.some((item) => item.role === 'toggleDevTools')).toBe(true)
})
