/**
 * How a machine takes part in its site's contract. Position in this list is the code of a policy column.
 *
 * - follow: it takes part in everything: schedule, committed energy, shedding, power-down.
 * - protected: it uses the site's power at the site's prices and always runs; it is never offered for power-down nor shed.
 * - exempt: it stands outside the contract and pays the price that the fleet gives it; its verdict is weighed alone.
 */
export const MACHINE_POLICIES = ['follow', 'protected', 'exempt'] as const
export type MachinePolicy = (typeof MACHINE_POLICIES)[number]
export const FOLLOW = 0
export const PROTECTED = 1
export const EXEMPT = 2
