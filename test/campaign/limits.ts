import { randomState } from '#shared/domain/ahead/simulate/random.ts'
import { createHash } from 'node:crypto'
import { HEADINGS } from '#electron/files/fleet/columns.ts'
import { below } from './spoil.ts'

/**
 * The worst files that every format lets in: each is as large, long, wide or deep as its limits allow, or a share of that, so that the same files
 * can be read in a moment by the ordinary tests.
 */

/** What is done with a file, by the way that a person would take. */
export type FileWay =
  'fleet' | 'sites' | 'prices' | 'profiles' | 'history' | 'network-file' | 'network' | 'returns' | 'curve'

export type Worst = {
  readonly way: FileWay
  /** of the format, as the table names it */
  readonly format: string
  readonly fileName: string
  /** what is worst in it */
  readonly name: string
  /** it is stored already, so that every row is changed and remembered for undo */
  readonly isStored?: true
  /** files beside it that it names */
  readonly beside?: (share: number) => Readonly<Record<string, Buffer>>
  /** the file, `share` of its largest */
  readonly make: (share: number) => Buffer
}

const MB = 1_000_000

/** A head, as many lines as fit a number of bytes and of lines, and an end. */
function lined(
  { bytes, lines }: { readonly bytes: number; readonly lines: number },
  head: string,
  line: (i: number) => string,
  end = '',
): Buffer {
  const buffer = Buffer.allocUnsafe(Math.max(bytes, head.length + end.length + 1000))
  let at = buffer.write(head)
  const room = bytes - Buffer.byteLength(end)
  for (let i = 0; i < lines; i++) {
    const text = line(i)
    if (at + text.length * 3 > room && at + Buffer.byteLength(text) > room) break
    at += buffer.write(text, at)
  }
  at += buffer.write(end, at)
  return buffer.subarray(0, at)
}

const utf16 = (bytes: Buffer): Buffer => Buffer.from(`\ufeff${bytes.toString()}`, 'utf16le')
const whole = (value: number): number => Math.max(2, Math.floor(value))

const FLEET = { bytes: 50 * MB, rows: 200_000, lines: 4_000_000 }
const fleetCsv = (name: string, make: (limits: typeof FLEET) => Buffer): Worst => ({
  way: 'fleet',
  format: 'fleet.csv',
  fileName: 'fleet.csv',
  name,
  make: (share) =>
    make({
      bytes: whole(FLEET.bytes * share),
      rows: whole(FLEET.rows * share),
      lines: whole(FLEET.lines * share),
    }),
})
const csvRows = (name: string, head: string, line: (i: number) => string, end = ''): Worst =>
  fleetCsv(name, ({ bytes, rows }) => lined({ bytes, lines: rows }, `${head}\n`, (i) => `${line(i)}\n`, end))

const random = randomState(20_261_126)
/** The same texts for every file: letters without an order. */
const NOISE = Array.from(
  { length: 4096 },
  () => 'abcdefghijklmnopqrstuvwxyz0123456789'[below(random, 36)]!,
).join('')
const noise = (i: number, length: number): string => {
  const at = (i * 7919) % (NOISE.length - length)
  return NOISE.slice(at, at + length)
}

