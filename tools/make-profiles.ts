/**
 * Makes assets/power-profiles.json from a table of operating points:
 *
 *   npm exec -- node tools/make-profiles.ts profiles.csv > assets/power-profiles.json
 *
 * The table has the columns manufacturer, model, firmware, profile, hashrate_ths, power_w, source. Only ladders that
 * are curves of a machine are taken, each named below with what is known of its figures; docs/profiles.md says what
 * was left out and why. How many points were left out goes to standard error.
 */
import type { LadderPoint } from '#shared/domain/ladders/point.ts'
import { ladderFault } from '#shared/domain/ladders/point.ts'
import { csvObjects } from './csv-objects.ts'

type Row = Readonly<
  Record<'manufacturer' | 'model' | 'firmware' | 'profile' | 'hashrate_ths' | 'power_w' | 'source', string>
>

/** The included ladders. Of several for one model the first is the default. */
const TAKEN: readonly {
  readonly model: string
  readonly firmware: string
  /** the name under which it is matched, where that is not the table's */
  readonly as?: string
  readonly quality: 'measured' | 'firmware' | 'maker' | 'vendor'
  readonly note: string
}[] = [
  {
    model: 'Antminer S19j Pro (96T)',
    firmware: 'not stated',
    as: 'Antminer S19j Pro 96T',
    quality: 'measured',
    note: "An owner's readings of one machine.",
  },
  {
    model: 'Antminer S19j Pro',
    firmware: 'LuxOS',
    quality: 'firmware',
    note: "Captured from one unit; watts are the firmware's estimate.",
  },
  {
    model: 'Antminer S19j Pro',
    firmware: 'VNish 1.2.6',
    quality: 'firmware',
    note: "Presets of one operator's unit; about 10 % fewer watts than LuxOS states for the same hashrate.",
  },
  {
    model: 'Antminer S19j Pro',
    firmware: 'BiXBiT',
    quality: 'vendor',
    note: "The vendor's profile names with estimated watts.",
  },
  {
    model: 'Antminer S19k Pro',
    firmware: 'LuxOS 2025.4.8',
    quality: 'firmware',
    note: "Read from one unit; watts are the firmware's estimate, within 1 % of the nameplate at step 0.",
  },
  {
    model: 'Antminer S19 XP',
    firmware: 'ePIC PowerPlay-BMS 1.5.13',
    quality: 'firmware',
    note: "Read from one unit; watts are the firmware's estimate.",
  },
  {
    model: 'Antminer S21e XP Hyd',
    firmware: 'BiXBiT',
    quality: 'vendor',
    note: "The vendor's profile names with estimated watts.",
  },
  {
    model: 'Antminer T21',
    firmware: 'stock',
    as: 'Antminer T21 190T',
    quality: 'maker',
    note: "The maker's normal and high energy modes.",
  },
  {
    model: 'Antminer S21 Immersion',
    firmware: 'stock',
    quality: 'maker',
    note: "The maker's normal and high energy modes.",
  },
  {
    model: 'SEALMINER A2',
    firmware: 'stock',
    as: 'SEALMINER A2 226T',
    quality: 'maker',
    note: "The maker's three modes.",
  },
  {
    model: 'Antminer S9',
    firmware: 'DCENT_OS',
    as: 'Antminer S9 13.5T',
    quality: 'measured',
    note: 'Two points that an operator confirmed.',
  },
]

const [path] = process.argv.slice(2)
if (path === undefined) throw new Error('usage: make-profiles.ts profiles.csv > assets/power-profiles.json')
const rows = csvObjects(path) as unknown as Row[]

let taken = 0
const ladders = TAKEN.flatMap(({ model, firmware, as = model, quality, note }) => {
  const ours = rows
    .filter((row) => row.model === model && row.firmware === firmware)
    .sort((a, b) => Number(a.power_w) - Number(b.power_w))
  if (ours.length === 0) return []
  const points = ours.map((row): LadderPoint => ({
    name: row.profile,
    hashrateThs: Number(row.hashrate_ths),
    powerW: Number(row.power_w),
  }))
  const fault = ladderFault(points)
  if (fault !== null) throw new Error(`${model}, ${firmware}: ${fault.message}`)
  taken += points.length
  return [
    {
      model: as,
      firmware: firmware === 'not stated' ? '' : firmware,
      quality,
      note,
      source: withoutRemark(ours[0]!.source),
      points,
    },
  ]
})

/** The address without the brackets behind it. */
function withoutRemark(source: string): string {
  return /^https:\/\/\S+/.exec(source)?.[0] ?? source
}

const line = (value: unknown) => JSON.stringify(value)
const ladderText = ({ points, ...ladder }: (typeof ladders)[number]) =>
  `    {\n${Object.entries(ladder)
    .map(([name, value]) => `      ${line(name)}: ${line(value)},\n`)
    .join(
      '',
    )}      "points": [\n${points.map((point) => `        ${line(point)}`).join(',\n')}\n      ]\n    }`
process.stdout.write(
  `{
  "about": "Operating points of Bitcoin miners, one ladder per model and firmware: hashrate in TH/s, power at the wall in W. Facts gathered from public sources, named per ladder. Tables of different firmwares differ by about 10 % for the same machine: take every figure as ± 10 % and measure your own. See docs/profiles.md.",
  "uncertainty": 0.1,
  "ladders": [
${ladders.map(ladderText).join(',\n')}
  ]
}
`,
)
console.error(`${ladders.length} ladders of ${taken} points; ${rows.length - taken} points left out`)
