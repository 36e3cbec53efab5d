/**
 * Gives the focus to an element once what is being drawn now stands: else it is lost together with the field or the
 * button that vanishes.
 */
export function focusSoon(element: { readonly current: HTMLElement | null }): void {
  requestAnimationFrame(() => element.current?.focus())
}
