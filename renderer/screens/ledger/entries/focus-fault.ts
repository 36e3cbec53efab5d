/** To the first field of the dialog that is wrong, once that is drawn: its words are read out with it. */
export function focusFault(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.dialog [aria-invalid="true"]')?.focus())
}
