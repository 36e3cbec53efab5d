import { build } from './build.ts'
import { licenceFaults, noticesAreCurrent, shippedPackages } from './licences.ts'
import { capture } from './processes.ts'
import { repository } from './repository.ts'
import { say } from './runtime/ensure-runtime.ts'

/** What the registry knows against packages that are in the program, or why it was not asked successfully. */
export type Audit =
  | { readonly checked: true; readonly found: readonly string[] }
  | { readonly checked: false; readonly reason: string }

const AUDIT = ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=20000']
const AUDIT_TIMEOUT_MS = 90_000

/**
 * Asks the registry for known weaknesses. Everything is asked for and then only what is in the program is looked at: most of
 * that is bundled and declared for development, where `npm audit --omit=dev` would pass it over.
 */
export async function audit(shipped: ReadonlySet<string>): Promise<Audit> {
  // npm tells its scripts where it lies itself; the program of that name may be a shell script.
  const npm = process.env['npm_execpath']
  const options = { cwd: repository, timeoutMs: AUDIT_TIMEOUT_MS }
  const { stdout, stderr } = await (npm === undefined
    ? capture('npm', AUDIT, options)
    : capture(process.execPath, [npm, ...AUDIT], options))
  return auditOf(stdout, stderr, shipped)
}

/** Reads what `npm audit --json` has printed. Only a full report counts as an answer. */
export function auditOf(stdout: string, stderr: string, shipped: ReadonlySet<string>): Audit {
  const report = reportIn(stdout)
  if (report?.vulnerabilities === undefined) {
    const said = [report?.message, stderr.trim().split('\n')[0]].find(
      (line) => line !== undefined && line !== '',
    )
    return { checked: false, reason: said ?? 'npm gave no answer' }
  }
  const found = Object.entries(report.vulnerabilities)
    .filter(([name]) => shipped.has(name))
    .map(([name, { severity, range }]) => `${name} ${range}: ${severity}`)
  return { checked: true, found }
}

type Report = {
  readonly message?: string
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>
}

function reportIn(stdout: string): Report | null {
  try {
    return JSON.parse(stdout) as Report | null
  } catch {
    // Not a report: what npm said besides tells why.
    return null
  }
}

/**
 * Licences and notices of what the build holds, and what is known against it.
 * @throws with a line for each reason not to release
 */
export async function checkRelease(): Promise<void> {
  await build(say)
  const packages = shippedPackages()
  const faults = [...licenceFaults(packages)]
  say(`licences: ${packages.length} packages are in the program, ${faults.length} may not be`)
  const isCurrent = noticesAreCurrent(packages)
  say(`notices: ${isCurrent ? 'as the build' : 'not as the build'}`)
  if (!isCurrent) faults.push('assets/THIRD-PARTY-NOTICES.txt is not that of this build: npm run notices')
  const audited = await audit(new Set(packages.map(({ name }) => name)))
  if (audited.checked) faults.push(...audited.found.map((line) => `npm audit: ${line}`))
  say(
    audited.checked
      ? `npm audit: ${audited.found.length} known weaknesses`
      : `npm audit: not checked (${audited.reason})`,
  )
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

/** `npm run release-check` */
if (import.meta.main) {
  try {
    await checkRelease()
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
