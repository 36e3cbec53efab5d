import { SOURCES } from '#shared/ipc/sources.ts'

/**
 * Removes from a log what an operator must not send to others: keys, passwords, payout addresses, and addresses of
 * their own machines and servers. Public sources stay readable, or the log would explain nothing.
 */
const PUBLIC_HOSTS: ReadonlySet<string> = new Set(
  Object.values(SOURCES).flatMap(({ defaultUrl }) =>
    defaultUrl === '' ? [] : [new URL(defaultUrl).hostname],
  ),
)

const URL_TEXT = /\b[a-z][a-z0-9+.-]*:\/\/[^\s'"<>)\]]+/gi

const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(Basic|Bearer)\s+[\w+/=.~-]+/gi, '$1 [key]'],
  [
    /\b(api[-_ ]?key|token|secrets?|passwords?|passwd|authorization|cookie)(["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;&}]+)/gi,
    '$1$2[key]',
  ],
  [/\b(?:bc1|tb1|bcrt1)[02-9ac-hj-np-z]{11,87}\b/gi, '[address]'],
  [/\b[xyztuv](?:pub|prv)[1-9A-HJ-NP-Za-km-z]{80,}\b/g, '[key]'],
  [/\b[13][1-9A-HJ-NP-Za-km-z]{25,34}\b/g, '[address]'],
  [/\b[5KL][1-9A-HJ-NP-Za-km-z]{50,51}\b/g, '[key]'],
  [/\b[0-9a-f]{32,}\b/gi, '[key]'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, '[address]'],
  [/(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}(?::|[0-9a-f]{1,4})(?![\w:])/gi, '[address]'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[address]'],
]

function redactUrl(text: string): string {
  if (!URL.canParse(text)) return '[address]'
  const url = new URL(text)
  if (url.protocol === 'app:' || url.protocol === 'file:' || url.protocol === 'node:') return text
  if (!PUBLIC_HOSTS.has(url.hostname)) return `${url.protocol}//[address]`
  return `${url.protocol}//${url.host}${url.pathname}`
}

/** The text with keys and addresses replaced by `[key]` and `[address]`. */
export function redact(text: string): string {
  const withoutUrls = text.replace(URL_TEXT, redactUrl)
  return SECRETS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), withoutUrls)
}
