import { Menu } from 'electron'
import { COMMAND_NAMES } from '#shared/ipc/commands.ts'
import type { CommandName } from '#shared/ipc/commands.ts'
import { menuTemplate, type MenuPorts } from './menu-template.ts'

export function setMenu(ports: MenuPorts): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(ports)))
}

/** Shows commands that have nothing to do now as such, and all others as they are. */
export function showIdle(idle: readonly CommandName[]): void {
  const menu = Menu.getApplicationMenu()
  for (const name of COMMAND_NAMES) {
    const item = menu?.getMenuItemById(name)
    if (item) item.enabled = !idle.includes(name)
  }
}
