import type { Locator, Page } from '@playwright/test'
import { expect, test } from './offline.ts'

/** The line is dragged, moved by keys and typed; each changes the answer, and Escape brings back what is. */

const line = (window: Page) => window.getByRole('slider', { name: 'Hashprice of the line' })
const panel = (window: Page) => window.getByRole('region', { name: 'Strike line' })
const answer = (window: Page) => window.getByRole('region', { name: 'Answer' }).getByRole('heading')
const whatIf = (window: Page) => window.getByRole('region', { name: 'What if' })

/** Where it stands once nothing moves it any more: parts of the place come one after the other. */
async function boxAtRest(locator: Locator) {
  let before = await locator.boundingBox()
  await expect
    .poll(
      async () => {
        const last = before
        before = await locator.boundingBox()
        return before !== null && last?.x === before.x && last.y === before.y
      },
      { intervals: [500] },
    )
    .toBe(true)
  return before!
}

test('a hashprice is tried by pointer, by keys and by typing', async ({ app }) => {
  const { window } = app
  await window.getByRole('button', { name: 'Use the sample fleet' }).click()
  await expect(answer(window)).toContainText('Power down')
  const real = await answer(window).textContent()
  const tried = panel(window).getByText(/^tried \$/)
  await expect(tried).toHaveCount(0)
  let presses = 0

  await test.step('dragged', async () => {
    const grip = await boxAtRest(line(window))
    const [x, y] = [grip.x + grip.width / 2 + 30, grip.y + grip.height / 2]
    await window.mouse.move(x, y)
    await window.mouse.down()
    presses++
    await window.mouse.move(x, y + 20)
    await window.mouse.move(x, y + 45)
    await expect(tried).toBeVisible()
    await expect(answer(window)).not.toHaveText(real!)
    await window.mouse.up()
    await expect(whatIf(window)).toHaveAttribute('data-active', 'true')
    // What is dragged is a hashprice below the one that is.
    const value = Number(await line(window).inputValue())
    await expect(line(window)).toHaveAttribute('aria-valuetext', / per PH\/s a day$/)
    await expect(whatIf(window).getByRole('textbox', { name: 'Hashprice, what if' })).toHaveValue(
      String(value),
    )
    process.stdout.write(`a hashprice tried with the pointer: ${presses} press\n`)
    expect(presses).toBeLessThanOrEqual(1)
    await window.keyboard.press('Escape')
    await expect(answer(window)).toHaveText(real!)
    await expect(tried).toHaveCount(0)
  })

  await test.step('moved by keys', async () => {
    await line(window).focus()
    const at = async () => Number(await line(window).inputValue())
    const start = await at()
    await window.keyboard.press('ArrowUp')
    await expect.poll(at).toBeGreaterThan(start)
    await window.keyboard.press('ArrowDown')
    await window.keyboard.press('PageDown')
    await expect.poll(at).toBeLessThan(start)
    await window.keyboard.press('Home')
    await expect.poll(at).toBe(Number(await line(window).getAttribute('min')))
    await expect(answer(window)).not.toHaveText(real!)
    await window.keyboard.press('Escape')
    await expect(answer(window)).toHaveText(real!)
  })

  await test.step('typed', async () => {
    const field = whatIf(window).getByRole('textbox', { name: 'Hashprice, what if' })
    await field.fill('12')
    await expect(panel(window).getByText('tried $12.00')).toBeVisible()
    await expect(answer(window)).not.toHaveText(real!)
    // The bitcoin price is the one that makes this hashprice: two names of one trial.
    await expect(whatIf(window).getByRole('slider', { name: 'Bitcoin price' })).not.toHaveValue('')
    await field.press('Enter')
    await field.press('Escape')
    await expect(answer(window)).toHaveText(real!)
  })

  await test.step('one press ends it', async () => {
    await whatIf(window).getByRole('textbox', { name: 'Hashprice, what if' }).fill('50')
    await expect(answer(window)).not.toHaveText(real!)
    await whatIf(window).getByRole('button', { name: 'Reset' }).click()
    await expect(answer(window)).toHaveText(real!)
  })

  await test.step('read as a list and as a table', async () => {
    const bars = window.getByRole('listbox', { name: 'Fleet by the hashprice at which it breaks even' })
    const count = await bars.getByRole('option').count()
    await bars.focus()
    await window.keyboard.press('Home')
    await expect(panel(window).locator('.chart-read')).toContainText('breaks even at $')
    await panel(window).getByText('As a table').click()
    await expect(panel(window).getByRole('row')).toHaveCount(count + 1)
  })
})
