import { describe, expect, it } from 'vitest'
import { alertRuleSchema } from '#shared/ipc/schemas/alerts.ts'
import type { AlertRule } from '#shared/domain/alerts.ts'
import { formOf, readAlertForm, suggestedHashprice } from '#renderer/screens/market/alerts/alert-form.ts'

describe('the form of an alert', () => {
  it.each<AlertRule>([
    { kind: 'hashprice-below', usdPerPhDay: 33.9 },
    { kind: 'adjustment-beyond', change: -0.07 },
    { kind: 'breakeven-crossed' },
    { kind: 'nvt-zone' },
    { kind: 'data-stale' },
  ])('gives back %j', (rule) => {
    expect(readAlertForm(formOf(rule))).toEqual({ rule })
  })

  it.each([
    ['hashprice-below', ''],
    ['hashprice-below', 'abc'],
    ['hashprice-below', '0'],
    ['hashprice-below', '-3'],
    ['hashprice-below', '100001'],
    ['adjustment-beyond', ''],
    ['adjustment-beyond', '0'],
    ['adjustment-beyond', '-76'],
    ['adjustment-beyond', '301'],
  ] as const)('says what is wrong with %s %j', (kind, text) => {
    expect(readAlertForm({ kind, text })).toHaveProperty('fault')
  })

  it.each([
    ['hashprice-below', '100000'],
    ['hashprice-below', '$33,90'],
    ['adjustment-beyond', '−75 %'],
    ['adjustment-beyond', '300'],
    ['adjustment-beyond', '-0.5'],
  ] as const)('makes a rule that the program accepts of %s %j', (kind, text) => {
    const reading = readAlertForm({ kind, text })
    expect('rule' in reading && alertRuleSchema.safeParse(reading.rule).success).toBe(true)
  })

  it('suggests a threshold below what is now', () => {
    expect(suggestedHashprice(34.47)).toBe(32.7)
    expect(suggestedHashprice(0.05)).toBe(0)
  })
})
