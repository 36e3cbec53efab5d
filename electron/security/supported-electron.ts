/** The shipped major. Another one may run the program on trial, with a note to the operator. */
export const SHIPPED_ELECTRON_MAJOR = 45

/**
 * What the operator is told about the runtime under the program; null where it is the shipped one or newer.
 *
 * @param version of the running Electron, e.g. '45.4.1'
 */
export function runtimeNote(version: string): string | null {
  const major = Number.parseInt(version, 10)
  if (major >= SHIPPED_ELECTRON_MAJOR) return null
  return (
    `Running on Electron ${version}, older than the ${SHIPPED_ELECTRON_MAJOR} that Strikeline is made for: ` +
    'good for a trial and for tests, without current security fixes.'
  )
}
