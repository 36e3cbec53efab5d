import type { BudgetMonth, EnergyMonth, LedgerMonth } from '#shared/domain/money/ledger/month.ts'
import { ENERGY_CAUSES } from '#shared/domain/money/ledger/month.ts'
import { W_PER_KW } from '#shared/domain/units.ts'
import { ENERGY_CAUSE_RULES, ENERGY_CAUSE_WORDS } from '#shared/format/ledger-causes.ts'
import {
  bookedUsd,
  capital,
  energyMonthWords,
  inKwh,
  throughWords,
} from '#shared/format/ledger-month-words.ts'
import { energyUnit, usdPerKwh } from '#shared/format/money.ts'
import { counted, MISSING, number, percent } from '#shared/format/numbers.ts'
import { power } from '#shared/format/units.ts'
import { Step } from '../../../parts/why/Step.tsx'
import { budgetRows } from './budget-rows.ts'

const kwh = (wh: number | null) => (wh === null ? MISSING : `${number(inKwh(wh))} kWh`)

type EnergyProps = { readonly energy: EnergyMonth; readonly plan: LedgerMonth['plans'][number] | null }

/** How an invoice compares with what the machines and the planned price make. */
export function EnergyWhy({ energy, plan }: EnergyProps) {
  return (
    <>
      <p className="why-verdict">{energyMonthWords(energy)}</p>
      <h3>Energy</h3>
      <dl className="steps">
        <Step
          name="Machines, by plan"
          value={kwh(energy.machinesWh)}
          how={
            plan === null
              ? 'no plan is stored'
              : `${power(plan.plan.powerKw * W_PER_KW)} × uptime ${percent(plan.plan.uptime)} × hours ${energy.through === null ? 'of the month' : `of its days${throughWords(energy.through)}`}; ${plan.isRecorded ? 'recorded' : 'the fleet of now'}`
          }
        />
        <Step name="Meter" value={kwh(energy.meterWh)} how="readings, each spread evenly over its days" />
        <Step name="Invoice" value={kwh(energy.invoiceWh)} how="bills, each spread evenly over its days" />
      </dl>
      <h3>Money</h3>
      <dl className="steps">
        <Step
          strong
          name="Expected"
          value={bookedUsd(energy.expectedUsdCents)}
          how={
            plan === null
              ? 'no plan is stored'
              : `kWh of the machines × ${usdPerKwh(plan.plan.usdPerKwh)} per ${energyUnit()}, everything that stops with them`
          }
        />
        {ENERGY_CAUSES.map((cause) => (
          <Step
            key={cause}
            name={capital(ENERGY_CAUSE_WORDS[cause])}
            value={bookedUsd(energy.stepsUsdCents?.[cause] ?? null)}
            how={ENERGY_CAUSE_RULES[cause]}
          />
        ))}
        <Step
          strong
          name="Invoice"
          value={bookedUsd(energy.invoiceUsdCents)}
          how="expected + the steps above"
        />
      </dl>
    </>
  )
}

/** How a month compares with its budget. */
export function BudgetWhy({ budget }: { readonly budget: BudgetMonth }) {
  return (
    <>
      <p className="why-plan">
        Cash margin = days × uptime × (PH/s × reward of 1 PH/s in a day × price − 24 h × kW × USD per kWh), of{' '}
        {counted(budget.days, 'day')}. The effect of a cause is its mean over every order in which the causes
        can change from plan to actual, so that they add up.
      </p>
      <dl className="steps">
        {budgetRows(budget).map(({ name, plan, actual, effect, isTotal }) => (
          <Step
            key={name}
            strong={isTotal}
            name={name}
            value={effect === '' ? actual : effect}
            {...(plan === '' ? {} : { how: `planned ${plan}, actual ${actual}` })}
          />
        ))}
      </dl>
    </>
  )
}
