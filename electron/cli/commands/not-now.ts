import { MOST_REASON_LENGTH } from '#shared/ipc/schemas/acts.ts'
import { byGiven, byOption, siteNamed, withActs } from '../acts.ts'
import { dataOption, defineCommand, EXIT, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'

export const command = defineCommand({
  name: 'not-now',
  summary:
    'records that what is advised at a site is not done now, and why; it holds for today, while the same is advised',
  options: {
    site: { type: 'string', value: 'SITE', required: true, help: 'the site' },
    reason: { type: 'string', value: 'TEXT', required: true, help: 'why not now' },
    by: byOption,
    ...dataOption,
  },
  async run({ options, host }) {
    const reason = options.reason.trim()
    if (reason === '' || reason.length > MOST_REASON_LENGTH)
      throw new UsageError(`not-now: --reason must have 1 to ${MOST_REASON_LENGTH} letters`)
    const by = byGiven('not-now', options.by)
    const site = await withActs(host, options.data, async (acts, store) => {
      const { key, name } = await siteNamed(store, options.site)
      const sites = [{ siteKey: key, shown: null }]
      await acts.record(null, { kind: 'not-now', reason, ...by, sites, done: { rows: 'all' } })
      return name
    })
    await writeLine(host.stdout, `Not now at ${site}: ${reason}`)
    return EXIT.done
  },
})