const FIGURES = 'model,hashrate_ths,power_w'
const FLEETS: readonly Worst[] = [
  csvRows(
    'the most rows, each a machine',
    `id,${FIGURES},site,power_price_usd_kwh`,
    (i) => `m${i},S19,95,3250,Site ${i % 1000},0.05`,
  ),
  csvRows(
    'the most rows, every text distinct',
    `id,${FIGURES},serial,rack,position,ip,mac`,
    (i) =>
      `m${i},S19,95,3250,SN${noise(i, 8)}${i},R${i},P${i},10.${i >> 16}.${(i >> 8) & 255}.${i & 255},${noise(i, 12)}`,
  ),
  {
    ...csvRows(
      'a fleet in which every row is changed',
      `id,${FIGURES},serial,rack,position,ip,mac`,
      (i) =>
        `m${i},S19,95,3250,SN${noise(i, 8)}${i},R${i},P${i},10.${i >> 16}.${(i >> 8) & 255}.${i & 255},${noise(i, 12)}`,
    ),
    isStored: true,
  },
  csvRows(
    'every column, every figure its own',
    HEADINGS.join(','),
    (i) =>
      `m${i},S19,${1 + (i % 9)},${90 + (i % 1e5) / 1e5},${3000 + i / 1e6},S${i % 99},${0.05 + i / 1e9},${i / 1e9},${i / 1e8},${0.9 + i / 1e8},${i / 1e9},${i / 1e9},${i / 1e6},${i / 1e6},${i / 1e6},off,,,,,,`,
  ),
  csvRows('every id the same', `id,${FIGURES}`, () => 'same,S19,95,3250'),
  csvRows('no id at all', FIGURES, () => 'S19,95,3250'),
  csvRows('every id as a made one', `id,${FIGURES}`, (i) =>
    i % 2 === 0 ? `M${i / 2 + 1},S19,95,3250` : ',S19,95,3250',
  ),
  csvRows(
    'every cell at fault',
    HEADINGS.join(','),
    (i) => `${i % 5},S19,x,y,z,S,a,b,c,d,e,f,g,h,k,odd${i},,,,,,`,
  ),
  csvRows(
    'every row asked about',
    `id,${FIGURES},overhead,pool_fee,power_price_usd_kwh,restart_usd`,
    (i) => `m${i},Unknown ${i % 2000},2,99000,1.5,0.5,0.9,9000`,
  ),
  csvRows('every row no machine', `id,${FIGURES}`, (i) => `Total ${i},,95,3250`),
  csvRows(
    'a model of its own in each row, without figures',
    `id,model`,
    (i) => `m${i},Antminer S${i} Pro ${noise(i, 12)}`,
  ),
  csvRows(
    'a model of its own in each row, as long as a name may be',
    `id,${FIGURES}`,
    (i) => `m${i},${noise(i, 80)}${i},95,3250`,
  ),
  csvRows(
    'models that are almost known',
    'id,model,hashrate_ths',
    (i) => `m${i},Whatsminer M50S++ VH${i} ${i % 300}T,${i % 300}`,
  ),
  csvRows(
    'names of sites in every spelling',
    `id,${FIGURES},site`,
    (i) => `m${i},S19,95,3250,${i % 2 ? 'Zu\u0308rich' : 'ZÜRICH'} ${i % 500}`,
  ),
  csvRows(
    'a site of its own in each row',
    `id,${FIGURES},site`,
    (i) => `m${i},S19,95,3250,${noise(i, 60)}${i}`,
  ),
  csvRows(
    'a word of its own under status',
    `id,${FIGURES},status`,
    (i) => `m${i},S19,95,3250,${noise(i, 40)}${i}`,
  ),
  csvRows(
    '200 notes',
    `id,${FIGURES},${Array.from({ length: 200 }, (_, i) => `note ${i}`).join(',')}`,
    (i) => `m${i},S19,95,3250${`,${i % 10}`.repeat(200)}`,
  ),
  csvRows(
    'notes of 10 000 characters',
    `id,${FIGURES},note a,note b`,
    (i) => `m${i},S19,95,3250,${noise(i, 1000).repeat(10)},${noise(i + 1, 1000).repeat(10)}`,
  ),
  csvRows(
    'notes of quotation marks',
    `id,${FIGURES},note`,
    (i) => `m${i},S19,95,3250,"${'""'.repeat(9990)}"`,
  ),
  csvRows('notes of line ends', `id,${FIGURES},note`, (i) => `m${i},S19,95,3250,"${'\n'.repeat(40)}"`),
  csvRows('notes of emoji', `id,${FIGURES},note`, (i) => `m${i},S19,95,3250,${'👩‍🚀'.repeat(300)}`),
  csvRows(
    'every cell in quotation marks',
    `id,${FIGURES},serial`,
    (i) => `"m${i}","S19","95","3250","""${i}"""`,
  ),
  csvRows(
    'the longest texts, of characters that take three bytes',
    `id,model,hashrate_ths,power_w,serial,rack,position,ip,mac,firmware`,
    (i) => `${'鉱'.repeat(90)}${i},S19,95,3250${`,${'鉱'.repeat(90)}${i % 1e6}`.repeat(6)}`,
  ),
  csvRows(
    'the longest numbers',
    `id,${FIGURES}`,
    (i) => `m${i},S19,95.${'1'.repeat(400)},3250.${String(i).repeat(50)}`,
  ),
  csvRows('numbers of 900 000 digits', `id,${FIGURES}`, (i) => `m${i},S19,95,${'9'.repeat(900_000)}`),
  csvRows(
    'numbers with units of their own',
    `id,${FIGURES}`,
    (i) => `m${i},S19,95 TH/s,${3 + (i % 1000) / 1000} kW`,
  ),
  csvRows('numbers of spaces', `id,${FIGURES}`, (i) => `m${i},S19,95,3250${' '.repeat(400)}${i % 10}x`),
  fleetCsv('semicolons and decimal commas', ({ bytes, rows }) =>
    lined(
      { bytes, lines: rows },
      `id;${FIGURES.replaceAll(',', ';')}\n`,
      (i) => `m${i};S19;95,${i};3250,5\n`,
    ),
  ),
  fleetCsv('a decimal sign that stays open to the last row', ({ bytes, rows }) =>
    lined({ bytes, lines: rows }, `id;${FIGURES.replaceAll(',', ';')}\n`, (i) => `m${i};S19;95;3,250\n`),
  ),
  fleetCsv('rows that end in CR', ({ bytes, rows }) =>
    lined({ bytes, lines: rows }, `id,${FIGURES}\r`, (i) => `m${i},S19,95,3250\r`),
  ),
  fleetCsv('UTF-16', ({ bytes, rows }) =>
    utf16(
      lined(
        { bytes: bytes / 2 - 2, lines: rows },
        `id,${FIGURES},serial\n`,
        (i) => `m${i},S19,95,3250,${noise(i, 20)}\n`,
      ),
    ),
  ),
  fleetCsv('UTF-16 of three-byte characters', ({ bytes, rows }) =>
    utf16(
      lined(
        { bytes: bytes * 1.4, lines: rows },
        `id,${FIGURES},serial,rack\n`,
        (i) => `m${i},S19,95,3250,${'鉱'.repeat(40)},${'鉱'.repeat(40)}\n`,
      ),
    ).subarray(0, Math.floor(bytes / 2) * 2),
  ),
  fleetCsv('blank lines', ({ bytes, lines }) =>
    lined({ bytes, lines: lines - 2 }, `id,${FIGURES}\nm1,S19,95,3250\n`, () => '\n'),
  ),
  fleetCsv('more blank lines than are read', ({ bytes }) =>
    lined({ bytes, lines: Infinity }, `id,${FIGURES}\nm1,S19,95,3250\n`, () => '\n'.repeat(100)),
  ),
  fleetCsv('lines of spaces', ({ bytes, lines }) =>
    lined({ bytes, lines: lines - 2 }, `id,${FIGURES}\nm1,S19,95,3250\n`, () => '                   \n'),
  ),
  fleetCsv('lines of commas', ({ bytes, lines }) =>
    lined({ bytes, lines: lines - 2 }, `id,${FIGURES}\nm1,S19,95,3250\n`, () => ',,,,,,,,,,,,,,,,,,,\n'),
  ),
  fleetCsv('rows of one cell', ({ bytes, rows }) =>
    lined({ bytes, lines: rows - 2 }, `id,${FIGURES}\nm1,S19,95,3250\n`, (i) => `${noise(i, 88)}\n`),
  ),
  fleetCsv('rows of a million cells', ({ bytes, rows }) =>
    lined({ bytes, lines: rows - 2 }, `id,${FIGURES}\nm1,S19,95,3250\n`, () => `${','.repeat(999_990)}\n`),
  ),
  fleetCsv('headings of a million characters', ({ bytes, rows }) =>
    lined(
      { bytes, lines: rows - 2 },
      `${Array.from({ length: whole(bytes / 100 / 8) }, (_, i) => `p${i}`)
        .join(',')
        .slice(0, 990_000)}\n`,
      (i) => `m${i},S19\n`,
    ),
  ),
  fleetCsv('nine titles and headings, each of a million characters', ({ bytes }) => {
    const title = `${Array.from({ length: whole(bytes / 100 / 8) }, (_, i) => `power_${noise(i, 3)}`)
      .join(',')
      .slice(0, 990_000)}\n`
    return Buffer.from(`${title.repeat(10)}m1,S19,95,3250\n`)
  }),
  fleetCsv('a quotation mark that is never closed', ({ bytes }) =>
    lined({ bytes, lines: Infinity }, `id,${FIGURES}\nm1,"S19,95,3250\n`, (i) => `m${i},S19,95,3250\n`),
  ),
  fleetCsv('a quotation mark in every line', ({ bytes, rows }) =>
    lined({ bytes, lines: rows }, `id,${FIGURES}\n`, (i) => `m${i},S"19,95,3250\n`),
  ),
  fleetCsv('one line', ({ bytes }) =>
    lined({ bytes, lines: Infinity }, `id,${FIGURES},`, () => 'abcdefghi,'),
  ),
  fleetCsv('quotation marks alone', ({ bytes }) => Buffer.alloc(bytes, '"')),
]

