/**
 * The fields of a machine or lot, each once and in the order of fleet.csv. From this table are made: the columns of a fleet and how
 * they are packed, what is read from and written to the database and fleet.csv, what a call may bring, and the form and the table
 * of the window. A new field is a line here and a migration.
 */

type AnyField = {
  /** column of the database */
  readonly column: string
  /** column of fleet.csv */
  readonly heading: string
  /** what has changed, for undo: "Restart cost" */
  readonly name: string
  /** in the form */
  readonly label: string
  /** headings, lower case without signs, under which other programs write the same */
  readonly otherHeadings?: readonly string[]
  /** headings of the same kind that may be another field or another unit: whoever wrote the file is asked */
  readonly doubtfulHeadings?: readonly string[]
}

export type NumberField = AnyField & {
  readonly kind: 'number'
  /** beginning of a sentence about it */
  readonly subject: string
  readonly unit: '' | 'TH/s' | 'W' | 'USD' | 'USD/kWh' | 'USD/day'
  /** catch a slip of unit (cents for dollars, percent for a fraction); no judgement of value */
  readonly bounds: readonly [least: number, most: number]
  /**
   * Where it lies for machines of our time: beyond it a figure is surprising and asked about, and of two readings of "3,250" the one
   * inside counts. Where it is absent the bounds say as much.
   */
  readonly usual?: readonly [least: number, most: number]
  /** what it is where a file or a form says nothing; NaN: not given */
  readonly absent: number
  /** it may be missing: not known, or where it is inherited as the site has it */
  readonly optional: boolean
  /** a site has it too, and its machines take it from there */
  readonly inherited?: true
  /** whole nano-dollars in the database */
  readonly money?: true
  /** a fraction that people write in percent */
  readonly share?: true
  readonly whole?: true
  /** where the figure comes from is kept beside it: columns of the fleet and of the database */
  readonly source?: { readonly field: string; readonly column: string }
  /** shown at once in the form, or under "Uptime, fees and other costs" */
  readonly form: 'first' | 'more'
}

/** Text of a row's own, or that many rows share. `searched`: the search of the table looks into it. */
export type TextField = AnyField & {
  readonly kind: 'text' | 'label'
  readonly searched?: true
  /** it may have several lines, and more characters than a name */
  readonly long?: true
}

