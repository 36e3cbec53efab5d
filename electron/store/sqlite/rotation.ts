import type { Backup } from './backups.ts'

/** Daily copies that are kept in any case. */
const KEPT = 7

/**
 * The daily copies that may be removed: older than the last seven, and neither the newest sound one nor the sound
 * one with the most machines of its month (of several, the newest). A month without a sound copy keeps all.
 * @param copies newest first
 * @param machinesIn machines in a copy; called where copies of one month compete
 */
export function superseded(
  copies: readonly Backup[],
  machinesIn: (path: string) => number,
  isSound: (path: string) => boolean,
): readonly Backup[] {
  const daily = copies.filter(({ kind }) => kind === 'daily')
  const old = daily.slice(KEPT)
  if (old.length === 0) return []
  const kept = new Set([daily.find(({ path }) => isSound(path))])
  for (const month of new Set(old.map(monthOf))) {
    const ofMonth = daily.filter((copy) => monthOf(copy) === month)
    if (ofMonth.length === 1) kept.add(ofMonth[0])
    else for (const copy of worthKeeping(ofMonth, machinesIn, isSound)) kept.add(copy)
  }
  return old.filter((copy) => !kept.has(copy))
}

const monthOf = ({ day }: Backup): string => day.slice(0, day.lastIndexOf('-'))

function worthKeeping(
  ofMonth: readonly Backup[],
  machinesIn: (path: string) => number,
  isSound: (path: string) => boolean,
): readonly Backup[] {
  const byMachines = ofMonth
    .map((copy) => ({ copy, machines: machinesIn(copy.path) }))
    .sort((a, b) => b.machines - a.machines)
  const best = byMachines.find(({ copy }) => isSound(copy.path))
  return best === undefined ? ofMonth : [best.copy]
}
