/** The addresses that the program shows in the operator's browser, by the name that the page asks with. */
export const LINKS = {
  licence: 'https://opensource.org/license/mit',
  mempool: 'https://mempool.space/',
} as const
export type LinkName = keyof typeof LINKS

const OPENABLE_HOSTS: ReadonlySet<string> = new Set(['opensource.org', 'mempool.space'])

/**
 * Whether the operating system may be asked to open this: text, https on its own port, a listed host, no
 * user name or password. Everything else could start a program (`file:`, `smb:`, `ms-…:`, …).
 */
export function isOpenableLink(link: unknown): link is string {
  if (typeof link !== 'string' || !link.startsWith('https://') || !URL.canParse(link)) return false
  const url = new URL(link)
  return url.port === '' && url.username === '' && url.password === '' && OPENABLE_HOSTS.has(url.hostname)
}