const list = (name: string, make: (bytes: number) => Buffer): Worst => ({
  way: 'fleet',
  format: 'pyasic.json',
  fileName: 'pyasic.json',
  name,
  make: (share) => make(whole(50 * MB * share)),
})
const entries = (name: string, entry: (i: number) => string, most = 200_000, head = '['): Worst =>
  list(name, (bytes) =>
    lined(
      { bytes, lines: whole((most * bytes) / (50 * MB)) - 2 },
      `${head}${entry(0)}`,
      (i) => `,${entry(i + 1)}`,
      ']',
    ),
  )
const LISTS: readonly Worst[] = [
  entries('the most entries', (i) => `{"id":"m${i}","model":"S19","wattage":3250}`),
  entries(
    'every text distinct',
    (i) =>
      `{"mac":"${noise(i, 30)}${i}","model":"S19","hashrate":95,"wattage":3250,"ip":"${i}","serial_number":"${noise(i, 30)}"}`,
  ),
  entries(
    'a thousand keys in each',
    (i) =>
      `{"model":"S19","hashrate":95,"wattage":${3000 + i}${Array.from({ length: 190 }, (_, k) => `,"key ${k}":${k}`).join('')}}`,
  ),
  entries(
    'a thousand empty keys in each',
    (i) =>
      `{"model":"S19","wattage":${3000 + i}${Array.from({ length: 990 }, (_, k) => `,"k${k}":null`).join('')}}`,
  ),
  entries('keys of its own in each', (i) => `{"model":"S19","k${i}":1}`),
  entries('everything at fault', (i) => `{"id":"m","model":"S19","hashrate":"x${i}","wattage":"1,5"}`),
  entries(
    'objects inside each other, a hundred deep',
    () => `{"model":"S19","x":${'['.repeat(97)}${']'.repeat(97)}}`,
    10_000,
  ),
  entries('empty objects', () => '{}'),
  entries(
    'lists in one key',
    (i) => (i === 0 ? '{"model":"S19","wattage":3250}' : '{"a":[],"b":[]}'),
    330_000,
  ),
  list('a million lists', (bytes) =>
    lined(
      { bytes, lines: whole(bytes / 50) - 4 },
      '[{"model":"S19","wattage":3250,"x":[[]',
      () => ',[]',
      ']}]',
    ),
  ),
  list('more brackets than are read', (bytes) => Buffer.from(`[{"a":${'['.repeat(bytes - 20)}`)),
  list('one text', (bytes) =>
    Buffer.from(`[{"model":"S19","wattage":3250,"id":"${'a'.repeat(bytes - 50)}"}]`),
  ),
  list('a text of escapes', (bytes) =>
    Buffer.from(`[{"model":"S19","wattage":3250,"x":"${'\\u0041'.repeat(whole(bytes / 6) - 50)}"}]`),
  ),
  list('one number', (bytes) => Buffer.from(`[{"model":"S19","wattage":${'1'.repeat(bytes - 50)}}]`)),
  list('numbers', (bytes) =>
    lined({ bytes, lines: Infinity }, '[{"model":"S19","wattage":3250,"x":[1', () => ',1', ']}]'),
  ),
  list('an object a line', (bytes) =>
    lined(
      { bytes, lines: whole(bytes / 50) - 2 },
      '',
      (i) => `{"id":"m${i}","model":"S19","wattage":3250}\n`,
    ),
  ),
  list('blank lines', (bytes) =>
    lined(
      { bytes, lines: Infinity },
      '{"id":"m","model":"S19","wattage":3250}\n',
      () => '\n'.repeat(1000),
      '{"id":"n","model":"S19","wattage":3250}',
    ),
  ),
]

