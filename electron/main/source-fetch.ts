import { session } from 'electron'
import type { Fetch } from '#electron/sources/http.ts'

/**
 * Fetches from sources through Chromium's network, which knows the system's proxy. It has its own session in memory,
 * since the page's session lets nothing out. The session is made at the first question, when Electron is ready for
 * it.
 */
export const sourceFetch: Fetch = (url, init) =>
  session.fromPartition('sources', { cache: false }).fetch(url, { ...init, credentials: 'omit' })
