/** Explains the figure next to what has the focus, else the first of the place, else that of the strip. */
export function explainHere(): void {
  const near = document.activeElement?.closest('[role="group"], tr, section')?.querySelector('[data-why]')
  const button =
    near ?? document.querySelector('.main [data-why]') ?? document.querySelector('.strip [data-why]')
  if (button instanceof HTMLElement) button.click()
}