const sites = (name: string, make: (bytes: number) => Buffer): Worst => ({
  way: 'sites',
  format: 'sites.json',
  fileName: 'sites.json',
  name,
  make: (share) => make(whole(20 * MB * share)),
})
const longSite = (i: number, events: number): string =>
  `{"site":"Site ${i}","demandResponse":{"events":[${Array.from({ length: events }, (_, k) => `{"from":"2026-01-01T00:00Z","to":"2026-01-01T0${1 + (k % 9)}:00Z"}`).join(',')}]}}`
const tariffSite = (i: number): string =>
  `{"site":"Site ${i}","tariffs":[${Array.from({ length: 100 }, (_, k) => `{"from":"${1950 + k}-01-01","to":"${1951 + k}-01-01","baseUsdPerKwh":0.05}`).join(',')}]}`
const SITES: readonly Worst[] = [
  sites('brackets', (bytes) => Buffer.alloc(bytes, '[')),
  sites('braces', (bytes) => Buffer.from('{"sites":'.repeat(whole(bytes / 9)))),
  sites('lists in a list', (bytes) => lined({ bytes, lines: Infinity }, '{"sites":[[]', () => ',[]', ']}')),
  sites('lists in a site', (bytes) =>
    lined({ bytes, lines: Infinity }, '{"sites":[{"site":"A","capKw":[[]', () => ',[]', ']}]}'),
  ),
  sites('keys that nobody knows', (bytes) =>
    lined({ bytes, lines: Infinity }, '{"sites":[{"site":"A"', (i) => `,"k${i}":1`, '}]}'),
  ),
  sites('keys that nobody knows, outside', (bytes) =>
    lined({ bytes, lines: Infinity }, '{"sites":[]', (i) => `,"k${i}":1`, '}'),
  ),
  sites('a policy of each machine', (bytes) =>
    lined(
      { bytes, lines: 199_000 },
      '{"sites":[],"machines":[{"id":"m","policy":"exempt"}',
      (i) => `,{"id":"m${i}","policy":"exempt"}`,
      ']}',
    ),
  ),
  sites('policies that are none', (bytes) =>
    lined({ bytes, lines: 199_000 }, '{"sites":[],"machines":[{"id":1}', () => ',{"id":1}', ']}'),
  ),
  sites('events', (bytes) =>
    lined(
      { bytes, lines: 998 },
      `{"sites":[${longSite(0, 10_000)}`,
      (i) => `,${longSite(i + 1, 10_000)}`,
      ']}',
    ),
  ),
  sites('1 000 sites with 100 tariffs', (bytes) =>
    lined({ bytes, lines: 998 }, `{"sites":[${tariffSite(0)}`, (i) => `,${tariffSite(i + 1)}`, ']}'),
  ),
  sites('1 000 empty sites', (bytes) =>
    lined({ bytes, lines: 998 }, '{"sites":[{"site":"A"}', (i) => `,{"site":"B${i}"}`, ']}'),
  ),
  sites('one text', (bytes) => Buffer.from(`{"sites":[{"site":"${'a'.repeat(bytes - 40)}"}]}`)),
  sites('one number', (bytes) => Buffer.from(`{"sites":[{"site":"A","capKw":${'1'.repeat(bytes - 40)}}]}`)),
  sites('UTF-16', (bytes) =>
    utf16(
      lined(
        { bytes: bytes / 2 - 2, lines: 199_000 },
        '{"sites":[],"machines":[{"id":"m","policy":"exempt"}',
        (i) => `,{"id":"m${i}","policy":"exempt"}`,
        ']}',
      ),
    ),
  ),
]

