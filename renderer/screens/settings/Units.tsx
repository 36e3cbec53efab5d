import type { Display } from '#shared/format/display.ts'
import { energyUnit } from '#shared/format/money.ts'
import { number } from '#shared/format/numbers.ts'
import { hashrateOfThs, power } from '#shared/format/units.ts'
import { selectMarket, selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import type { Choice } from '../../ui/Select.tsx'
import { Section } from './Section.tsx'
import { Segments } from '../../ui/Segments.tsx'

const HASHRATE: readonly Choice<Display['hashrateUnit']>[] = [
  { value: 'auto', label: 'By size' },
  { value: 'TH', label: 'TH/s' },
  { value: 'PH', label: 'PH/s' },
  { value: 'EH', label: 'EH/s' },
]
const ENERGY: readonly Choice<Display['energyUnit']>[] = [
  { value: 'kWh', label: 'per kWh' },
  { value: 'MWh', label: 'per MWh' },
]
const POWER: readonly Choice<Display['powerUnit']>[] = [
  { value: 'auto', label: 'By size' },
  { value: 'W', label: 'W' },
  { value: 'kW', label: 'kW' },
  { value: 'MW', label: 'MW' },
]

type Props = { readonly display: Display; readonly onChange: (change: Partial<Display>) => void }

/** In which units figures are shown; what is typed may be in any. */
export function Units({ display, onChange }: Props) {
  const money = useStore(selectMoney)
  const hashprice = useStore((state) => selectMarket(state)?.hashpriceUsdPerPhDay ?? Number.NaN)
  const choices: readonly Choice<Display['hashpriceUnit']>[] = [
    { value: 'usd-ph', label: `${money.currency} per PH/s and day` },
    { value: 'sat-th', label: 'sat per TH/s and day' },
  ]
  return (
    <Section of="units">
      <Segments
        legend="Hashrate of machines"
        choices={HASHRATE}
        value={display.hashrateUnit}
        onChange={(hashrateUnit) => onChange({ hashrateUnit })}
      />
      <Segments
        legend="Hashprice"
        choices={choices}
        value={display.hashpriceUnit}
        onChange={(hashpriceUnit) => onChange({ hashpriceUnit })}
      />
      <Segments
        legend="Price of energy"
        choices={ENERGY}
        value={display.energyUnit}
        onChange={(unit) => onChange({ energyUnit: unit })}
      />
      <Segments
        legend="Power"
        choices={POWER}
        value={display.powerUnit}
        onChange={(powerUnit) => onChange({ powerUnit })}
      />
      <p className="muted">
        So it reads: {hashrateOfThs(462_000)} at {power(14_200_000)}, power at {money.perKwh(0.0535)} per{' '}
        {energyUnit()}
        {Number.isNaN(hashprice)
          ? ''
          : `, hashprice ${money.perPh(hashprice)} ${money.hashprice.per}, as it is now`}
        . Fields take any unit: {`${number(3.25, 2)}\u00a0kW, 45\u00a0$/MWh, ${number(0.104, 3)}\u00a0PH/s`}.
      </p>
    </Section>
  )
}
