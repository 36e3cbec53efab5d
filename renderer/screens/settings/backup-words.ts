import type { BackupCheck, BackupCopy, BackupKind } from '#shared/ipc/schemas/backups.ts'
import { calendarDay, dateTime } from '#shared/format/times.ts'

export const KIND_WORDS: Readonly<Record<BackupKind, string>> = {
  daily: 'Daily',
  'by-hand': 'Made by hand',
  'before-restore': 'Before a restore',
  'before-update': 'Before an update',
}

/** When a copy was made; its day alone where the time of its file is of another one. */
export const madeWords = ({ madeAtMs, day }: BackupCopy): string =>
  madeAtMs === null ? `${calendarDay(day)}, by its name` : dateTime(madeAtMs)

/** Whether a copy can be restored, and why not. */
export function stateOf({ isSound, sum }: BackupCheck): { readonly isFit: boolean; readonly words: string } {
  if (!isSound) return { isFit: false, words: 'Cannot be used: damaged, or of a newer Strikeline' }
  switch (sum) {
    case 'matches':
      return { isFit: true, words: 'Sound, SHA-256 fits' }
    case 'none':
      return { isFit: true, words: 'Sound, without SHA-256' }
    case 'differs':
      return { isFit: false, words: 'Changed since it was made: SHA-256 differs' }
  }
}
