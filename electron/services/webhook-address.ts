import { readFile, stat } from 'node:fs/promises'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { isPrivateHost } from '#electron/sources/address.ts'
import type { SecretFile } from './secret-file.ts'

/** Addresses of chat services hold their key, so no sentence of this file has more of one than its host. */

export const MOST_ADDRESS_LENGTH = 2000
/** The address for programs that have no keystore, such as a command in a schedule. */
export const ADDRESS_VARIABLE = 'STRIKELINE_WEBHOOK_URL'

export type WebhookAddress = {
  readonly address: string
  readonly host: string
  /** session: typed where there is no keystore, and kept until the program ends */
  readonly from: 'keystore' | 'session' | 'variable' | 'file'
}

/** What is wrong with the address of a webhook, as a sentence; null where nothing is. */
export function webhookFault(text: string): string | null {
  if (text.length > MOST_ADDRESS_LENGTH)
    return `This is too long for an address: ${MOST_ADDRESS_LENGTH} characters are the most.`
  if (/\s/.test(text) || !URL.canParse(text))
    return 'This is not an address; write it like https://hooks.example.com/services/…'
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return 'The address must begin with https:// or, within your own network, http://.'
  if (url.username !== '' || url.password !== '')
    return 'The address holds a user or password before the @, which is not sent; use a receiver whose key is in the path.'
  if (url.hash !== '') return 'The address has a part after #, which is never sent; leave it out.'
  if (url.protocol === 'http:' && !isPrivateHost(url.hostname))
    return `${url.host} may be a public server: alerts go there over https, not http.`
  return null
}

/** An address as it is used. @throws StrikelineError 'bad-input' with {@link webhookFault} */
export function webhookAddressOf(typed: string): string {
  const text = typed.trim()
  const fault = webhookFault(text)
  if (fault !== null) throw new StrikelineError('bad-input', fault, 'address')
  return new URL(text).href
}

export type AddressPorts = {
  readonly secrets: Pick<SecretFile, 'read' | 'has' | 'isOfSession'>
  readonly readSettings: () => Promise<Pick<Settings, 'webhookFile'>>
  readonly variables: Readonly<Record<string, string | undefined>>
}

/**
 * The address that was typed in the window, else that of the variable, else that of the named file; null: none is set, and nothing is
 * sent.
 * @throws StrikelineError 'file-unreadable' or 'bad-input' where one is set that cannot be used
 */
export async function readWebhookAddress(ports: AddressPorts): Promise<WebhookAddress | null> {
  const { secrets, readSettings, variables } = ports
  const given = (variables[ADDRESS_VARIABLE] ?? '').trim()
  const { webhookFile } = await readSettings()
  try {
    const typed = await secrets.read('webhook')
    if (typed !== null) return known(typed, secrets.isOfSession('webhook') ? 'session' : 'keystore', 'it')
  } catch (error) {
    // A program without a keystore is given the address in another way.
    if (given === '' && webhookFile === '') throw error
  }
  if (given !== '') return known(given, 'variable', ADDRESS_VARIABLE)
  if (webhookFile !== '') return known(await addressIn(webhookFile), 'file', webhookFile)
  return null
}

/** Whether one is set, readable or not. */
export async function hasWebhookAddress({
  secrets,
  readSettings,
  variables,
}: AddressPorts): Promise<boolean> {
  if ((variables[ADDRESS_VARIABLE] ?? '').trim() !== '') return true
  return (await readSettings()).webhookFile !== '' || secrets.has('webhook')
}

function known(text: string, from: WebhookAddress['from'], where: string): WebhookAddress {
  const fault = webhookFault(text)
  if (fault !== null)
    throw new StrikelineError('bad-input', `The address of the webhook in ${where} is not used: ${fault}`)
  const { href, host } = new URL(text)
  return { address: href, host, from }
}

async function addressIn(file: string): Promise<string> {
  try {
    const { size } = await stat(file)
    if (size <= 2 * MOST_ADDRESS_LENGTH) return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    const fault = new StrikelineError(
      'file-unreadable',
      `${file}, which holds the address of the webhook, cannot be read.`,
    )
    fault.cause = error
    throw fault
  }
  throw new StrikelineError('file-unreadable', `${file} is not a file with the address of a webhook alone.`)
}
