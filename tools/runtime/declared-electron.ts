import { MS_PER_DAY, MS_PER_MINUTE } from '#shared/domain/units.ts'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { capture } from '../processes.ts'
import { installed, installedVersion } from '../repository.ts'

/** for a server that does not answer: long enough to unpack an archive that was fetched before */
const UNREACHABLE_MS = 20_000
const PROBE_MS = 6_000

/** Either the executable, or why it cannot be had. */
export type DeclaredElectron = { readonly executable: string } | { readonly reason: string }

export function declaredElectronVersion(): string {
  return installedVersion('electron')
}

/** The executable of the declared Electron where it is unpacked already, else null. */
export function unpackedElectron(): string | null {
  const folder = installed('electron')
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const executable = join(folder, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(executable) ? executable : null
}

/**
 * The declared Electron, fetched by its package's own installer where needed.
 *
 * @param cache where a failure is remembered, so that the next start within a day does not wait again
 */
export async function declaredElectron(
  cache: string,
  say: (line: string) => void,
): Promise<DeclaredElectron> {
  const unpacked = unpackedElectron()
  if (unpacked !== null) return { executable: unpacked }

  const version = declaredElectronVersion()
  const failure = join(cache, `electron-${version}-not-fetched.txt`)
  if (existsSync(failure) && Date.now() - statSync(failure).mtimeMs < MS_PER_DAY) {
    return {
      reason: `${readFileSync(failure, 'utf8')}; next try a day later, or once ${failure} is removed`,
    }
  }

  say(`Fetching Electron ${version} …`)
  const proxied = proxyEnvironment()
  const silence = proxied === null ? await whySilent(downloadServer()) : null
  const { code, stderr } = await capture(process.execPath, [installed('electron', 'install.js')], {
    env: { ELECTRON_GET_NO_PROGRESS: '1', ...proxied },
    timeoutMs: silence === null ? 20 * MS_PER_MINUTE : UNREACHABLE_MS,
  })
  const executable = unpackedElectron()
  if (code === 0 && executable !== null) {
    rmSync(failure, { force: true })
    return { executable }
  }
  const reason = `${new URL(downloadServer()).host} could not be used (${silence ?? faultIn(stderr)})`
  writeFileSync(failure, reason)
  return { reason }
}

/** The installer's own sentence among what it printed, e.g. "Response code 404 (Not Found) for …". */
function faultIn(stderr: string): string {
  return /^\w*Error: (.+)$/m.exec(stderr)?.[1] ?? 'the download was cut off'
}

function downloadServer(): string {
  return (
    process.env['npm_config_electron_mirror'] ??
    process.env['ELECTRON_MIRROR'] ??
    'https://github.com/electron/electron/releases/download/'
  )
}

/**
 * Why a server does not answer at all, e.g. "getaddrinfo ENOTFOUND github.com"; null where it does, whatever it
 * says: only silence takes minutes to fail.
 */
async function whySilent(address: string): Promise<string | null> {
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_MS) })
    return null
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return cause instanceof Error ? cause.message : String(cause)
  }
}

/** What makes the installer's requests use the proxy of this environment; null where there is none. */
function proxyEnvironment(): Record<string, string> | null {
  const hasProxy = ['HTTPS_PROXY', 'https_proxy'].some((name) => (process.env[name] ?? '') !== '')
  return hasProxy ? { NODE_USE_ENV_PROXY: '1' } : null
}
