import { Menu } from 'electron'
import { menuTemplate, type MenuPorts } from './menu-template.ts'

export function setMenu(ports: MenuPorts): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(ports)))
}
