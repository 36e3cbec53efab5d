import { describe, expect, it } from 'vitest'
import { marketPricesOf } from '#electron/files/sites/read-market-prices.ts'

const read = (text: string, zone = 'UTC') => marketPricesOf(text, 'prices.csv', zone)
/** Begin in UTC, minutes and price per MWh of each interval. */
const intervalsIn = (text: string, zone = 'UTC') => {
  const { fromMs, toMs, perKwh } = read(text, zone)
  return [...fromMs].map(
    (from, i) =>
      `${new Date(from).toISOString().slice(0, 16)} ${(toMs[i]! - from) / 60_000} ${Number((perKwh[i]! * 1000).toFixed(6))}`,
  )
}

describe('a download of ERCOT', () => {
  const DAY_AHEAD = 'Delivery Date,Hour Ending,Repeated Hour Flag,Settlement Point,Settlement Point Price'
  const dayAhead = (...rows: readonly string[]) => `${DAY_AHEAD}\n${rows.join('\n')}\n`

  it('has hours by their end, on the days on which the clocks change too', () => {
    const text = dayAhead(
      '03/08/2025,24:00,N,LZ_WEST,20',
      '03/09/2025,01:00,N,LZ_WEST,21',
      '03/09/2025,02:00,N,LZ_WEST,22',
      '03/09/2025,04:00,N,LZ_WEST,-24.5',
      '11/02/2025,01:00,N,LZ_WEST,31',
      '11/02/2025,02:00,N,LZ_WEST,32',
      '11/02/2025,02:00,Y,LZ_WEST,33',
      '11/02/2025,03:00,N,LZ_WEST,34',
    )
    const expected = [
      '2025-03-09T05:00 60 20',
      '2025-03-09T06:00 60 21',
      '2025-03-09T07:00 60 22',
      '2025-03-09T08:00 60 -24.5',
      '2025-11-02T05:00 60 31',
      '2025-11-02T06:00 60 32',
      '2025-11-02T07:00 60 33',
      '2025-11-02T08:00 60 34',
    ]
    expect(intervalsIn(text)).toEqual(expected)
    const [heading = '', ...rows] = text.trim().split('\n')
    expect(intervalsIn([heading, ...rows.toReversed()].join('\n'))).toEqual(expected)
    expect(read(text).currency).toBe('USD')
  })

  it('may name the hour before the skipped one by its end on the clock', () => {
    const rows = ['03/09/2025,01:00,N,A,21', '03/09/2025,03:00,N,A,22', '03/09/2025,04:00,N,A,24']
    expect(intervalsIn(dayAhead(...rows))).toEqual([
      '2025-03-09T06:00 60 21',
      '2025-03-09T07:00 60 22',
      '2025-03-09T08:00 60 24',
    ])
  })

  it('may write the skipped hour without a price, not with one', () => {
    const rows = ['03/09/2025,02:00,N,A,22', '03/09/2025,03:00,N,A,', '03/09/2025,04:00,N,A,24']
    expect(intervalsIn(dayAhead(...rows))).toEqual(['2025-03-09T07:00 60 22', '2025-03-09T08:00 60 24'])
    expect(() => read(dayAhead(rows[0]!, '03/09/2025,03:00,N,A,23'))).toThrow(
      /row 3, .*: a second price for 2025-03-09T07:00:00.000Z/,
    )
  })

  it('may have its headings without spaces, in another order', () => {
    const text =
      'DeliveryDate,HourEnding,SettlementPoint,SettlementPointPrice,DSTFlag\n11/21/2025,01:00,HB_NORTH, 21.50,N\n'
    expect(intervalsIn(text)).toEqual(['2025-11-21T06:00 60 21.5'])
  })

  it('has quarters of an hour in real time', () => {
    const text = `Delivery Date,Delivery Hour,Delivery Interval,Repeated Hour Flag,Settlement Point Name,Settlement Point Type,Settlement Point Price
03/09/2025,2,4,N,HB_WEST,HU,1
03/09/2025,4,1,N,HB_WEST,HU,2
11/02/2025,2,1,N,HB_WEST,HU,3
11/02/2025,2,4,N,HB_WEST,HU,4
11/02/2025,2,1,Y,HB_WEST,HU,5
11/02/2025,2,4,Y,HB_WEST,HU,6
11/02/2025,3,1,N,HB_WEST,HU,7
11/02/2025,24,4,N,HB_WEST,HU,8
`
    expect(intervalsIn(text)).toEqual([
      '2025-03-09T07:45 15 1',
      '2025-03-09T08:00 15 2',
      '2025-11-02T06:00 15 3',
      '2025-11-02T06:45 15 4',
      '2025-11-02T07:00 15 5',
      '2025-11-02T07:45 15 6',
      '2025-11-02T08:00 15 7',
      '2025-11-03T05:45 15 8',
    ])
    expect(() => read(text.replace('24,4,N', '24,5,N'))).toThrow(
      /row 9, column Delivery Date, Delivery Hour, Delivery Interval, Repeated Hour Flag: '11\/02\/2025 24 5' is not a time/,
    )
  })

  it('of several settlement points is refused with their names, up to ten', () => {
    const rows = Array.from({ length: 13 }, (_, i) => `11/21/2025,01:00,N,P${i + 1},${20 + i}`)
    expect(() => read(dayAhead(...rows))).toThrow(
      'prices.csv, row 1, column Settlement Point: the file has prices of P1, P2, P3, P4, P5, P6, P7, P8, P9, P10 and 3 more, and a site has one of them: keep the rows of one',
    )
  })

  it.each([
    [
      '21/11/2025,01:00,N,A,21',
      /row 2, column Delivery Date, Hour Ending, .*: '21\/11\/2025 01:00' is not a time/,
    ],
    ['11/21/2025,25:00,N,A,21', /row 2, .*'11\/21\/2025 25:00' is not a time/],
    ['11/21/2025,24:15,N,A,21', /row 2, .*'11\/21\/2025 24:15' is not a time/],
    ['11/21/2025,01:00,X,A,21', /row 2, .*Repeated Hour Flag: '11\/21\/2025 01:00 X' is not a time/],
    ['11/21/2025,01:00,N,A,x1', /row 2, column Settlement Point Price: 'x1'/],
    ['11/02/2025,02:00,N,A,21\n11/02/2025,02:00,N,A,22', /row 3, .*: a second price for 2025-11-02T06:00/],
  ])('refuses the row %s', (row, message) => {
    expect(() => read(dayAhead(row))).toThrow(message)
  })

  it('counts by the clock of the exchange, and says so where the site has another', () => {
    const text = dayAhead('11/21/2025,01:00,N,A,21')
    expect(intervalsIn(text, 'America/New_York')).toEqual(['2025-11-21T06:00 60 21'])
    expect(read(text, 'America/New_York').warnings).toEqual([
      "prices.csv is a download of ERCOT: its times were read by the clock of America/Chicago, not by the site's of America/New_York",
    ])
    expect(read(text, 'America/Winnipeg').warnings).toEqual([])
  })
})