const prices = (name: string, head: string, line: (i: number) => string, most = 210_815): Worst => ({
  way: 'prices',
  format: 'prices.csv',
  fileName: 'prices.csv',
  name,
  make: (share) => lined({ bytes: whole(10 * MB * share), lines: whole(most * share) }, head, line),
})
const PRICES_OF_SITES = 46_000
/** As many sites with prices of their own as the price files of one sites.json may have together. */
const sitesWithPrices = (): Worst => {
  const rowsOf = (share: number) => whole(PRICES_OF_SITES * share)
  const names = Array.from({ length: 10 }, (_, i) => `prices-${i}.csv`)
  return {
    ...sites('price files', () =>
      Buffer.from(
        JSON.stringify({ sites: names.map((file, i) => ({ site: `Site ${i}`, market: { file } })) }),
      ),
    ),
    beside: (share) =>
      Object.fromEntries(
        names.map((name) => [
          name,
          lined(
            { bytes: 0.99 * MB, lines: rowsOf(share) },
            'time,price_usd_mwh\n',
            (i) => `${instant(i).slice(0, 16)},${i % 90}\n`,
          ),
        ]),
      ),
  }
}
const instant = (i: number, minutes = 15) =>
  new Date(Date.UTC(2006, 0, 1) + i * minutes * 60_000).toISOString()
