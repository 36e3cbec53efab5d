/** Of the panel that lists what to look at. */
export const CHECKS_ID = 'report-checks'

/** Brings it into sight, with the keyboard at it. */
export function goToChecks(): void {
  const heading = document.getElementById(CHECKS_ID)
  heading?.scrollIntoView({ block: 'center' })
  heading?.focus({ preventScroll: true })
}
