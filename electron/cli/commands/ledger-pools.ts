import type { Costing, PayoutScheme, PoolTerms, Since } from '#shared/domain/money/ledger/entry.ts'
import { COSTINGS, PAYOUT_SCHEMES } from '#shared/domain/money/ledger/entry.ts'
import { nameKey, termsFinder } from '#shared/domain/money/ledger/identity.ts'
import { COSTING_WORDS, sinceWords } from '#shared/format/ledger-month-words.ts'
import { percent } from '#shared/format/numbers.ts'
import type { LedgerPools } from '#shared/ipc/schemas/ledger.ts'
import { EXIT, numberOption, UsageError } from '../command.ts'
import type { ExitCode } from '../command.ts'
import { writeLine } from '../json.ts'
import { monthGiven, withLedger } from '../ledger-call.ts'
import type { LedgerCall } from '../ledger-call.ts'

/** `ledger pools`, `ledger pools put NAME …`, `ledger pools remove NAME` */
export async function runPools(call: LedgerCall, operands: readonly string[]): Promise<ExitCode> {
  const [verb = 'list', name = ''] = operands
  if (verb === 'list' && name === '') return list(call)
  if (verb === 'put' && name !== '') return put(call, name)
  if (verb === 'remove' && name !== '') return remove(call, name)
  throw new UsageError(
    'ledger pools: use `ledger pools`, `ledger pools put NAME` or `ledger pools remove NAME`',
  )
}

async function list(call: LedgerCall): Promise<ExitCode> {
  if (call.options.from !== undefined) throw new UsageError('ledger pools: --from goes with put and remove')
  return tell(call, await withLedger(call, (ledger) => ledger.pools()))
}

/** All terms, also after a change: what was changed is seen among them. */
async function tell(call: LedgerCall, { pools, withoutTerms, costing }: LedgerPools): Promise<ExitCode> {
  const { stdout } = call.host
  if (call.options.json) {
    await writeLine(stdout, JSON.stringify({ pools, withoutTerms, costing }))
    return EXIT.done
  }
  for (const { name, from, scheme, fee, revenue, sites, poolHashrateEhs } of pools) {
    const size = poolHashrateEhs === null ? '' : `, ${poolHashrateEhs} EH/s in all`
    const of = sites.length === 0 ? 'all sites' : sites.join(', ')
    await writeLine(
      stdout,
      `${name}: ${scheme}, keeps ${percent(fee, 2)}, income as ${revenue}, ${of}${size}${from === '' ? '' : `, ${sinceWords(from)}`}`,
    )
  }
  for (const name of withoutTerms) await writeLine(stdout, `${name}: no terms are stored`)
  await writeLine(stdout, `Costing of bitcoin: ${COSTING_WORDS[costing]}.`)
  return EXIT.done
}

async function remove(call: LedgerCall, name: string): Promise<ExitCode> {
  const said = fromGiven(call)
  const left = await withLedger(call, async (ledger) => {
    const { pools } = await ledger.pools()
    await ledger.removePool(name, said ?? onlyFrom(name, termsNamed(pools, name)) ?? '')
    return ledger.pools()
  })
  return tell(call, left)
}

const termsNamed = (pools: readonly PoolTerms[], given: string) =>
  pools.filter(({ name }) => nameKey(name) === nameKey(given))

/** @throws UsageError */
function fromGiven({ options: { from } }: LedgerCall): Since | undefined {
  if (from === undefined) return undefined
  return from === 'ever' ? '' : monthGiven('ledger pools: --from', from)
}

/** When the terms begin that are stored of a pool, where it is said of none; null: none are. @throws UsageError */
function onlyFrom(name: string, stored: readonly PoolTerms[]): Since | null {
  if (stored.length < 2) return stored[0]?.from ?? null
  const all = stored.map(({ from }) => sinceWords(from)).join(', ')
  throw new UsageError(`ledger pools: ${name} has terms ${all}: say which with --from MONTH, or --from ever`)
}

/** Of one that is there, what is not said stays; so it does of terms that begin later. */
async function put(call: LedgerCall, given: string): Promise<ExitCode> {
  const { options } = call
  const fee = numberOption('ledger pools', 'fee', options.fee, {
    ...{ min: 0, max: 1, unit: '(a share: 0.02 is 2 %)', typed: 'share' },
  })
  const scheme = oneOf('scheme', options.scheme, PAYOUT_SCHEMES)
  const revenue = oneOf('revenue', options.revenue, ['earned', 'paid'] as const)
  const poolHashrateEhs = numberOption('ledger pools', 'pool-hashrate', options['pool-hashrate'], {
    min: 1e-6,
    max: 1e6,
    ...{ unit: 'EH/s', typed: 'EH/s' },
  })
  const said = fromGiven(call)
  const all = await withLedger(call, async (ledger) => {
    const { pools, openFrom } = await ledger.pools()
    const stored = termsNamed(pools, given)
    const from = said ?? onlyFrom(given, stored) ?? openFrom
    const before = termsFinder(stored)(given, from)
    await ledger.putPool(
      termsOf(before, {
        ...{ name: given, from },
        fee,
        scheme,
        revenue,
        sites: options.sites?.split('\n'),
        poolHashrateEhs,
      }),
    )
    return ledger.pools()
  })
  return tell(call, all)
}

type Said = Pick<PoolTerms, 'name' | 'from'> & {
  readonly [Field in keyof Omit<PoolTerms, 'name' | 'from'>]: PoolTerms[Field] | undefined
}

function termsOf(before: PoolTerms | undefined, said: Said): PoolTerms {
  const scheme: PayoutScheme | undefined = said.scheme ?? before?.scheme
  const fee = said.fee ?? before?.fee
  if (scheme === undefined || fee === undefined)
    throw new UsageError('ledger pools: a new pool needs --scheme and --fee')
  return {
    ...{ name: before?.name ?? said.name, from: said.from, scheme, fee },
    revenue: said.revenue ?? before?.revenue ?? 'paid',
    sites: said.sites ?? before?.sites ?? [],
    poolHashrateEhs: said.poolHashrateEhs ?? before?.poolHashrateEhs ?? null,
  }
}

/** @throws UsageError */
function oneOf<Name extends string>(option: string, text: string | undefined, names: readonly Name[]) {
  if (text === undefined) return undefined
  const found = names.find((name) => name === text.toLowerCase())
  if (found !== undefined) return found
  throw new UsageError(`ledger pools: --${option} '${text}' is none of ${names.join(', ')}`)
}

/** `ledger costing [fifo|average]` */
export async function runCosting(call: LedgerCall, operands: readonly string[]): Promise<ExitCode> {
  const { stdout } = call.host
  const [text] = operands
  const asked = COSTINGS.find((costing) => costing === text?.toLowerCase())
  if (text !== undefined && asked === undefined)
    throw new UsageError(`ledger costing: '${text}' is not ${COSTINGS.join(' or ')}`)
  const costing = await withLedger(call, async (ledger): Promise<Costing> => {
    if (asked !== undefined) await ledger.setCosting(asked)
    return asked ?? (await ledger.pools()).costing
  })
  await writeLine(
    stdout,
    call.options.json ? JSON.stringify({ costing }) : `Costing of bitcoin: ${COSTING_WORDS[costing]}.`,
  )
  return EXIT.done
}
