import type { NowAndAfter } from './advice.ts'

/** On in some hours of a stage and off in others. */
export const isPartTime = ({ now, after }: NowAndAfter): boolean =>
  (now > 0 && now < 1) || (after > 0 && after < 1)