export const MACHINE_FIELDS = {
  id: {
    kind: 'text',
    column: 'id',
    heading: 'id',
    name: 'Id',
    label: 'Id',
    searched: true,
    doubtfulHeadings: ['machineid', 'minerid', 'ids'],
  },
  model: {
    kind: 'label',
    column: 'model',
    heading: 'model',
    name: 'Model',
    label: 'Model',
    searched: true,
    doubtfulHeadings: ['models', 'modelname', 'minermodel', 'asicmodel'],
  },
  /** machines in the lot */
  quantity: {
    kind: 'number',
    column: 'quantity',
    heading: 'quantity',
    name: 'Quantity',
    label: 'Machines in the lot',
    subject: 'The quantity',
    unit: '',
    bounds: [1, 1_000_000],
    absent: 1,
    optional: false,
    whole: true,
    form: 'first',
    doubtfulHeadings: ['qty', 'count', 'number', 'units', 'machines', 'amount'],
  },
  /** of one machine while it runs, TH/s */
  hashrateThs: {
    kind: 'number',
    column: 'hashrate_ths',
    heading: 'hashrate_ths',
    name: 'Hashrate',
    label: 'Hashrate of one',
    subject: 'The hashrate in TH/s',
    unit: 'TH/s',
    bounds: [0, 100_000],
    usual: [10, 3000],
    absent: NaN,
    optional: true,
    source: { field: 'hashrateSource', column: 'hashrate_source' },
    form: 'first',
    doubtfulHeadings: ['th', 'ths', 'ph', 'phs', 'hash', 'hashpower'],
  },
  /** of one machine at the wall while it runs, W */
  powerW: {
    kind: 'number',
    column: 'power_w',
    heading: 'power_w',
    name: 'Power',
    label: 'Power of one at the wall',
    subject: 'The power in W',
    unit: 'W',
    bounds: [0, 1_000_000],
    usual: [100, 30_000],
    absent: NaN,
    optional: true,
    source: { field: 'powerSource', column: 'power_source' },
    form: 'first',
    doubtfulHeadings: ['w', 'kw', 'watt', 'watts', 'wattage', 'consumption', 'efficiency', 'jth'],
  },
  site: {
    kind: 'site',
    column: 'site_key',
    heading: 'site',
    name: 'Site',
    label: 'Site',
    doubtfulHeadings: ['sites', 'sitename'],
  },
  /** the machine's own, USD/kWh; NaN = takes its site's */
  powerPriceUsdPerKwh: {
    kind: 'number',
    column: 'power_price_nusd_per_kwh',
    heading: 'power_price_usd_kwh',
    name: 'Power price',
    label: 'Own power price',
    subject: 'The power price in USD per kWh',
    unit: 'USD/kWh',
    bounds: [-1, 1],
    usual: [-0.5, 0.5],
    absent: NaN,
    optional: true,
    inherited: true,
    money: true,
    form: 'first',
    doubtfulHeadings: [
      ...[
        'price',
        'tariff',
        'electricity',
        'electricityprice',
        'electricitycost',
        'energyprice',
        'energycost',
      ],
      ...['powercost', 'powerrate', 'powertariff', 'usdkwh', 'kwhprice', 'pricekwh'],
    ],
  },
  /** the machine's own, USD/kWh; NaN = takes its site's */
  otherUsdPerKwh: {
    kind: 'number',
    column: 'other_nusd_per_kwh',
    heading: 'other_usd_kwh',
    name: 'Other cost',
    label: 'Own other cost',
    subject: 'The other cost in USD per kWh',
    unit: 'USD/kWh',
    bounds: [-1, 1],
    usual: [-0.3, 0.3],
    absent: 0,
    optional: true,
    inherited: true,
    money: true,
    form: 'more',
  },
  /** the machine's own, PUE − 1; NaN = takes its site's */
  overhead: {
    kind: 'number',
    column: 'overhead',
    heading: 'overhead',
    name: 'Overhead',
    label: 'Own overhead (PUE − 1)',
    subject: 'The overhead (PUE − 1)',
    unit: '',
    bounds: [0, 2],
    usual: [0, 0.6],
    absent: 0,
    optional: true,
    inherited: true,
    share: true,
    form: 'more',
    doubtfulHeadings: ['pue'],
  },
  /** share of the day that it hashes, 0..1 */
  uptime: {
    kind: 'number',
    column: 'uptime_share',
    heading: 'uptime',
    name: 'Uptime',
    label: 'Uptime',
    subject: 'The uptime, a share of the day,',
    unit: '',
    bounds: [0, 1],
    usual: [0.2, 1],
    absent: 1,
    optional: false,
    share: true,
    form: 'more',
  },
  /** share of revenue, 0..1 */
  poolFee: {
    kind: 'number',
    column: 'pool_fee_share',
    heading: 'pool_fee',
    name: 'Pool fee',
    label: 'Pool fee',
    subject: 'The pool fee, a share of revenue,',
    unit: '',
    bounds: [0, 1],
    usual: [0, 0.1],
    absent: 0,
    optional: false,
    share: true,
    form: 'more',
    doubtfulHeadings: ['fee', 'fees'],
  },
  /** revenue share taken by a host, on revenue after pool fee, 0..1 */
  hostShare: {
    kind: 'number',
    column: 'host_share',
    heading: 'host_share',
    name: 'Host share',
    label: 'Host’s share of revenue',
    subject: 'The host’s share, a share of revenue,',
    unit: '',
    bounds: [0, 1],
    usual: [0, 0.5],
    absent: 0,
    optional: false,
    share: true,
    form: 'more',
    doubtfulHeadings: ['hostfee', 'hostingfee', 'hostingshare', 'revenueshare'],
  },
  /** W of one machine while off */
  standbyW: {
    kind: 'number',
    column: 'standby_w',
    heading: 'standby_w',
    name: 'Standby power',
    label: 'Power of one while off',
    subject: 'The standby power in W',
    unit: 'W',
    bounds: [0, 100_000],
    absent: 0,
    optional: false,
    form: 'more',
  },
  /** cost that does not stop when the machine stops, USD per machine and day */
  fixedUsdPerDay: {
    kind: 'number',
    column: 'fixed_nusd_per_day',
    heading: 'fixed_usd_day',
    name: 'Fixed cost',
    label: 'Cost of one that goes on',
    subject: 'The fixed cost in USD per day',
    unit: 'USD/day',
    bounds: [0, 100_000],
    usual: [0, 50],
    absent: 0,
    optional: false,
    money: true,
    form: 'more',
  },
  /** cost of one restart, USD per machine */
  restartUsd: {
    kind: 'number',
    column: 'restart_nusd',
    heading: 'restart_usd',
    name: 'Restart cost',
    label: 'Cost of restarting one',
    subject: 'The restart cost in USD',
    unit: 'USD',
    bounds: [0, 100_000],
    usual: [0, 2000],
    absent: 0,
    optional: false,
    money: true,
    form: 'more',
  },
  status: {
    kind: 'status',
    column: 'status',
    heading: 'status',
    name: 'Status',
    label: 'Status',
    doubtfulHeadings: ['state'],
  },
  /** of the maker */
  serial: {
    kind: 'text',
    column: 'serial',
    heading: 'serial',
    name: 'Serial number',
    label: 'Serial number',
    searched: true,
    otherHeadings: ['serialnumber', 'serialno', 'sn', 'minerserial'],
  },
  rack: {
    kind: 'label',
    column: 'rack',
    heading: 'rack',
    name: 'Rack',
    label: 'Rack',
    searched: true,
    otherHeadings: ['minerrack', 'rackname'],
  },
  /** in the rack */
  position: {
    kind: 'text',
    column: 'position',
    heading: 'position',
    name: 'Position',
    label: 'Position in the rack',
    searched: true,
    otherHeadings: ['slot', 'rackposition', 'rackslot', 'minerposition'],
  },
  /** address in the network of the site */
  ip: {
    kind: 'text',
    column: 'ip',
    heading: 'ip',
    name: 'IP address',
    label: 'IP address',
    searched: true,
    otherHeadings: ['ipaddress', 'ipaddr', 'minerip'],
  },
  mac: {
    kind: 'text',
    column: 'mac',
    heading: 'mac',
    name: 'MAC address',
    label: 'MAC address',
    searched: true,
    otherHeadings: ['macaddress', 'macaddr', 'minermac'],
  },
  /** that it runs, with or without its version; ladders of that firmware are then its own */
  firmware: {
    kind: 'label',
    column: 'firmware',
    heading: 'firmware',
    name: 'Firmware',
    label: 'Firmware',
    searched: true,
    otherHeadings: ['fw', 'fwver', 'fwversion', 'firmwareversion', 'minerfirmware'],
  },
  /** name of what it was bought with, see shared/domain/money/purchase.ts */
  purchase: {
    kind: 'label',
    column: 'purchase',
    heading: 'purchase',
    name: 'Purchase',
    label: 'Bought with the purchase',
    searched: true,
    otherHeadings: ['purchaselot', 'purchasename'],
  },
  /** what people wrote about it */
  notes: {
    kind: 'text',
    column: 'notes',
    heading: 'notes',
    name: 'Notes',
    label: 'Notes',
    searched: true,
    long: true,
    otherHeadings: ['note', 'comment', 'comments', 'remark', 'remarks'],
  },
} as const satisfies Readonly<
  Record<string, NumberField | TextField | (AnyField & { readonly kind: 'site' | 'status' })>
