import type { TypedField } from '#shared/format/typed.ts'

/** Growth a year, typed in percent and kept as a fraction. */
export const GROWTH: TypedField = { unit: '%', scale: 0.01, usual: [-99, 1000], example: '20 or 20 %' }
