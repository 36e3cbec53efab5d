import type { VarianceCause } from '../domain/money/budget.ts'
import type { EnergyCause, PayCause } from '../domain/money/ledger/month.ts'

/** What the steps from what was expected to what was are called, and what each of them holds. */

export const PAY_CAUSE_WORDS: Readonly<Record<PayCause, string>> = {
  uptime: 'uptime',
  fees: 'fees',
  luck: 'luck',
  price: 'price',
  unexplained: 'unexplained',
}

/** What each step of a pool holds. */
export const PAY_CAUSE_RULES: Readonly<Record<PayCause, string>> = {
  uptime: 'what the pool counted instead of the planned hashrate',
  fees: 'what the pool kept back beyond its terms',
  luck: 'blocks found, as far as chance reaches in 95 of 100 months',
  price: 'the price when it came instead of the mean of each day',
  unexplained: 'what none of these explains',
}

export const ENERGY_CAUSE_WORDS: Readonly<Record<EnergyCause, string>> = {
  metered: 'metered',
  invoiced: 'invoiced',
  price: 'price',
  'other charges': 'other charges',
}

export const ENERGY_CAUSE_RULES: Readonly<Record<EnergyCause, string>> = {
  metered: 'the meter instead of the machines as planned',
  invoiced: 'kWh of the invoice instead of the meter',
  price: 'the price of a kWh instead of the planned one',
  'other charges': 'demand, fixed and what is charged by itself',
}

export const BUDGET_CAUSE_WORDS: Readonly<Record<VarianceCause, string>> = {
  price: 'price of bitcoin',
  difficulty: 'difficulty',
  reward: 'reward of a block',
  uptime: 'uptime',
  tariff: 'tariff',
  fleet: 'fleet',
}
