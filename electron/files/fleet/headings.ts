import type { FieldName, NumberName } from '#shared/domain/fleet/fields.ts'
import { FIELD_NAMES, isNumberName, MACHINE_FIELDS, numberField } from '#shared/domain/fleet/fields.ts'
import { factorOf, factorText, unitOf } from '#shared/format/number-units.ts'
import { squeeze, UNIT_IN_BRACKETS } from '../heading-parts.ts'
import { shown } from '../shown.ts'

/** How a column of a file becomes a field: its numbers times `factor`, plus `offset`. */
export type ColumnReading = {
  readonly field: FieldName
  readonly factor: number
  /** −1 turns a PUE into an overhead */
  readonly offset: number
  /** the heading does not say the unit, so that every cell has to */
  readonly isUnitless: boolean
  /** how it reads, for the reader of the file: "Power (kW): in kW; reads as power_w × 1000"; null for a plain column */
  readonly words: string | null
}

/** What a heading is: a column, a note, or a question. */
export type HeadingMeaning =
  | { readonly kind: 'column'; readonly reading: ColumnReading }
  /** words: why it is not used; null where nothing need be said */
  | { readonly kind: 'note'; readonly words: string | null }
  | {
      readonly kind: 'fault'
      readonly message: string
      /** what to type on the command line, as the end of the sentence */
      readonly remedy: string
    }

/** Names under which other programs and people write a field, lower case without signs and units; the first present one counts. */
const SYNONYMS: Readonly<Partial<Record<FieldName, readonly string[]>>> = {
  id: [
    ...['minername', 'machinename', 'machineid', 'minerid', 'deviceid', 'assetid', 'assettag', 'name'],
    ...['workername', 'workerid', 'worker', 'rigname', 'rigid', 'rig'],
  ],
  model: ['minertype', 'minermodel', 'modelname', 'machinemodel', 'devicemodel', 'asicmodel', 'type'],
  quantity: ['qty', 'quantity', 'numberofmachines', 'noofmachines'],
  hashrateThs: [
    ...['hashrateavg', 'avghashrate', 'averagehashrate', 'hashrate', 'hashratert', 'currenthashrate'],
    ...[
      'realtimehashrate',
      'hash',
      'hashpower',
      'nominalhashrate',
      'ratedhashrate',
      'ths',
      'th',
      'phs',
      'ph',
    ],
  ],
  powerW: [
    ...['power', 'wattage', 'watts', 'watt', 'powerusage', 'powerconsumption', 'powerdraw', 'consumption'],
    ...['wallpower', 'ratedpower', 'nominalpower', 'averagepower', 'avgpower', 'kw', 'w'],
  ],
  powerPriceUsdPerKwh: [
    ...['powerprice', 'powercost', 'powerrate', 'powertariff', 'electricityprice', 'electricitycost'],
    ...['electricityrate', 'energyprice', 'energycost', 'energyrate', 'electricity', 'tariff', 'kwhprice'],
    ...['pricekwh', 'allinpowerprice', 'price'],
  ],
  overhead: ['overhead'],
  uptime: ['uptime'],
  poolFee: ['poolfee', 'poolfees'],
  hostShare: ['hostshare', 'hostingshare', 'revenueshare', 'hostrevenueshare'],
  standbyW: ['standby', 'standbypower', 'idlepower'],
  status: ['minerstate', 'minerstatus', 'state', 'devicestatus'],
  site: ['sitename'],
}
/** Names that may be anything, but for a unit beside them that measures nothing else. */
const SYNONYMS_WITH_UNIT: Readonly<Partial<Record<FieldName, readonly string[]>>> = {
  hashrateThs: ['speed', 'hashspeed', 'hashingspeed', 'miningspeed', 'miningrate', 'output'],
  powerW: ['load', 'powerload', 'currentload', 'draw', 'wattdraw', 'demand', 'powerdemand'],
}
/** Names that say their unit themselves. */
const UNIT_IN_NAME: Readonly<Record<string, string>> = {
  wattage: 'W',
  watts: 'W',
  watt: 'W',
  w: 'W',
  kw: 'kW',
  ths: 'TH/s',
  th: 'TH/s',
  phs: 'PH/s',
  ph: 'PH/s',
}