describe('a download of AESO', () => {
  const aeso = (...rows: readonly string[]) =>
    `Pool Price\n\n""\n\nDate (HE),Price ($),30Ravg ($),AIL Demand (MW)\n${rows.map((row) => `"${row}","52.21","10473.0"`).join('\n')}\n`

  it('has hours by their end below lines of its own, the newest first, a star for the repeated one', () => {
    const text = aeso(
      '11/02/2025 04","-',
      '11/02/2025 03","34.00',
      '11/02/2025 02*","33.00',
      '11/02/2025 02","32.00',
      '11/02/2025 01","31.00',
      '11/01/2025 24","30.00',
      '03/09/2025 04","24.00',
      '03/09/2025 02","22.00',
    )
    expect(intervalsIn(text)).toEqual([
      '2025-03-09T08:00 60 22',
      '2025-03-09T09:00 60 24',
      '2025-11-02T05:00 60 30',
      '2025-11-02T06:00 60 31',
      '2025-11-02T07:00 60 32',
      '2025-11-02T08:00 60 33',
      '2025-11-02T09:00 60 34',
    ])
    expect(read(text).currency).toBe('CAD')
  })

  it('names the row and the column of what does not fit', () => {
    expect(() => read(aeso('11/21/2025 02","44.46', '2025-11-21 01","41'))).toThrow(
      /row 7, column Date \(HE\): '2025-11-21 01' is not a time such as 11\/21\/2025 02:00, the month first/,
    )
  })
})

