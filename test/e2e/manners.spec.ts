import type { Page } from '@playwright/test'
import { COMMAND_NAMES, COMMANDS } from '#shared/ipc/commands.ts'
import { faultsOf } from './axe.ts'
import { expect, test } from './offline.ts'

/** How the program behaves whatever it is asked: found, called, explained and left by keyboard, and nothing typed is lost by a slip. */

async function withSample(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Use the sample fleet' }).click()
  await expect(window.getByRole('treegrid', { name: 'Fleet' })).toBeVisible()
}

const focused = (window: Page) =>
  window.evaluate(() => {
    const at = document.activeElement
    return at?.getAttribute('aria-label') ?? at?.getAttribute('role') ?? at?.tagName ?? ''
  })

/** Presses keys and counts them; letters of a name count apart. */
function counting(window: Page) {
  let keys = 0
  return {
    press: async (key: string) => {
      keys++
      await window.keyboard.press(key)
    },
    keys: () => keys,
  }
}

const palette = (window: Page) => window.getByRole('dialog', { name: 'Find a command or a machine' })

test('one field finds a machine, a place, a command, a model and a value', async ({ app: { window } }) => {
  await withSample(window)
  const grid = window.getByRole('treegrid', { name: 'Fleet' })
  const id = (await grid.locator('[role="gridcell"][aria-colindex="2"]').nth(2).textContent())!
  const { press, keys } = counting(window)
  await press('Control+k')
  await expect(palette(window)).toBeVisible()
  await window.keyboard.type(id.toLowerCase())
  await expect(palette(window).getByRole('option', { name: id })).toBeVisible()
  expect(await faultsOf(window)).toEqual([])
  await press('Enter')
  const why = window.getByRole('complementary', { name: `Why ${id}` })
  await expect(why).toBeVisible()
  await expect(palette(window)).toHaveCount(0)
  process.stdout.write(`a machine by its name: ${keys()} keys and ${id.length} letters\n`)
  expect(keys()).toBeLessThanOrEqual(3)
  await expect.poll(() => focused(window)).toBe('Figures')
  await window.keyboard.press('Escape')
  await expect(why).toHaveCount(0)

  // What begins with the letters comes first.
  await window.keyboard.press('Control+k')
  await window.keyboard.type('si')
  await expect(palette(window).getByRole('option').first()).toContainText('Sites')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('main')).toHaveAttribute('data-screen', 'sites')

  await window.keyboard.press('Control+k')
  await window.keyboard.type('bitcoin pr')
  await expect(palette(window).getByRole('option').first()).toContainText(/Bitcoin price.*\$/)
  await window.keyboard.press('Enter')
  await expect(window.getByRole('button', { name: 'Type Bitcoin price' })).toBeFocused()

  await window.keyboard.press('Control+k')
  await window.keyboard.type('add mach')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('dialog', { name: 'Add machines' })).toBeVisible()
  // A dialog keeps what is over it and under it apart.
  await window.keyboard.press('Control+k')
  await expect(palette(window)).toHaveCount(0)
  await window.keyboard.press('Escape')

  await window.keyboard.press('Control+k')
  await window.keyboard.type('zzzz')
  await expect(palette(window).getByText('Nothing is called that.')).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(palette(window)).toHaveCount(0)
})

test('the menu has the commands of the palette, and knows what has nothing to do', async ({
  app: { window, electron },
}) => {
  const enabled = (id: string) =>
    electron.evaluate(({ Menu }, asked) => Menu.getApplicationMenu()?.getMenuItemById(asked)?.enabled, id)
  const choose = (id: string) =>
    electron.evaluate(({ Menu }, asked) => {
      Menu.getApplicationMenu()?.getMenuItemById(asked)?.click()
    }, id)
  await expect.poll(() => enabled('undo')).toBe(false)
  expect(await enabled('export')).toBe(false)
  await withSample(window)
  await expect.poll(() => enabled('undo')).toBe(true)
  expect(await enabled('export')).toBe(true)
  expect(await enabled('redo')).toBe(false)

  await window.keyboard.press('Control+k')
  await expect(palette(window).getByRole('option').first()).toBeVisible()
  const offered = await palette(window).getByRole('option').locator('.palette-name').allTextContents()
  const commands = COMMAND_NAMES.filter((name) => name !== 'palette').map((name) => COMMANDS[name].label)
  expect(offered).toEqual(expect.arrayContaining(commands))
  // While a dialog is open its own keys count.
  await expect.poll(() => enabled('import')).toBe(false)
  await window.keyboard.press('Escape')
  await expect.poll(() => enabled('import')).toBe(true)

  await choose('shortcuts')
  const list = window.getByRole('dialog', { name: 'Shortcuts' })
  await expect(list.getByRole('region', { name: 'Go to' })).toContainText(/Sites\s*3/)
  await expect(list).toContainText(/Find a command or a machine\s*Ctrl\+?K/)
  expect(await faultsOf(window)).toEqual([])
  await window.keyboard.press('Escape')
  await window.keyboard.press('?')
  await expect(list).toBeVisible()
  await window.keyboard.press('Escape')
  await window.keyboard.press('9')
  await expect(list).toHaveCount(0)
})