/** Units that stand at the end of a heading without brackets: "power_kw", "Pool fee %". */
const UNIT_AT_END =
  /^(.*?[a-z)])(?:[ _-]+((?:[kmgtpe]?h(?:\/s|s)|[kmgtpez]h|hs|kw|mw|w|watts?|%|pct|percent|(?:usd|\$|c|ct|cents?|¢|eur|gbp|cad|nok)[ _/]*(?:per[ _]*)?(?:kwh|mwh|day)))|(%))$/i
const EFFICIENCY =
  /^(?:efficiency|eff|jth|jperth|wth|wperth|jgh|joulesperth|energyefficiency|poweref+iciency)/
const HOSTING = /^(?:hosting|colocation|colo)(?:fee|fees|cost|costs|price|rate)?$|^hostfees?$/
const CURRENCY = /\b(eur|gbp|cad|nok|sek|aud|rub|kzt|€|£)|[€£]/i

type Parts = { readonly name: string; readonly unit: string | null }

function partsOf(heading: string): Parts {
  const bracketed = UNIT_IN_BRACKETS.exec(heading)
  if (bracketed !== null) return { name: squeeze(bracketed[1]!.toLowerCase()), unit: bracketed[2]! }
  const atEnd = UNIT_AT_END.exec(heading)
  if (atEnd !== null)
    return { name: squeeze(atEnd[1]!.toLowerCase()), unit: unitAtEnd(atEnd[2] ?? atEnd[3]!) }
  return { name: squeeze(heading.toLowerCase()), unit: null }
}

/** "ghs", "gh", "usd_kwh" as units are written. */
const unitAtEnd = (unit: string) =>
  unit.replaceAll(/[ _]+(?:per[ _]*)?/g, '/').replace(/^(usd|c|ct|cents?)(?=kwh|mwh)/i, '$1/')

/** Lists that programs write under headings without units, told by headings that no other program has. */
const KNOWN_LISTS: readonly {
  readonly has: readonly string[]
  readonly units: Readonly<Record<string, string>>
  /** under a heading of ours something else */
  readonly notes: readonly string[]
  /** only where the list is JSON: in a table the same names may hold other units */
  readonly isJson?: true
  /** names that are a field here and would be a note elsewhere */
  readonly fields?: Readonly<Record<string, FieldName>>
}[] = [
  // Foreman
  { has: ['minerid', 'minertype', 'minerstate'], units: { hashrate: 'H/s' }, notes: ['status'] },
  { has: ['minerid', 'minertype'], units: { hashrate: 'H/s' }, notes: [] },
  // MiningOS: uptime in seconds
  { has: ['type', 'power', 'uptime', 'mac'], units: { power: 'W' }, notes: ['uptime'] },
  // pyasic: uptime in seconds
  {
    has: ['ip', 'mac', 'hashrate', 'wattage'],
    units: { hashrate: 'TH/s' },
    notes: ['uptime'],
    isJson: true,
    fields: { ismining: 'status' },
  },
]

/**
 * What each heading of a file means. Our own count before those of others, and of two for one field the first; the rest are notes.
 * A heading that may be one of ours in another unit is read in its unit, or asked, never taken as it is.
 */
export function meaningsOf(names: readonly string[], isJson = false): readonly HeadingMeaning[] {
  const parts = names.map(partsOf)
  const squeezed = names.map((name) => squeeze(name.toLowerCase()))
  const list = KNOWN_LISTS.find(
    (each) => (each.isJson !== true || isJson) && each.has.every((name) => squeezed.includes(name)),
  )
  const taken = new Set<FieldName>()
  const meanings: (HeadingMeaning | null)[] = names.map((name, at) => {
    const field = FIELD_NAMES.find((each) => MACHINE_FIELDS[each].heading === name.toLowerCase())
    if (field === undefined) return null
    if (list?.notes.includes(squeezed[at]!) === true) return note(name, field)
    // a second one is told by the header
    taken.add(field)
    return plain(field)
  })
  const take = (
    field: FieldName,
    wanted: readonly string[],
    meaning: (at: number) => HeadingMeaning | null,
  ) => {
    for (const other of wanted) {
      const at = parts.findIndex(
        ({ name }, i) => meanings[i] === null && (isNumberName(field) ? name : squeezed[i]) === other,
      )
      if (at === -1 || taken.has(field)) continue
      const found = meaning(at)
      if (found?.kind === 'column') taken.add(field)
      meanings[at] = found
    }
  }
  for (const field of FIELD_NAMES) {
    const others = MACHINE_FIELDS[field]
    if ('otherHeadings' in others) take(field, others.otherHeadings, () => plain(field))
    take(field, SYNONYMS[field] ?? [], (at) => {
      if (!isNumberName(field) || field === 'quantity') return plain(field)
      const unit = parts[at]!.unit ?? list?.units[parts[at]!.name] ?? UNIT_IN_NAME[parts[at]!.name] ?? null
      return ofNumber(field, names[at]!, unit)
    })
    take(field, SYNONYMS_WITH_UNIT[field] ?? [], (at) => {
      const { unit } = parts[at]!
      const isMeasured =
        isNumberName(field) && unit !== null && factorOf(unit, unitOf(numberField(field))) !== null
      return isMeasured ? ofNumber(field, names[at]!, unit) : null
    })
  }
  for (const [name, field] of Object.entries(list?.fields ?? {})) {
    const at = squeezed.indexOf(name)
    if (at === -1 || meanings[at] !== null || taken.has(field)) continue
    taken.add(field)
    meanings[at] = plain(field)
  }
  return meanings.map((meaning, at) => meaning ?? restOf(names[at]!, parts[at]!, taken))
}

