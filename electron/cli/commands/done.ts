import { basename } from 'node:path'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { counted } from '#shared/format/numbers.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { ActService } from '#electron/services/act-service.ts'
import type { Recorded } from '#electron/store/port.ts'
import { byGiven, byOption, idsIn, siteNamed, withActs } from '../acts.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'

const OTHER_LIST = 'other-list'

export const command = defineCommand({
  name: 'done',
  summary: 'records that what is advised at a site was done, and gives its machines their new state',
  options: {
    site: { type: 'string', value: 'SITE', required: true, help: 'the site' },
    only: {
      type: 'string',
      value: 'FILE',
      help: 'only these: an id a line, or a work list with its done column filled in',
    },
    by: byOption,
    accept: {
      type: 'string',
      value: OTHER_LIST,
      help: 'take a work list of another day, or one that is advised otherwise by now',
    },
    ...jsonOption,
    ...dataOption,
  },
  async run({ options, host, path }) {
    if (options.accept !== undefined && options.accept !== OTHER_LIST)
      throw new UsageError(`done: --accept takes ${OTHER_LIST}, not '${options.accept}'`)
    const by = byGiven('done', options.by)
    const recorded = await withActs(host, options.data, async (acts, store) => {
      const site = await siteNamed(store, options.site)
      const file = options.only === undefined ? null : path(options.only)
      const ids = file === null ? null : await idsIn(file)
      if (file !== null && ids === null)
        return recordList(acts, file, site.name, options.accept === OTHER_LIST, by)
      return acts.record(null, {
        kind: 'done',
        reason: '',
        ...by,
        sites: [{ siteKey: site.key, shown: null }],
        done:
          ids === null
            ? { rows: 'all' }
            : { rows: 'only', machines: ids.map((id) => ({ id, machines: null })) },
      })
    })
    const { machines, sites, revision } = recorded
    if (options.json) await writeLine(host.stdout, JSON.stringify({ sites, machines, revision }))
    else await writeLine(host.stdout, `Done at ${sites.join(', ')}: ${counted(machines, 'machine')}`)
    return EXIT.done
  },
})

async function recordList(
  acts: ActService,
  file: string,
  site: string,
  accepted: boolean,
  { by }: { readonly by?: string },
): Promise<Recorded> {
  const list = await acts.preview(file, null)
  const name = basename(file)
  const [first] = list.leftOut
  if (first !== undefined)
    throw new StrikelineError(
      'bad-input',
      `${name}, row ${first.line}: ${first.message}. Nothing was recorded.`,
    )
  const other = list.sites.find((each) => !isSameSiteName(each.site, site))
  if (other !== undefined)
    throw new StrikelineError('bad-input', `${name} has machines of ${other.site} too. Nothing was recorded.`)
  if (list.questions.length > 0 && !accepted)
    throw new StrikelineError(
      'bad-input',
      `${name}: ${list.questions.join(' ')} Nothing was recorded; --accept ${OTHER_LIST} takes it all the same.`,
    )
  return acts.confirm(list.token, accepted, by)
}
