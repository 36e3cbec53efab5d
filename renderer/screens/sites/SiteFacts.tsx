import { paidAnywayKw } from '#shared/domain/power/demand-charge.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { W_PER_KW } from '#shared/domain/units.ts'
import type { Money } from '#shared/format/money.ts'
import { count, MISSING } from '#shared/format/numbers.ts'
import { energy, power } from '#shared/format/units.ts'
import type { SiteView } from '../../engine/protocol.ts'
import { WhyButton } from '../../parts/why/WhyButton.tsx'
import { useStore } from '../../state/store.ts'

type Props = {
  readonly row: number
  readonly view: SiteView
  readonly contract: SiteContract | null
  readonly money: Money
}

const EARNS = 'Earns a day as it runs'

const kilowatts = (kw: number) => power(kw * W_PER_KW)

/** The figures beside the answer: as it runs, and as advised. */
export function SiteFacts({ row, view: { now, advice }, contract, money }: Props) {
  const figures = useStore((state) => state.picture?.sites[row] ?? null)
  const siteKey = useStore((state) => state.fleet?.sites.key[row] ?? null)
  const name = useStore((state) => state.fleet?.sites.name[row] ?? '')
  const committed = advice?.committed ?? null
  const totals = advice?.totals ?? null
  const charge = contract?.demandCharge ?? null
  const facts: readonly (readonly [name: string, words: string])[] = [
    ['Machines', count(figures?.machines ?? NaN)],
    ['At the meter as it runs', kilowatts(now.asIsKw)],
    ...(advice === null ? [] : [['as advised now', kilowatts(now.takeKw)] as const]),
    [EARNS, money.amount(figures?.totals?.marginUsdPerDay ?? NaN)],
    ...(totals === null ? [] : [['as advised', money.amount(totals.marginNowUsdPerDay.advised)] as const]),
    ...(committed === null
      ? []
      : [
          [
            'Committed energy used',
            `${energy(committed.usedKwhPerDay.now)} of ${energy(committed.kwhPerDay)} a day`,
          ] as const,
        ]),
    ...(charge === null ? [] : [['Peak of the month', peakWords(charge)] as const]),
  ]
  return (
    <dl className="panel pad site-facts">
      {facts.map(([fact, words]) => (
        <div key={fact}>
          <dt>
            {fact}
            {fact !== EARNS || siteKey === null ? null : (
              <WhyButton of={name} subject={{ kind: 'site', key: siteKey }} />
            )}
          </dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What has been metered, and up to where more costs nothing more. */
function peakWords(charge: NonNullable<SiteContract['demandCharge']>): string {
  const free = paidAnywayKw(charge, 0)
  const metered = charge.meteredKwThisMonth === 0 ? MISSING : kilowatts(charge.meteredKwThisMonth)
  return Number.isFinite(free)
    ? `${metered} so far; paid anyway up to ${kilowatts(free)}`
    : `${metered} so far; it is set already`
}
