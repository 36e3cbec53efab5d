/**
 * A pack is what finance hands over: sections in an order of its own. Names are kept in templates and in sealed reports, so
 * none is ever given to something else.
 */
export const SECTION_NAMES = [
  'cover',
  'position',
  'sites',
  'models',
  'changes',
  'projection',
  'range',
  'bridge',
  'treasury',
  'ledger',
  'returns',
  'contracts',
  'decisions',
  'backtest',
  'definitions',
  'sources',
  'machines',
  'signOff',
] as const
export type SectionName = (typeof SECTION_NAMES)[number]

/** Whether this program has a section that a template names. */
export const isSection = (name: string): name is SectionName =>
  (SECTION_NAMES as readonly string[]).includes(name)

export const SECTION_TITLES: Readonly<Record<SectionName, string>> = {
  cover: 'Cover',
  position: 'Position and advice',
  sites: 'By site',
  models: 'By model',
  changes: 'Power-down and start list',
  projection: 'Projection and scenarios',
  range: 'What may come',
  bridge: 'Cost per BTC',
  treasury: 'Treasury',
  ledger: 'Ledger',
  returns: 'Returns',
  contracts: 'Tariffs and contracts',
  decisions: 'Decisions of the period',
  backtest: 'Back-test',
  definitions: 'Assumptions and formulas',
  sources: 'Sources, times, licences',
  machines: 'All machines',
  signOff: 'Sign-off and seal',
}

export const PAPERS = ['A4', 'Letter'] as const
export type Paper = (typeof PAPERS)[number]

/** What is made, in which order, on which paper. */
export type PackTemplate = {
  readonly name: string
  readonly title: string
  /** those that are in, in order; each at most once */
  readonly sections: readonly SectionName[]
  readonly paper: Paper
}

/** Templates that are there without being made, but for the paper, which the settings say; one that is kept under such a name takes its place. */
export const USUAL_TEMPLATES: readonly PackTemplate[] = [
  {
    name: 'Board pack',
    title: 'Mining position',
    sections: SECTION_NAMES.filter((name) => name !== 'machines'),
    paper: 'A4',
  },
  {
    name: 'One page',
    title: 'Mining position',
    sections: ['position'],
    paper: 'A4',
  },
  {
    name: 'Audit file',
    title: 'Mining position, all machines',
    sections: SECTION_NAMES,
    paper: 'A4',
  },
]