test('a dialog opens on its first field, asks before it drops what was typed, and gives the focus back', async ({
  app: { window },
}) => {
  await withSample(window)
  const opener = window.getByRole('button', { name: 'Add machines…' })
  await opener.focus()
  await window.keyboard.press('Enter')
  const dialog = window.getByRole('dialog', { name: 'Add machines' })
  const model = dialog.getByRole('combobox', { name: 'Model' })
  await expect(model).toBeFocused()

  // Nothing was typed: nothing is asked.
  await window.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(opener).toBeFocused()

  await window.keyboard.press('Enter')
  const id = dialog.getByLabel('Id', { exact: true })
  await id.fill('rig-77')
  for (const slip of [
    () => window.keyboard.press('Escape'),
    () => dialog.getByRole('button', { name: 'Close', exact: true }).click(),
    () => window.mouse.click(4, 4),
  ]) {
    await id.focus()
    await slip()
    const keep = dialog.getByRole('button', { name: 'Keep editing' })
    await expect(keep).toBeFocused()
    await window.keyboard.press('Enter')
    await expect(keep).toHaveCount(0)
    await expect(id).toHaveValue('rig-77')
  }
  // A second slip is no answer.
  await id.focus()
  await window.keyboard.press('Escape')
  await window.keyboard.press('Escape')
  await expect(id).toBeFocused()
  await window.keyboard.press('Escape')
  expect(await faultsOf(window)).toEqual([])
  await dialog.getByRole('button', { name: 'Drop what was typed' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(opener).toBeFocused()
})

test('machines that are added before there is a site go on after it', async ({ app: { window } }) => {
  await window.getByRole('button', { name: 'Add machines…' }).click()
  const first = window.getByRole('dialog', { name: 'First a site' })
  await expect(first.getByRole('button', { name: 'Add a site…' })).toBeFocused()
  await window.keyboard.press('Enter')
  const site = window.getByRole('dialog', { name: 'Add a site' })
  await expect(site.getByLabel('Name')).toBeFocused()
  await window.keyboard.type('North')
  await site.getByLabel(/Power price/).fill('0.05')
  await site.getByRole('button', { name: 'Add', exact: true }).click()
  const machines = window.getByRole('dialog', { name: 'Add machines' })
  await expect(machines.getByRole('combobox', { name: 'Site' })).toContainText('North')
})

test('a key of a place counts while a radio or a list has the focus', async ({ app: { window } }) => {
  await withSample(window)
  await window.evaluate(() => {
    const radio = document.createElement('input')
    radio.type = 'radio'
    radio.ariaLabel = 'A radio'
    document.body.append(radio)
    radio.focus()
  })
  await window.keyboard.press('9')
  await expect(window.getByRole('heading', { name: 'Data', level: 1 })).toBeVisible()
})

test('why: the same for a figure, a site and a machine, opened and left by keyboard', async ({
  app: { window, electron },
}) => {
  await withSample(window)
  const why = (name: string | RegExp) => window.getByRole('complementary', { name })
  // Of the figure next to the focus; of the whole where none is.
  await window.keyboard.press('w')
  await expect(why('Why Cash margin a day')).toContainText('revenue − cost that stops with the machines')
  await expect.poll(() => focused(window)).toBe('Figures')
  await window.keyboard.press('Escape')
  await expect(why(/^Why/)).toHaveCount(0)

  const ofHashprice = window.getByRole('button', { name: 'Why Hashprice, per PH/s a day?' })
  await ofHashprice.focus()
  await window.keyboard.press('Enter')
  await expect(why('Why Hashprice')).toContainText(/subsidy.*fees/)
  await expect(why('Why Hashprice')).toContainText('sample, 5 Oct 2026')
  await expect(ofHashprice).toHaveAttribute('aria-expanded', 'true')
  await window.keyboard.press('Escape')
  await expect(ofHashprice).toBeFocused()

  await ofHashprice.blur()
  const { press, keys } = counting(window)
  await press('3')
  const rows = window.getByRole('table', { name: 'Sites' }).getByRole('row')
  const name = await rows.nth(1).getByRole('rowheader').getByRole('button').first().innerText()
  await press('w')
  await expect(why(new RegExp(`^Why ${name}`))).toContainText('What to do, and what it is worth')
  await expect(why(/^Why/)).toContainText('Price of the next kWh')
  await expect(why(/^Why/)).toContainText('at the meter while on')
  process.stdout.write(`why of a site: ${keys()} keys\n`)
  expect(keys()).toBeLessThanOrEqual(3)
  expect(await faultsOf(window)).toEqual([])

  // It stays while a person goes on, and is of full height in a small window too.
  await window.keyboard.press('1')
  await expect(why(/^Why/)).toBeVisible()
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 700))
  await expect.poll(async () => (await why(/^Why/).boundingBox())?.height).toBeGreaterThan(690)
  expect((await why(/^Why/).boundingBox())!.x).toBeGreaterThan(500)
  for (const figure of ['Hashprice, per PH/s a day', /^Next adjustment/])
    await expect(window.getByRole('group', { name: figure })).toBeVisible()
  await expect(window.getByRole('group', { name: 'Network' })).toBeHidden()
  await window.keyboard.press('Escape')
  await expect(why(/^Why/)).toHaveCount(0)
})

test('the age of the values is said once while they are of one age', async ({ app: { window } }) => {
  await withSample(window)
  const strip = window.getByRole('banner', { name: 'Network' })
  const said = async () => (await strip.innerText()).match(/sample, 5 Oct 2026/g)?.length ?? 0
  await expect.poll(said).toBe(1)
  await expect(strip.getByRole('group', { name: 'Age of the values' })).toContainText('sample, 5 Oct 2026')
  await expect(window.getByRole('main').locator('.sample-badge')).toHaveCount(1)
})
