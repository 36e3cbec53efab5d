import { z } from 'zod'

export const THEMES = ['system', 'light', 'dark'] as const

/** The operator's settings. Keys of the command line are the dotted names in {@link SETTING_KEYS}. */
export const settingsSchema = z.strictObject({
  theme: z.enum(THEMES),
  density: z.enum(['regular', 'compact']),
  paper: z.enum(['A4', 'Letter']),
  /** base address of the mempool server, e.g. https://mempool.space/api */
  mempoolUrl: z.string().max(300),
  /** false: nothing is fetched unless asked */
  autoRefresh: z.boolean(),
  /** days over which a verdict is weighed; null: until the adjustment and 14 days */
  horizonDays: z.number().min(1).max(3660).nullable(),
})
export type Settings = z.infer<typeof settingsSchema>

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  density: 'regular',
  paper: 'A4',
  mempoolUrl: 'https://mempool.space/api',
  autoRefresh: true,
  horizonDays: null,
}

/** Name on the command line → field. */
export const SETTING_KEYS = {
  'display.theme': 'theme',
  'display.density': 'density',
  'report.paper': 'paper',
  'network.mempool.url': 'mempoolUrl',
  'network.auto-refresh': 'autoRefresh',
  'decide.horizon-days': 'horizonDays',
} as const satisfies Record<string, keyof Settings>
