import { session } from 'electron'
import type { Fetch } from '#electron/sources/http.ts'

/**
 * What the sources are asked with: Chromium's network, because it knows the system's proxy. It has a session of its own,
 * in memory, since the page's session lets nothing out; the session is made at the first question, when the program is
 * ready for it.
 */
export const sourceFetch: Fetch = (url, init) =>
  session.fromPartition('sources', { cache: false }).fetch(url, { ...init, credentials: 'omit' })
