import type { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'

type Status = (typeof MACHINE_STATUSES)[number]

/** Words of other programs that mean one status and no other. "Degraded", "stale" and "lost" may be either and are asked. */
const WORDS: Readonly<Record<Status, string>> = {
  running:
    'running run on active online mining hashing okay ok success normal up alive healthy working operational producing started',
  off: 'off offline sleep sleeping asleep paused pause stopped stop idle inactive disabled shutdown suspended curtailed hibernating standby poweredoff poweroff switchedoff shutoff turnedoff notmining notrunning',
  repair:
    'repair repairing inrepair underrepair rma maintenance inmaintenance undermaintenance broken defective faulty outofservice',
}

const STATUS_OF: ReadonlyMap<string, Status> = new Map(
  Object.entries(WORDS).flatMap(([status, words]) =>
    words.split(' ').map((word) => [word, status as Status] as const),
  ),
)

export const foldStatus = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** The status that a text means, "Paused / Sleeping" too; null where it may mean several or is not known. */
export function statusOfWords(text: string): Status | null {
  const whole = STATUS_OF.get(foldStatus(text))
  if (whole !== undefined) return whole
  const parts = text.split(/[/,|]| - /).filter((part) => part.trim() !== '')
  const first = parts.length > 1 ? STATUS_OF.get(foldStatus(parts[0]!)) : undefined
  return first !== undefined && parts.every((part) => STATUS_OF.get(foldStatus(part)) === first)
    ? first
    : null
}
