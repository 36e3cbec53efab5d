import { describe, expect, test } from 'vitest'
import type { AlertOccurrence } from '#shared/domain/alerts.ts'
import { US_DOLLARS } from '#shared/format/money.ts'
import { alertMessage, testMessage } from '#shared/format/webhook-message.ts'

const AT_MS = Date.UTC(2026, 10, 26, 18, 12)
const FLEET = { lots: 3, machines: 40, usdPerDay: 210, under: { lots: 1, machines: 10, usdPerDay: -12 } }
const messageOf = (occurrence: AlertOccurrence) => alertMessage('1', AT_MS, occurrence, US_DOLLARS)

/** Receivers read these names: they are a promise. */
describe('the form', () => {
  test('has the same fields for every kind', () => {
    const fields = ['version', 'program', 'id', 'at', 'kind', 'title', 'text', 'content', 'figures']
    expect(Object.keys(testMessage('1', AT_MS))).toEqual(fields)
    expect(Object.keys(messageOf({ kind: 'data-stale', values: ['fees'] }))).toEqual(fields)
  })

  test.each<[AlertOccurrence, object]>([
    [
      { kind: 'hashprice-below', usdPerPhDay: 31, thresholdUsdPerPhDay: 34, fleet: FLEET },
      { hashpriceUsdPerPhDay: 31, thresholdUsdPerPhDay: 34, fleet: FLEET },
    ],
    [
      {
        ...{ kind: 'breakeven-crossed', under: true, lots: 2, machines: 9, ids: ['a', 'b'] },
        ...{ usdPerPhDay: 31, usdPerDay: -4 },
      },
      { hashpriceUsdPerPhDay: 31, under: true, lots: 2, machines: 9, ids: ['a', 'b'], usdPerDay: -4 },
    ],
    [
      {
        ...{ kind: 'verdict-changed', lots: 1, machines: 9, gainUsd: 70, horizonDays: 14, usdPerPhDay: 31 },
        changes: [{ from: 'run', to: 'off', lots: 1, machines: 9, ids: ['a'] }],
      },
      {
        ...{ hashpriceUsdPerPhDay: 31, lots: 1, machines: 9, gainUsd: 70, horizonDays: 14 },
        changes: [{ from: 'run', to: 'off', lots: 1, machines: 9, ids: ['a'] }],
      },
    ],
    [
      {
        ...{ kind: 'strike-crossed', under: true, start: null, usdPerPhDay: 31 },
        stop: { lots: 1, machines: 9, ids: ['a'], usdPerDay: -3 },
      },
      {
        ...{ hashpriceUsdPerPhDay: 31, under: true, start: null },
        stop: { lots: 1, machines: 9, ids: ['a'], usdPerDay: -3 },
      },
    ],
    [
      {
        ...{ kind: 'adjustment-beyond', change: 0.06, threshold: 0.05 },
        after: { usdPerPhDay: 30, fleet: FLEET, changeUsdPerDay: -80 },
      },
      {
        ...{ change: 0.06, threshold: 0.05 },
        after: { hashpriceUsdPerPhDay: 30, fleet: FLEET, changeUsdPerDay: -80 },
      },
    ],
    [
      { kind: 'nvt-zone', entered: true, date: '2026-11-25' },
      { entered: true, date: '2026-11-25' },
    ],
    [{ kind: 'data-stale', values: ['fees'] }, { values: ['fees'] }],
  ])('and the figures of $kind', (occurrence, figures) => {
    const message = messageOf(occurrence)
    expect(JSON.parse(JSON.stringify(message.figures))).toEqual(figures)
    expect(message).toMatchObject({ version: 1, at: '2026-11-26T18:12:00.000Z', kind: occurrence.kind })
    expect(message.content).toBe(message.text)
  })
})

const crossed = (...ids: string[]): AlertOccurrence => ({
  ...{ kind: 'breakeven-crossed', under: true, lots: ids.length, machines: 9, ids },
  ...{ usdPerPhDay: 31, usdPerDay: -4 },
})

describe('the text', () => {
  test.each([
    '@everyone',
    '<!channel>',
    '<@U012345>',
    '<https://example.com|Free BTC>',
    '<at>all</at>',
    '<script>',
    'https://example.com/free',
    'www.example.com',
    '[Free BTC](https://example.com)',
    '[Free BTC](example.com)',
    'discord://app',
    'HTTP://1.2.3.4/x',
  ])('of a lot that is called %s calls nobody and links nowhere; its name stands in the figures', (id) => {
    const { text, title, figures } = messageOf(crossed(id))
    expect(text + title).not.toMatch(/[<>@]|:\/\/|\]\(|\w\.[a-z]/i)
    expect(figures['ids']).toEqual([id])
  })

  test('keeps its figures and sentences as they are', () => {
    expect(messageOf(crossed('North-A', 'rack 4/2: row 1.5')).text).toBe(
      '2 lots (9 machines) fell below break-even at a hashprice of $31.00: North-A, rack 4/2: row 1.5. As they run, they lose $4.00 a day.',
    )
  })

  test('is no longer than a receiver takes', () => {
    const { text, content } = messageOf(crossed(...Array.from({ length: 5 }, () => 'x'.repeat(500))))
    expect(text).toHaveLength(2000)
    expect(content).toMatch(/…$/)
  })
})
