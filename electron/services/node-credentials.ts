import { homedir } from 'node:os'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { cookieCredentials, usualCookieFile } from '#electron/sources/bitcoind-cookie.ts'
import { SourceFault } from '#electron/sources/http.ts'

/** The stored "user:password" for the operator's node at an address; null where none is stored. */
export type NodePassword = (nodeUrl: string) => Promise<string | null>

/**
 * "user:password" for a node: the stored one, else its cookie; null where there is neither.
 * A kept one that cannot be read, or a named cookie file that is none, is a SourceFault.
 */
export async function nodeCredentials(
  password: NodePassword | undefined,
  cookieFile: string,
  nodeUrl: string,
): Promise<string | null> {
  return (
    (await kept(password, nodeUrl)) ??
    cookieCredentials(cookieFile, usualCookieFile(process.platform, homedir(), process.env), nodeUrl)
  )
}

async function kept(password: NodePassword | undefined, nodeUrl: string): Promise<string | null> {
  try {
    return (await password?.(nodeUrl)) ?? null
  } catch (error) {
    if (!(error instanceof StrikelineError)) throw error
    throw new SourceFault(error.message.replace(/\.$/, ''), { cause: error })
  }
}