const PRICES: readonly Worst[] = [
  prices(
    'quarters of an hour of twenty years',
    'time,price_usd_mwh\n',
    (i) => `${instant(i)},${(i % 997) / 10}\n`,
  ),
  prices('local times', 'time,price_usd_mwh\n', (i) => `${instant(i).slice(0, 16)},${(i % 997) / 10}\n`),
  prices('the newest first', 'time,price_usd_mwh\n', (i) => `${instant(210_816 - i)},${(i % 997) / 10}\n`),
  prices(
    'in no order',
    'time,price_usd_mwh\n',
    (i) => `${instant((i * 7919) % 210_811)},${(i % 997) / 10}\n`,
  ),
  prices('the same row', 'time,price_usd_mwh\n', () => `${instant(0)},45\n`),
  prices('gaps everywhere', 'time,price_usd_mwh\n', (i) => `${instant(i, i % 2 ? 15 : 30)},\n`),
  prices(
    'wide rows',
    `time,price_usd_mwh${',x'.repeat(20)}\n`,
    (i) => `${instant(i)},45${',1'.repeat(20)}\n`,
  ),
  prices('rows of a million cells', 'time,price_usd_mwh\n', () => `${','.repeat(999_000)}\n`),
  prices('line ends', 'time,price_usd_mwh\n2026-01-01T00:00Z,45\n', () => '\n'.repeat(100), Infinity),
  prices('commas', 'time,price_usd_mwh\n2026-01-01T00:00Z,45\n', () => ',\n'.repeat(100), Infinity),
  prices('quotation marks', 'time,price_usd_mwh\n', (i) => `"${instant(i)}","${'""'.repeat(20)}"\n`),
  prices('the longest numbers', 'time,price_usd_mwh\n', (i) => `${instant(i)},45.${'1'.repeat(40)}\n`),
  prices('a decimal sign that stays open', 'time;price_usd_mwh\n', (i) => `${instant(i)};1,234\n`),
  prices(
    'nine titles of a million characters',
    `${`${'a,'.repeat(499_000)}\n`.repeat(9)}time,price_usd_mwh\n`,
    (i) => `${instant(i)},45\n`,
  ),
  prices('spaces', 'time,price_usd_mwh\n', (i) => `${instant(i)},${' '.repeat(40)}45\n`),
]

const profiles = (name: string, head: string, line: (i: number) => string, most = 49_990): Worst => ({
  way: 'profiles',
  format: 'profiles.csv',
  fileName: 'profiles.csv',
  name,
  make: (share) => lined({ bytes: whole(10 * MB * share), lines: whole(most * share) }, head, line),
})
const POINT = 'model,profile,hashrate_ths,power_w\n'
const PROFILES: readonly Worst[] = [
  profiles('one ladder of all points', POINT, (i) => `S19,p${i},${50 + i / 1e4},${1000 + i / 100}\n`),
  profiles(
    'a ladder of each model',
    POINT,
    (i) => `M${i >> 1},p${i & 1},${50 + (i & 1)},${1000 + (i & 1)}\n`,
  ),
  profiles(
    'a ladder of each machine',
    `id,profile,hashrate_ths,power_w\n`,
    (i) => `M${i >> 1},p${i & 1},${50 + (i & 1)},${1000 + (i & 1)}\n`,
  ),
  profiles('the same point', POINT, () => 'S19,p,50,1000\n'),
  profiles(
    'every point its own, in no order',
    POINT,
    (i) => `S19,p${i},${50 + ((i * 7919) % 49_991) / 1e4},${1000 + ((i * 7919) % 49_991) / 100}\n`,
  ),
  profiles('line ends', POINT, () => '\n'),
  profiles('more line ends than are read', POINT, () => '\n'.repeat(100), Infinity),
  profiles('commas', `${POINT}S19,a,50,1000\n`, () => `${','.repeat(38)}\n`),
  profiles('semicolons and commas', POINT.replaceAll(',', ';'), () => `${',;\t'.repeat(13)}\n`),
  profiles('rows of a million cells', POINT, () => `${','.repeat(999_000)}\n`),
  profiles(
    'headings of a million characters',
    `model,profile,hashrate_ths,power_w${Array.from({ length: 120_000 }, (_, i) => `,c${i}`).join('')}\n`,
    () => 'S19,p,50,1000\n',
  ),
  profiles(
    'the longest texts',
    `${POINT.trim()},firmware,source\n`,
    (i) => `${noise(i, 80)}${i},p,50,1000,${noise(i, 90)},${noise(i, 2000)}\n`,
  ),
  profiles('the longest numbers', POINT, (i) => `S19,p${i},50.${'1'.repeat(300)},${i}.${'1'.repeat(300)}\n`),
  profiles('quotation marks', POINT, (i) => `"${'""'.repeat(16)}","p",5${i},1\n`),
]

