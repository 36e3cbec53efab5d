import { shell } from 'electron'
import { isOpenableLink, LINKS, type LinkName } from '#electron/security/openable-link.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'

/** The only user of shell.openExternal: the page names a link of ours and never brings an address. */
export async function openLink(name: LinkName): Promise<void> {
  const link: unknown = LINKS[name]
  if (!isOpenableLink(link)) throw new StrikelineError('bad-input', `The link “${name}” may not be opened.`)
  await shell.openExternal(link)
}
