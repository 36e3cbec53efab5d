import type { Backup } from './backups.ts'

/** Daily copies that are kept in any case. */
const KEPT = 7

/**
 * The daily copies that may go: those before the last seven, without the newest sound one and, of each month, the sound one with the
 * most machines (of several, the newest). A month that has no sound copy keeps all it has: who can tell.
 * @param copies newest first
 * @param machinesIn how many machines there are in a copy; asked where copies of one month compete
 */
export function superseded(
  copies: readonly Backup[],
  machinesIn: (path: string) => number,
  isSound: (path: string) => boolean,
): readonly Backup[] {
  const daily = copies.filter(({ isDaily }) => isDaily)
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