const history = (name: string, head: string, line: (i: number) => string, most = 39_999): Worst => ({
  way: 'history',
  format: 'daily.csv',
  fileName: 'daily.csv',
  name,
  make: (share) => lined({ bytes: whole(20 * MB * share), lines: whole(most * share) }, head, line),
})
const DAY_MS = 86_400_000
const date = (i: number) => new Date(Date.UTC(2009, 0, 3) + i * DAY_MS).toISOString().slice(0, 10)
const DAILY =
  'date,price_usd,hashrate_ehs,difficulty,issuance_btc,fees_btc,market_cap_usd,transfer_value_usd,miner_net_flow_btc'
const HISTORIES: readonly Worst[] = [
  history(
    'every day since the first block',
    `${DAILY}\n`,
    (i) => `${date(i)},90000,900,1.2e14,450,10,1.8e12,1e9,-5\n`,
    6400,
  ),
  history('the most days', `${DAILY}\n`, (i) => `${date(i)},90000,900,1.2e14,450,10,1.8e12,1e9,-5\n`),
  history(
    'wide rows',
    `${DAILY}${',x'.repeat(200)}\n`,
    (i) => `${date(i)},90000,900,1.2e14,450,10,1.8e12,1e9,-5${',1'.repeat(200)}\n`,
  ),
  history('rows of a million cells', `${DAILY}\n`, () => `${','.repeat(999_000)}\n`),
  history('line ends', `${DAILY}\n`, () => '\n'.repeat(100), Infinity),
  history('commas', `${DAILY}\n`, () => ',\n'.repeat(100), Infinity),
  history('the longest numbers', 'date,price_usd\n', (i) => `${date(i)},90000.${'1'.repeat(450)}\n`),
  history(
    'headings of a million characters',
    `date,price_usd${Array.from({ length: 120_000 }, (_, i) => `,c${i}`).join('')}\n`,
    (i) => `${date(i)},9\n`,
  ),
  history('the same day', 'date,price_usd\n', () => '2020-01-01,9000\n'),
]

const NETWORK_NOW_MS = Date.parse('2026-10-06T00:00:00Z')
/** A network file of our making around a text of JSON. */
function sealed(inside: string, share: number, fill: (bytes: number) => string): Buffer {
  const bytes = whole(24 * MB * share)
  const head = `{"format":"strikeline-network","version":2,"madeAtMs":${NETWORK_NOW_MS},"program":"0.1.0","values":[],"rates":[],"adjustments":[]${inside}`
  const content = Buffer.from(head + fill(bytes - head.length - 100))
  const sum = createHash('sha256').update(content).digest('hex')
  return Buffer.concat([content, Buffer.from(`,"checksum":"${sum}"}\n`)])
}
const networkFile = (name: string, inside: string, fill: (bytes: number) => string): Worst => ({
  way: 'network-file',
  format: 'network file',
  fileName: 'network-file.json',
  name,
  make: (share) => sealed(inside, share, fill),
})
const joined = (bytes: number, most: number, item: (i: number) => string): string =>
  lined({ bytes, lines: most - 1 }, item(0), (i) => `,${item(i + 1)}`).toString()
