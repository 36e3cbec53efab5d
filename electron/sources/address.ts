/**
 * Public servers are asked over https only. Plain http is for the operator's own servers: on this machine, in the
 * local network, or behind an onion address, which encrypts by itself.
 */

const PRIVATE_HOST =
  /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\]|10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|169\.254(\.\d+){2}|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])(\.\d+){2}|\[f[cd][0-9a-f]{2}:[0-9a-f:]*\]|\[fe[89ab][0-9a-f]:[0-9a-f:]*\]|[^.[\]]+|.+\.(local|lan|home\.arpa|internal|onion))$/

/** Is this host on this machine, in the local network, or behind an onion address? */
export function isPrivateHost(host: string): boolean {
  return PRIVATE_HOST.test(host)
}

/** Is this host on this machine? */
export function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(host)
}

/** What is wrong with the address of a source, as a sentence; null where nothing is. */
export function addressFault(text: string): string | null {
  if (!URL.canParse(text)) return `"${text}" is not an address; write it like https://mempool.space/api`
  const url = new URL(text)
  if (url.username !== '' || url.password !== '')
    return 'The address holds a user or password, which would be stored in clear; leave them out of it'
  if (url.search !== '' || url.hash !== '') return `"${text}" has a part after ? or #; leave it out`
  if (url.protocol === 'https:') return null
  if (url.protocol !== 'http:') return `"${text}" is not an http or https address`
  if (isPrivateHost(url.hostname)) return null
  return `${url.host} may be a public server: ask it over https, not http`
}

/**
 * The addresses under which a path may be found, the likeliest first: an operator types the bare host as often as the
 * host with the API's own prefix.
 */
export function addressesOf(baseUrl: string, prefix: string, path: string): readonly [string, string?] {
  const url = new URL(baseUrl)
  const base = url.origin + url.pathname.replace(/\/+$/, '')
  if (url.pathname === '/') return [base + prefix + path, base + path]
  return base.endsWith(prefix) ? [base + path] : [base + path, base + prefix + path]
}
