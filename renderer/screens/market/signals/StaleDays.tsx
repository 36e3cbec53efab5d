import { StaleMark } from '../../../ui/StaleBadge.tsx'
import { staleSinceMs } from './basis-words.ts'

/** Says that the days behind a figure ended too long ago, by word and shape; nothing while they are fresh. */
export function StaleDays({ date, nowMs }: { readonly date: string; readonly nowMs: number }) {
  const endMs = staleSinceMs(date, nowMs)
  return endMs === null ? null : <StaleMark values={[{ name: 'data ended', asOfMs: endMs }]} nowMs={nowMs} />
}