>

/** J/TH of machines that mine: the best of the catalogue has 9.4, the worst 100. */
export const USUAL_J_PER_TH = [8, 150] as const

type Fields = typeof MACHINE_FIELDS
export type FieldName = keyof Fields
/** What can be changed of a machine that is there. */
export type EditableField = Exclude<FieldName, 'id'>
type NameOf<Kind> = { [N in FieldName]: Fields[N]['kind'] extends Kind ? N : never }[FieldName]
export type NumberName = NameOf<'number'>
export type TextName = NameOf<'text'>
export type LabelName = NameOf<'label'>
/** Texts that say which machine it is, what runs on it and where it stands, beside its id and model. */
export type PlaceName = Exclude<TextName | LabelName, 'id' | 'model'>
/** Numbers that may be missing. */
export type OptionalName = { [N in NumberName]: Fields[N]['optional'] extends true ? N : never }[NumberName]
/** Numbers that a site has too. */
export type InheritedName = {
  [N in NumberName]: Fields[N] extends { readonly inherited: true } ? N : never
}[NumberName]
/** Numbers whose origin is kept. */
export type SourcedName = {
  [N in NumberName]: Fields[N] extends { readonly source: object } ? N : never
}[NumberName]
/** Columns that say where a number comes from. */
export type FigureSourceName = Fields[SourcedName]['source']['field']

