import type { RecordedDecision } from './decision-log.ts'

/** Of decisions that stand all, those that were done, or that were not; or those that were taken back. */
export const LOG_KINDS = ['standing', 'done', 'not-now', 'taken-back'] as const
export type LogKind = (typeof LOG_KINDS)[number]

export const isOfKind = (
  { kind: decided, isTakenBack }: Pick<RecordedDecision, 'kind' | 'isTakenBack'>,
  kind: LogKind,
): boolean =>
  kind === 'taken-back' ? isTakenBack : !isTakenBack && (kind === 'standing' || decided === kind)