describe('a download of ENTSO-E', () => {
  it('has begin and end in one column, the older kind with the hour that is repeated in order', () => {
    const text = `"MTU (CET/CEST)","Day-ahead Price [EUR/MWh]","Currency","BZN|DE-LU"
"30.03.2025 01:00 - 30.03.2025 02:00","11.00","EUR",""
"30.03.2025 02:00 - 30.03.2025 03:00","-","EUR",""
"30.03.2025 03:00 - 30.03.2025 04:00","13.00","EUR",""
"26.10.2025 01:00 - 26.10.2025 02:00","-1.50","EUR",""
"26.10.2025 02:00 - 26.10.2025 03:00","2.00","EUR",""
"26.10.2025 02:00 - 26.10.2025 03:00","3.00","EUR",""
"26.10.2025 03:00 - 26.10.2025 04:00","n/e","EUR",""
`
    expect(intervalsIn(text)).toEqual([
      '2025-03-30T00:00 60 11',
      '2025-03-30T01:00 60 13',
      '2025-10-25T23:00 60 -1.5',
      '2025-10-26T00:00 60 2',
      '2025-10-26T01:00 60 3',
    ])
    expect(read(text).currency).toBe('EUR')
  })

  const NEWER = '"MTU (CET/CEST)","Area","Sequence","Day-ahead Price (EUR/MWh)","Intraday Period (CET/CEST)"'

  it('the newer kind marks the change of the clocks, or not', () => {
    const text = `${NEWER}
"30/03/2025 01:45:00 (CET) - 30/03/2025 03:00:00 (CEST)","BZN|FR","Sequence 1","1",""
"30/03/2025 03:00:00 - 30/03/2025 03:15:00","BZN|FR","Sequence 1","2",""
"26/10/2025 02:00:00 - 26/10/2025 02:15:00","BZN|FR","Sequence 1","3",""
"26/10/2025 02:45:00 (CEST) - 26/10/2025 02:00:00 (CET)","BZN|FR","Sequence 1","4",""
"26/10/2025 02:00:00 - 26/10/2025 02:15:00","BZN|FR","Sequence 1","5",""
"26/10/2025 02:45:00 - 26/10/2025 03:00:00","BZN|FR","Sequence 1","6",""
`
    const expected = [
      '2025-03-30T00:45 15 1',
      '2025-03-30T01:00 15 2',
      '2025-10-26T00:00 15 3',
      '2025-10-26T00:45 15 4',
      '2025-10-26T01:00 15 5',
      '2025-10-26T01:45 15 6',
    ]
    expect(intervalsIn(text)).toEqual(expected)
    expect(intervalsIn(text.replaceAll(/ \(CES?T\)(?!")/g, ''))).toEqual(expected)
  })

  it('in UTC and pounds, its day first, each interval as long as it says', () => {
    const text = `"MTU (UTC)","Day-ahead Price (GBP/MWh)"
"02/01/2025 22:00:00 - 02/01/2025 23:00:00","80.5"
"02/01/2025 23:00:00 - 02/01/2025 23:30:00","81"
"03/01/2025 00:00:00 - 03/01/2025 00:30:00","82"
`
    expect(intervalsIn(text, 'Europe/London')).toEqual([
      '2025-01-02T22:00 60 80.5',
      '2025-01-02T23:00 30 81',
      '2025-01-03T00:00 30 82',
    ])
    const { currency, missing, warnings } = read(text, 'Europe/London')
    expect(currency).toBe('GBP')
    expect(missing).toEqual({ intervals: 1, hours: 0.5, firstMs: Date.UTC(2025, 0, 2, 23, 30) })
    expect(warnings).toEqual([expect.stringContaining('lacks 1 of 4 intervals')])
  })

  const row = (times: string, area = 'BZN|FR', sequence = 'Sequence 1', price = '1') =>
    `${NEWER}\n"${times}","${area}","${sequence}","${price}",""\n`
  const HOUR = '01/01/2025 00:00:00 - 01/01/2025 01:00:00'

  it('of several areas or sequences is refused with their names', () => {
    const second = (area: string, sequence: string) => `"${HOUR}","${area}","${sequence}","2",""\n`
    expect(() => read(row(HOUR) + second('BZN|BE', 'Sequence 1'))).toThrow(
      /column Area: the file has prices of BZN\|FR, BZN\|BE, .*keep the rows of one/,
    )
    expect(() => read(row(HOUR) + second('BZN|FR', 'Sequence 2'))).toThrow(
      /column Sequence: the file has prices of Sequence 1, Sequence 2, .*keep the rows of one/,
    )
  })

  it.each([
    [
      row('01/13/2025 00:00:00 - 01/13/2025 01:00:00'),
      /row 2, column MTU \(CET\/CEST\): '01\/13\/2025 00:00:00' is not/,
    ],
    [row('01/01/2025 00:00:00'), /row 2, column MTU \(CET\/CEST\): '' is not a time/],
    [
      row('01/01/2025 00:00:00 - 01/01/2025 02:00:00'),
      /row 2, .*: from begin to end this is no interval of 5, 15, 30, 60/,
    ],
    [row(HOUR, 'A', 'B', 'x1'), /row 2, column Day-ahead Price \(EUR\/MWh\): 'x1'/],
    [
      row(HOUR).replace('EUR/MWh', 'PLN/MWh'),
      /row 1, column Day-ahead Price \(PLN\/MWh\): PLN is none of the currencies/,
    ],
    [
      `${row(HOUR)}"01/01/2025 00:30:00 - 01/01/2025 01:30:00","BZN|FR","Sequence 1","2",""\n`,
      /row 2: its interval ends at 2025-01-01T00:00:00.000Z, after that of row 3 has begun/,
    ],
  ])('refuses %s', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })
})

describe('a download of Nord Pool', () => {
  const ROWS = `30.03.2025 01:00:00;30.03.2025 03:00:00;1,50
30.03.2025 03:00:00;30.03.2025 04:00:00;2,50
26.10.2025 02:00:00;26.10.2025 03:00:00;3,50
26.10.2025 02:00:00;26.10.2025 03:00:00;-4,50
26.10.2025 03:00:00;26.10.2025 04:00:00;5,50
`
  const EXPECTED = [
    '2025-03-30T00:00 60 1.5',
    '2025-03-30T01:00 60 2.5',
    '2025-10-26T00:00 60 3.5',
    '2025-10-26T01:00 60 -4.5',
    '2025-10-26T02:00 60 5.5',
  ]
  const TIMES = 'Delivery Start (CET);Delivery End (CET)'

  it.each([`${TIMES};SE3 Price (EUR)`, `${TIMES};SE3\n;;Price (EUR)`, `${TIMES};Price (EUR)\n;;SE3`])(
    'with the heading %s',
    (heading) => {
      expect(intervalsIn(`${heading}\n${ROWS}`)).toEqual(EXPECTED)
      expect(intervalsIn(`${heading}\n${ROWS.replaceAll(',', '.')}`)).toEqual(EXPECTED)
    },
  )

  it('in another currency', () => {
    expect(read(`${TIMES};SE3 Price (SEK)\n${ROWS}`).currency).toBe('SEK')
  })

  it.each([
    [`${TIMES};SE3 Price (EUR);SE4 Price (EUR)`, 'SE3 Price (EUR), SE4 Price (EUR)'],
    [`${TIMES};SE3;SE4\n;;Price (EUR);Price (EUR)`, 'SE3 Price (EUR), SE4 Price (EUR)'],
    [`${TIMES};Price (EUR);Price (EUR)\n;;SE3;SE4`, 'Price (EUR) SE3, Price (EUR) SE4'],
  ])('of several areas is refused: %s', (heading, named) => {
    expect(() => read(`${heading}\n01.01.2025 00:00:00;01.01.2025 01:00:00;1,5;2,5\n`)).toThrow(
      `row 1: ${named} are prices of several kinds or areas, and a site has one: keep the column of one`,
    )
  })

  it('names row and column of a spoiled time', () => {
    expect(() => read(`${TIMES};SE3 Price (EUR)\n2025-01-01 00:00;2025-01-01 01:00;1,5\n`)).toThrow(
      /row 2, column Delivery Start \(CET\), Delivery End \(CET\): '2025-01-01 00:00' is not a time such as 21\.11\.2025/,
    )
  })
})

describe('an answer of Octopus', () => {
  const CSV = `valid_from,valid_to,value_exc_vat,value_inc_vat
2025-10-26T01:00:00Z,,12.5,13.125
2025-10-26T00:30:00Z,2025-10-26T01:00:00Z,-2,-2.1
2025-03-30T01:30:00+01:00,2025-03-30T01:00:00Z,20,21
`
  const EXPECTED = ['2025-03-30T00:30 30 200', '2025-10-26T00:30 30 -20', '2025-10-26T01:00 30 125']
  const JSON_TEXT = JSON.stringify({
    count: 3,
    next: null,
    results: CSV.trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .map(([from, to, exc, inc]) => ({
        ...{ value_exc_vat: Number(exc), value_inc_vat: Number(inc), valid_from: from },
        ...{ valid_to: to === '' ? null : to, payment_method: null },
      })),
  })

  it.each([CSV, JSON_TEXT])('counts in pence without VAT, and says so: %s', (text) => {
    expect(intervalsIn(text)).toEqual(EXPECTED)
    const { currency, warnings } = read(text)
    expect(currency).toBe('GBP')
    expect(warnings).toContain(
      'prices.csv: value_exc_vat counts, the price without VAT, which is what a business pays',
    )
  })

  it('says where only the price with VAT is there', () => {
    const text = 'valid_from,valid_to,value_inc_vat\n2025-01-01T00:00:00Z,2025-01-01T00:30:00Z,21\n'
    expect(intervalsIn(text)).toEqual(['2025-01-01T00:00 30 210'])
    expect(read(text).warnings).toEqual([expect.stringContaining('value_inc_vat counts, the price with VAT')])
  })

  it.each([
    [
      CSV.replace('2025-10-26T01:00:00Z\n', 'x\n').replace('T01:00:00Z,-2', ',-2'),
      /row 3, column valid_from, valid_to: '2025-10-26' is not a time/,
    ],
    [JSON_TEXT.replace('12.5', '"much"'), /row 1, column value_exc_vat: 'much' is not a number/],
    ['{"sites":[]}', /prices.csv: prices in JSON need a list results/],
    ['{"results":[{"a":1}]}', /row 1: market prices need the column time/],
    ['{"results":', /prices.csv is not JSON/],
  ])('refuses %s', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })
})

describe('a plain file that says when intervals end', () => {
  it('begins each an interval earlier, 24:00 being the end of its day', () => {
    const text = `hour_ending,price_usd_mwh
2025-03-09 01:00,1
2025-03-09 02:00,2
2025-03-09 04:00,3
2025-11-02 01:00,4
2025-11-02 02:00,5
2025-11-02 02:00,6
2025-11-02 03:00,7
2025-11-02 23:00,8
2025-11-02 24:00,9
`
    expect(intervalsIn(text, 'America/Chicago')).toEqual([
      '2025-03-09T06:00 60 1',
      '2025-03-09T07:00 60 2',
      '2025-03-09T08:00 60 3',
      '2025-11-02T05:00 60 4',
      '2025-11-02T06:00 60 5',
      '2025-11-02T07:00 60 6',
      '2025-11-02T08:00 60 7',
      '2025-11-03T04:00 60 8',
      '2025-11-03T05:00 60 9',
    ])
  })

  it('takes the length of each from the rows before it, and leaves a gap a gap', () => {
    const text = `HE,EUR/MWh
2025-01-01T02:00Z,2
2025-01-01T01:00Z,1
2025-01-01T00:00Z,0
2025-01-01T02:15Z,3
2025-01-01T02:30Z,4
2025-01-01T03:00Z,5
`
    expect(intervalsIn(text)).toEqual([
      '2024-12-31T23:00 60 0',
      '2025-01-01T00:00 60 1',
      '2025-01-01T01:00 60 2',
      '2025-01-01T02:00 15 3',
      '2025-01-01T02:15 15 4',
      '2025-01-01T02:45 15 5',
    ])
    expect(read(text).missing.firstMs).toBe(Date.UTC(2025, 0, 1, 2, 30))
  })

  it('counts by the begin where it has both', () => {
    const text =
      'hour_ending,time,price_usd_mwh\n2025-01-01 01:00,2025-01-01 00:00,1\n2025-01-01 02:00,2025-01-01 01:00,2\n'
    expect(intervalsIn(text)).toEqual(['2025-01-01T00:00 60 1', '2025-01-01T01:00 60 2'])
  })
})
