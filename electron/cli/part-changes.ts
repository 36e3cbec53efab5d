import type { PartChange } from '#electron/store/sqlite/client.ts'
import { counted } from '#shared/format/numbers.ts'
import type { CliHost } from './command.ts'
import { writeLine } from './json.ts'

const NOUNS: Readonly<Record<PartChange['kind'], readonly [one: string, many: string]>> = {
  contract: ['contract', 'contracts'],
  policy: ['policy', 'policies'],
  ladder: ['ladder', 'ladders'],
  price: ['price of a site', 'prices of sites'],
  limit: ['limit', 'limits'],
}

/**
 * Says what a file brought: one line of counts on standard error, then a line for each part that was left. With json, all of it as
 * one document on standard output.
 * @param replaced whether what differed from what was stored has taken its place
 */
export async function writeChanges(
  host: CliHost,
  changes: readonly PartChange[],
  { json, replaced }: { readonly json: boolean; readonly replaced: boolean },
): Promise<void> {
  if (json) {
    await writeLine(host.stdout, JSON.stringify({ replaced, changes }))
    return
  }
  await writeLine(host.stderr, changeWords(changes, replaced))
  for (const { kind, name, change, words } of changes) {
    const noun = NOUNS[kind][0]
    if (change === 'unknown')
      await writeLine(host.stderr, `left: ${noun}, ${name} is not in the stored fleet`)
    if (change === 'differs' && !replaced)
      await writeLine(
        host.stderr,
        `left: ${noun} ${name} differs from the stored one (${words}); --replace takes it`,
      )
  }
}

/** "2 contracts and 1 policy stored, 3 ladders as before" */
function changeWords(changes: readonly PartChange[], replaced: boolean): string {
  const tally = (is: (change: PartChange['change']) => boolean) =>
    (Object.keys(NOUNS) as readonly PartChange['kind'][]).flatMap((kind) => {
      const found = changes.filter((part) => part.kind === kind && is(part.change)).length
      return found === 0 ? [] : [counted(found, ...NOUNS[kind])]
    })
  const stored = tally((change) => change === 'new' || (change === 'differs' && replaced))
  const same = tally((change) => change === 'same')
  return [
    stored.length === 0 ? 'nothing new' : `${stored.join(', ')} stored`,
    ...(same.length === 0 ? [] : [`${same.join(', ')} as before`]),
  ].join('; ')
}