const PARTS = ',"epochs":[],"history":[]'
const CASE = `${PARTS},"case":{"limits":{},"contracts":[],"prices":[],"ladders":[]`
/** Columns of the history, with a value that each may have on any day. */
const COLUMNS = {
  priceUsd: 50_000,
  hashrateEhs: 500,
  difficulty: 1e14,
  issuanceBtc: 900,
  feesBtc: 10,
  marketCapUsd: 1e12,
  transferValueUsd: 1e9,
  minerNetFlowBtc: 1,
}
const NETWORK_SOURCES = [
  'mempool',
  'bitcoind',
  'coinmetrics',
  'kraken',
  'coinbase',
  'coingecko',
  'blockchaininfo',
  'imported',
]
const NETWORK_FILES: readonly Worst[] = [
  networkFile('the most days of each column and source', ',"epochs":[],"history":[', (bytes) => {
    const days = whole(Math.min(6300, bytes / (8 * 8 * 28)))
    const numbers = (of: (i: number) => number) =>
      `[${Array.from({ length: days }, (_, i) => of(i)).join(',')}]`
    const parts = Object.entries(COLUMNS).flatMap(([column, value]) =>
      NETWORK_SOURCES.map(
        (source) =>
          `{"column":"${column}","source":"${source}","day":${numbers((i) => 14_300 + i)},"value":${numbers((i) => value + i / 1000)},"fetchedAtMs":${numbers(() => NETWORK_NOW_MS)}}`,
      ),
    )
    return `${parts.join(',')}]`
  }),
  networkFile(
    'the most policies',
    `${CASE},"lotLadders":[],"policies":[`,
    (bytes) => `${joined(bytes, 199_000, (i) => `{"id":"m${i}","policy":"exempt"}`)}]}`,
  ),
  networkFile(
    'the most ladders of machines',
    `${CASE},"policies":[],"lotLadders":[`,
    (bytes) =>
      `${joined(bytes, 34_000, (i) => `{"id":"m${i}","ladder":{"model":"S19","firmware":"","source":"","points":[{"name":"a","hashrateThs":50,"powerW":1000},{"name":"b","hashrateThs":60,"powerW":1500}]}}`)}]}`,
  ),
  networkFile(
    'contracts with the most prices',
    `${PARTS},"case":{"limits":{},"policies":[],"prices":[],"ladders":[],"lotLadders":[],"contracts":[`,
    (bytes) =>
      `${joined(bytes, 12, (i) => `{"site":"Site ${i}","contract":{"market":{"adderUsdPerKwh":0,"currency":"USD","runs":[{"fromMs":${Date.UTC(2010, 0, 1)},"minutes":15,"perKwh":[${'0.05,'.repeat(100_000)}0.05]}]}}}`)}]}`,
  ),
  networkFile(
    'lists inside each other',
    `${PARTS},"case":{"contracts":[{"site":"A","contract":{"a":`,
    (bytes) => `${'['.repeat(whole(bytes / 2))}${']'.repeat(whole(bytes / 2))}}}]}`,
  ),
  networkFile(
    'lists beside each other',
    `${PARTS},"case":{"contracts":[{"site":"A","contract":{"a":[`,
    (bytes) => `${joined(bytes, Infinity, () => '[]')}]}}]}`,
  ),
  networkFile('keys that nobody knows', PARTS, (bytes) => `,${joined(bytes, Infinity, (i) => `"k${i}":1`)}`),
  networkFile(
    'the most epochs',
    ',"history":[],"epochs":[',
    (bytes) =>
      `${joined(bytes, 20_000, (i) => `{"height":${i * 2016},"source":"mempool","startedAtMs":${1.3e12 + i * 1e6},"difficulty":1,"fetchedAtMs":${NETWORK_NOW_MS}}`)}]`,
  ),
]

const small = (
  way: 'network' | 'returns' | 'curve',
  format: string,
  name: string,
  make: (bytes: number) => string,
): Worst => ({
  way,
  format,
  fileName: `${way}.json`,
  name,
  make: (share) => Buffer.from(make(whole(MB * share))),
})
const SMALL: readonly Worst[] = (['network', 'returns', 'curve'] as const).flatMap((way) => {
  const format = { network: 'network.json', returns: 'returns.json', curve: 'supply curve' }[way]
  return [
    small(way, format, 'brackets', (bytes) => '['.repeat(bytes)),
    small(
      way,
      format,
      'lists inside each other',
      (bytes) => `{"a":${'['.repeat(whole(bytes / 2) - 4)}${']'.repeat(whole(bytes / 2) - 4)}}`,
    ),
    small(
      way,
      format,
      'keys that nobody knows',
      (bytes) => `{"a":1${lined({ bytes: bytes - 8, lines: Infinity }, '', (i) => `,"k${i}":1`).toString()}}`,
    ),
    small(way, format, 'one text', (bytes) => `{"previousAdjustments":"${'a'.repeat(bytes - 40)}"}`),
    small(way, format, 'one number', (bytes) => `{"height":${'1'.repeat(bytes - 20)}}`),
    small(
      way,
      format,
      'numbers',
      (bytes) =>
        `{"previousAdjustments":[${lined({ bytes: bytes - 40, lines: Infinity }, '0', () => ',0').toString()}]}`,
    ),
  ]
})

export const WORST: readonly Worst[] = [
  ...FLEETS,
  ...LISTS,
  ...SITES,
  sitesWithPrices(),
  ...PRICES,
  ...PROFILES,
  ...HISTORIES,
  ...NETWORK_FILES,
  ...SMALL,
]