export const FIELD_NAMES = Object.keys(MACHINE_FIELDS) as readonly FieldName[]

const named = <Name extends FieldName>(is: (name: FieldName) => boolean) => FIELD_NAMES.filter(is) as Name[]
const ofKind = <Name extends FieldName>(kind: Fields[Name]['kind']) =>
  named<Name>((name) => MACHINE_FIELDS[name].kind === kind)

export const EDITABLE_FIELDS = FIELD_NAMES.filter((name): name is EditableField => name !== 'id')

export const NUMBER_NAMES: readonly NumberName[] = ofKind('number')
export const TEXT_NAMES: readonly TextName[] = ofKind('text')
export const LABEL_NAMES: readonly LabelName[] = ofKind('label')
export const PLACE_NAMES: readonly PlaceName[] = named(
  (name) => ['text', 'label'].includes(MACHINE_FIELDS[name].kind) && name !== 'id' && name !== 'model',
)
/** What the search of the table looks into. */
export const SEARCHED_NAMES: readonly (TextName | LabelName)[] = named(
  (name) => 'searched' in MACHINE_FIELDS[name],
)
export const INHERITED_NAMES: readonly InheritedName[] = named((name) => 'inherited' in MACHINE_FIELDS[name])
export const SOURCED_NAMES: readonly SourcedName[] = named((name) => 'source' in MACHINE_FIELDS[name])
export const FIGURE_SOURCE_NAMES: readonly FigureSourceName[] = SOURCED_NAMES.map(
  (name) => MACHINE_FIELDS[name].source.field,
)

/** A name with its kind, so that a switch over the kind knows what the name can be. */
export type FieldOfKind =
  | { readonly kind: 'number'; readonly name: NumberName }
  | { readonly kind: 'text'; readonly name: TextName }
  | { readonly kind: 'label'; readonly name: LabelName }
  | { readonly kind: 'site'; readonly name: 'site' }
  | { readonly kind: 'status'; readonly name: 'status' }

export function fieldOf(name: FieldName): FieldOfKind {
  return { kind: MACHINE_FIELDS[name].kind, name } as FieldOfKind
}

/** A number's line of the table, whichever it is. */
export function numberField(name: NumberName): NumberField {
  return MACHINE_FIELDS[name]
}

export function isNumberName(name: string): name is NumberName {
  return (NUMBER_NAMES as readonly string[]).includes(name)
}

export function isPlaceName(name: string): name is PlaceName {
  return (PLACE_NAMES as readonly string[]).includes(name)
}

export function isInherited(name: NumberName): name is InheritedName {
  return (INHERITED_NAMES as readonly NumberName[]).includes(name)
}

/** Something for each of some names. */
export function each<Name extends string, T>(
  names: readonly Name[],
  make: (name: Name) => T,
): Readonly<Record<Name, T>> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, T>
}
