import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { build } from './build.ts'
import { NOTICES_FILE, noticesText, shippedPackages } from './licences.ts'
import { repository } from './repository.ts'
import { say } from './runtime/ensure-runtime.ts'

/** `npm run notices`: writes down whose software the build holds, with the licences. */
try {
  await build(say)
  const packages = shippedPackages()
  writeFileSync(NOTICES_FILE, noticesText(packages))
  say(`${relative(repository, NOTICES_FILE)}: ${packages.length} packages`)
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