const plain = (field: FieldName): HeadingMeaning => ({
  kind: 'column',
  reading: { field, factor: 1, offset: 0, isUnitless: false, words: null },
})

const note = (heading: string, field: FieldName): HeadingMeaning => ({
  kind: 'note',
  words: `${shown(heading)}: kept as a note; it is not what ${MACHINE_FIELDS[field].heading} is`,
})

function ofNumber(field: NumberName, heading: string, unit: string | null): HeadingMeaning {
  const { heading: ours } = MACHINE_FIELDS[field]
  if (unit === null)
    return {
      kind: 'column',
      reading: {
        field,
        factor: 1,
        offset: 0,
        isUnitless: true,
        words: `${shown(heading)}: reads as ${ours}, each cell in its unit`,
      },
    }
  const factor = factorOf(unit, unitOf(numberField(field)))
  // an uptime in hours or days says how long ago it was started
  if (factor === null && field === 'uptime') return note(heading, field)
  if (numberField(field).unit === 'USD/kWh' && factor !== null && !/[km]wh/i.test(heading))
    return {
      kind: 'fault',
      message: `in ${shown(unit)}, but not per what; ${ours} is per kWh`,
      remedy: `: say so with --map '${shown(heading)}=${ours}', or keep it as a note with --map '${shown(heading)}=note'`,
    }
  if (factor === null)
    return CURRENCY.test(unit)
      ? {
          kind: 'fault',
          message: `in ${shown(unit)}; ${ours} is in USD/kWh. A price in another currency belongs to the site: leave the column out and give the site its tariff`,
          remedy: '',
        }
      : {
          kind: 'fault',
          message: `in ${shown(unit)}, a unit that ${ours} cannot be read from`,
          remedy: `; say how with --map '${shown(heading)}=${ours}*FACTOR', or keep it as a note with --map '${shown(heading)}=note'`,
        }
  return {
    kind: 'column',
    reading: {
      field,
      factor,
      offset: 0,
      isUnitless: false,
      words: `${shown(heading)}: in ${unit === '%' ? 'percent' : shown(unit)}; reads as ${ours}${factorText(factor)}`,
    },
  }
}

/** A heading that is none of ours by name: a PUE, an efficiency, a hosting fee, or a note. */
function restOf(heading: string, { name, unit }: Parts, taken: Set<FieldName>): HeadingMeaning {
  if (name === 'pue' && !taken.has('overhead')) {
    taken.add('overhead')
    return {
      kind: 'column',
      reading: {
        field: 'overhead',
        factor: 1,
        offset: -1,
        isUnitless: false,
        words: `${shown(heading)}: reads as overhead, PUE − 1`,
      },
    }
  }
  if (EFFICIENCY.test(name))
    return {
      kind: 'note',
      words: `${shown(heading)}: kept as a note; J/TH is not power, it follows from power and hashrate`,
    }
  if (HOSTING.test(name) && (unit === null || /kwh/i.test(unit)) && !taken.has('otherUsdPerKwh'))
    return {
      kind: 'fault',
      message:
        'a fee per kWh is other_usd_kwh (or power_price_usd_kwh where it covers the energy), a share of the revenue is host_share, a fraction',
      remedy: `; say which with --map '${shown(heading)}=other_usd_kwh'`,
    }
  return { kind: 'note', words: null }
}
